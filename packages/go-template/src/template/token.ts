/** Tokens of template text. */

/** Words with a meaning of their own; in messages they stand in angle brackets. */
export type Keyword =
  | '.'
  | 'block'
  | 'break'
  | 'continue'
  | 'define'
  | 'else'
  | 'end'
  | 'if'
  | 'nil'
  | 'range'
  | 'template'
  | 'with'

/** What a token is. */
export type TokenType =
  | Keyword
  | 'error'
  | 'end of text'
  | 'text'
  | 'left delimiter'
  | 'right delimiter'
  | 'space'
  | 'identifier'
  | 'field'
  | 'variable'
  | 'bool'
  | 'number'
  | 'complex'
  | 'character constant'
  | 'string'
  | 'raw string'
  | 'character'
  | '|'
  | '='
  | ':='
  | '('
  | ')'

/** A piece of template text. */
export interface Token {
  readonly type: TokenType
  /** Where it begins, in UTF-16 units. */
  readonly at: number
  /** As written; of an error, what is wrong. */
  readonly text: string
  /** Line in which it begins, from 1. */
  readonly line: number
}

/** Keywords by their text. */
export const KEYWORDS: ReadonlyMap<string, Keyword> = new Map(
  (['.', 'block', 'break', 'continue', 'define', 'else', 'end', 'if', 'nil', 'range', 'template', 'with'] as const).map(
    (word) => [word, word],
  ),
)
