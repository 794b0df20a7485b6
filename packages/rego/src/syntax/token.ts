/** Kinds of tokens, and which words are keywords. */

/** A word that the grammar reserves. */
export type Keyword =
  | 'package'
  | 'import'
  | 'default'
  | 'as'
  | 'else'
  | 'not'
  | 'with'
  | 'some'
  | 'null'
  | 'true'
  | 'false'
  | 'in'
  | 'every'
  | 'if'

/** Brackets, separators and operators. */
export type Sign =
  | '{'
  | '}'
  | '['
  | ']'
  | '('
  | ')'
  | ','
  | ';'
  | ':'
  | '.'
  | ':='
  | '='
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '|'
  | '&'

/** `template` is the beginning of a template string, up to its first quote; `end` the end of the text. */
export type TokenType = 'end' | 'name' | 'number' | 'string' | 'template' | Keyword | Sign

/** Keywords of both languages. */
export const KEYWORDS: readonly Keyword[] = [
  'package',
  'import',
  'default',
  'as',
  'else',
  'not',
  'with',
  'some',
  'null',
  'true',
  'false',
]

/** Words that v1 reserves, and v0 where they are imported. `contains` is one in heads of rules only. */
export const FUTURE_KEYWORDS: readonly (Keyword | 'contains')[] = ['contains', 'every', 'if', 'in']

/** An infix operator: how tightly it binds, and the builtin that it stands for. */
export interface Operator {
  readonly level: number
  readonly name: string
}

/** Level of `in`. */
export const MEMBERSHIP = 1
/** Level of comparisons. */
export const RELATION = 2

/** Operators within terms; all of them group from the left. */
export const OPERATORS: ReadonlyMap<TokenType, Operator> = new Map<TokenType, Operator>([
  ['in', { level: MEMBERSHIP, name: 'internal.member_2' }],
  ['==', { level: RELATION, name: 'equal' }],
  ['!=', { level: RELATION, name: 'neq' }],
  ['<', { level: RELATION, name: 'lt' }],
  ['<=', { level: RELATION, name: 'lte' }],
  ['>', { level: RELATION, name: 'gt' }],
  ['>=', { level: RELATION, name: 'gte' }],
  ['|', { level: 3, name: 'or' }],
  ['&', { level: 4, name: 'and' }],
  ['+', { level: 5, name: 'plus' }],
  ['-', { level: 5, name: 'minus' }],
  ['*', { level: 6, name: 'mul' }],
  ['/', { level: 6, name: 'div' }],
  ['%', { level: 6, name: 'rem' }],
])
