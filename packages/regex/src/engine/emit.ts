/** Writes patterns for the two engines that match them: the RegExp of JavaScript, and re2js. */
import { LAST_CODE_POINT, type CharSet } from '../syntax/char-set.ts'
import type { Assertion, PatternNode, Repeat } from '../syntax/node.ts'

/** How an engine writes what they write differently. */
interface Dialect {
  readonly assertions: Readonly<Record<Assertion, string>>
  readonly set: (set: CharSet) => string
}

/** The pattern for a RegExp with the flag `u`. Only for patterns that `canBeNative`. */
export function emitNative(node: PatternNode): string {
  return emit(node, NATIVE)
}

/** The pattern for re2js. */
export function emitRe2(node: PatternNode): string {
  return emit(node, RE2)
}

const NATIVE: Dialect = {
  assertions: {
    'text-start': '^',
    // Not `$`: V8 14.6 does not find `[^a]$` in an emoji.
    'text-end': '(?![^])',
    'line-start': '(?<![^\\n])',
    'line-end': '(?![^\\n])',
    'word-edge': '\\b',
    'no-word-edge': '\\B',
  },
  set: nativeSet,
}

const RE2: Dialect = {
  assertions: {
    'text-start': '\\A',
    'text-end': '\\z',
    'line-start': '(?m:^)',
    'line-end': '(?m:$)',
    'word-edge': '\\b',
    'no-word-edge': '\\B',
  },
  set: re2Set,
}

function emit(node: PatternNode, dialect: Dialect): string {
  switch (node.kind) {
    case 'set':
      return dialect.set(node.set)
    case 'assertion':
      return dialect.assertions[node.assertion]
    case 'sequence':
      return node.parts
        .map((part) => (part.kind === 'choice' ? `(?:${emit(part, dialect)})` : emit(part, dialect)))
        .join('')
    case 'choice':
      return node.options.map((option) => emit(option, dialect)).join('|')
    case 'repeat':
      return `${emitOperand(node.node, dialect)}${count(node)}${node.isGreedy ? '' : '?'}`
    default:
      return `(${emit(node.node, dialect)})`
  }
}

function emitOperand(node: PatternNode, dialect: Dialect): string {
  const text = emit(node, dialect)
  return node.kind === 'set' || node.kind === 'group' ? text : `(?:${text})`
}

function count({ least, most }: Repeat): string {
  if (most === Infinity) return least === 0 ? '*' : least === 1 ? '+' : `{${least},}`
  if (least === 0 && most === 1) return '?'
  return least === most ? `{${least}}` : `{${least},${most}}`
}

function nativeSet(set: CharSet): string {
  const [only] = set.ranges
  if (isSingle(set) && only !== undefined) return nativeChar(only[0])
  const members = [
    ...set.ranges.map(([first, last]) =>
      first === last ? nativeChar(first) : `${nativeChar(first)}-${nativeChar(last)}`,
    ),
    ...set.classes.map(({ name, isNegated }) => `\\${isNegated ? 'P' : 'p'}{${name}}`),
  ]
  return `[${set.isNegated ? '^' : ''}${members.join('')}]`
}

function nativeChar(codePoint: number): string {
  const char = String.fromCodePoint(codePoint)
  return /[0-9A-Za-z]/.test(char) ? char : `\\u{${codePoint.toString(16)}}`
}

function re2Set(set: CharSet): string {
  const members = [
    ...set.ranges.map(([first, last]) => (first === last ? re2Char(first) : `${re2Char(first)}-${re2Char(last)}`)),
    ...set.classes.map(({ name, isNegated }) => `\\${isNegated ? 'P' : 'p'}{${name.replace('Script=', '')}}`),
  ]
  // Nothing between brackets is an error there.
  const body =
    members.length === 0 ? `^\\x00-${re2Char(LAST_CODE_POINT)}` : `${set.isNegated ? '^' : ''}${members.join('')}`
  return set.ignoresCase ? `(?i:[${body}])` : `[${body}]`
}

function re2Char(codePoint: number): string {
  const char = String.fromCodePoint(codePoint)
  return /[0-9A-Za-z]/.test(char) ? char : `\\x{${codePoint.toString(16)}}`
}

function isSingle({ ranges, classes, isNegated }: CharSet): boolean {
  const [only] = ranges
  return ranges.length === 1 && classes.length === 0 && !isNegated && only !== undefined && only[0] === only[1]
}
