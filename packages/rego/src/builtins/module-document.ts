/** Trees of modules as documents, in the layout that OPA gives them as JSON. */
import { encodeBase64, toBytes } from '@kubescape/go'

import type { Body, Call, Expression, Literal, Module, Ref, Rule, Term, Variable } from '../syntax/ast.ts'
import { type PlainObject, type Value, compare } from '../values/value.ts'

/** The document of a module; lists that would be empty are absent. */
export function moduleDocument({ package: { path }, imports, rules, comments }: Module): PlainObject {
  const document: { [key: string]: Value } = { package: { path: pathOf(['data', ...path]) } }
  if (imports.length > 0) {
    document['imports'] = imports.map(({ path: steps, alias }) => ({
      path: { type: 'ref', value: pathOf(steps) },
      ...(alias === undefined ? {} : { alias }),
    }))
  }
  if (rules.length > 0) document['rules'] = rules.map(ruleDocument)
  if (comments.length > 0) {
    document['comments'] = comments.map(({ text, location: { file, row, column } }) => ({
      Text: encodeBase64(toBytes(text)),
      Location: { file, row, col: column },
    }))
  }
  return document
}

/** The first name is a variable, those after it are texts. */
function pathOf(steps: readonly string[]): Value {
  return steps.map((value, at) => ({ type: at === 0 ? 'var' : 'string', value }))
}

function ruleDocument(rule: Rule): PlainObject {
  return {
    ...(rule.isDefault ? { default: true } : {}),
    head: headOf(rule),
    body: bodyOf(rule.body),
    ...(rule.otherwise === undefined ? {} : { else: ruleDocument(rule.otherwise) }),
  }
}

function headOf({ kind, ref, parameters, key, value, isAssigned }: Rule): PlainObject {
  const [name] = ref
  const first: Value = { type: 'var', value: name?.type === 'scalar' ? name.value : '' }
  const isPlainTrue = value?.type === 'scalar' && value.value === true && !isAssigned
  const isNamed = ref.length === 1 || (ref.length === 2 && kind !== 'set' && !isPlainTrue)
  const keyTerm = key ?? (ref.length === 2 && kind === 'complete' ? ref[1] : undefined)
  return {
    ref: [first, ...ref.slice(1).map(termOf)],
    ...(isNamed && name?.type === 'scalar' ? { name: name.value } : {}),
    ...(parameters === undefined ? {} : { args: parameters.map(termOf) }),
    ...(keyTerm === undefined ? {} : { key: termOf(keyTerm) }),
    ...(value === undefined ? {} : { value: termOf(value) }),
    ...(isAssigned ? { assign: true } : {}),
  }
}

function bodyOf(body: Body): Value {
  return body.map(literalOf)
}

function literalOf({ expression, negated, withs }: Literal, index: number): PlainObject {
  return {
    index,
    terms: expressionOf(expression),
    ...(negated ? { negated: true } : {}),
    ...(withs.length === 0
      ? {}
      : { with: withs.map(({ target, value }) => ({ target: asRef(target), value: termOf(value) })) }),
  }
}

function expressionOf(expression: Expression): Value {
  switch (expression.type) {
    case 'term':
      return expression.term.type === 'call' ? callOf(expression.term) : termOf(expression.term)
    case 'some':
      return { symbols: expression.variables.map(termOf) }
    case 'some-in': {
      const { key, value, domain } = expression
      const name = key === undefined ? 'member_2' : 'member_3'
      const operator = { type: 'ref', value: pathOf(['internal', name]) }
      const terms = [...(key === undefined ? [] : [key]), value, domain].map(termOf)
      return { symbols: [{ type: 'call', value: [operator, ...terms] }] }
    }
    default: {
      const { key, value, domain, body } = expression
      return {
        key: key === undefined ? null : termOf(key),
        value: termOf(value),
        domain: termOf(domain),
        body: bodyOf(body),
      }
    }
  }
}

function callOf({ operator, args }: Call): Value {
  return [asRef(operator), ...args.map(termOf)]
}

/** Names of builtins and targets are refs, also where they are a single name. */
function asRef(term: Variable | Ref): PlainObject {
  return term.type === 'ref' ? termOf(term) : { type: 'ref', value: pathOf(term.name.split('.')) }
}

function variableOf({ name }: Variable): PlainObject {
  return { type: 'var', value: name }
}

/** Documents, which are refs even where nothing follows. */
const DOCUMENTS: ReadonlySet<string> = new Set(['input', 'data'])

function termOf(term: Term): PlainObject {
  switch (term.type) {
    case 'scalar':
      return scalarOf(term.value)
    case 'variable':
      return DOCUMENTS.has(term.name) ? asRef(term) : variableOf(term)
    case 'ref': {
      const { head, operands } = term
      return {
        type: 'ref',
        value: [head.type === 'variable' ? variableOf(head) : termOf(head), ...operands.map(termOf)],
      }
    }
    case 'array':
      return { type: 'array', value: term.items.map(termOf) }
    case 'object':
      return {
        type: 'object',
        value: term.entries.toSorted(([a], [b]) => order(a, b)).map(([key, value]) => [termOf(key), termOf(value)]),
      }
    case 'set':
      return { type: 'set', value: term.items.toSorted(order).map(termOf) }
    case 'array-comprehension':
      return { type: 'arraycomprehension', value: { term: termOf(term.head), body: bodyOf(term.body) } }
    case 'set-comprehension':
      return { type: 'setcomprehension', value: { term: termOf(term.head), body: bodyOf(term.body) } }
    case 'object-comprehension':
      return {
        type: 'objectcomprehension',
        value: { key: termOf(term.key), value: termOf(term.value), body: bodyOf(term.body) },
      }
    case 'call':
      return { type: 'call', value: callOf(term) }
    default:
      return {
        type: 'templatestring',
        value: {
          multi_line: term.isRaw,
          parts: term.parts.map(partOf),
        },
      }
  }
}

/** Scalars stand for themselves, other terms as expressions. */
function partOf(part: string | Term): PlainObject {
  if (typeof part === 'string') return scalarOf(part)
  if (part.type === 'scalar') return scalarOf(part.value)
  return { index: 0, terms: part.type === 'call' ? callOf(part) : termOf(part) }
}

function scalarOf(value: Value): PlainObject {
  if (value === null) return { type: 'null', value: {} }
  if (typeof value === 'string') return { type: 'string', value }
  return { type: typeof value === 'boolean' ? 'boolean' : 'number', value }
}

const RANKS: readonly Term['type'][] = ['scalar', 'variable', 'ref', 'array', 'object', 'set']

/** Scalars first, in the order of their values. */
function order(left: Term, right: Term): number {
  if (left.type === 'scalar' && right.type === 'scalar') return compare(left.value, right.value)
  return rankOf(left) - rankOf(right)
}

function rankOf({ type }: Term): number {
  const rank = RANKS.indexOf(type)
  return rank < 0 ? RANKS.length : rank
}
