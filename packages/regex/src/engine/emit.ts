/** Writes patterns for the RegExp of JavaScript. */
import type { CharSet } from '../syntax/char-set.ts'
import type { Assertion, PatternNode, Repeat } from '../syntax/node.ts'

const ASSERTIONS: Readonly<Record<Assertion, string>> = {
  'text-start': '^',
  // Not `$`: V8 14.6 does not find `[^a]$` in an emoji.
  'text-end': '(?![^])',
  'line-start': '(?<![^\\n])',
  'line-end': '(?![^\\n])',
  'word-edge': '\\b',
  'no-word-edge': '\\B',
}

/** The pattern for a RegExp with the flag `u`; it finds the same where that `meansTheSame`. */
export function emitPattern(node: PatternNode): string {
  switch (node.kind) {
    case 'set':
      return emitSet(node.set)
    case 'assertion':
      return ASSERTIONS[node.assertion]
    case 'sequence':
      return node.parts
        .map((part) => (part.kind === 'choice' ? `(?:${emitPattern(part)})` : emitPattern(part)))
        .join('')
    case 'choice':
      return node.options.map(emitPattern).join('|')
    case 'repeat':
      return `${emitOperand(node.node)}${count(node)}${node.isGreedy ? '' : '?'}`
    default:
      return `(${emitPattern(node.node)})`
  }
}

/** A set for a RegExp with the flag `u`. */
export function emitSet(set: CharSet): string {
  const [only] = set.ranges
  if (isSingle(set) && only !== undefined) return emitChar(only[0])
  const members = [
    ...set.ranges.map(([first, last]) => (first === last ? emitChar(first) : `${emitChar(first)}-${emitChar(last)}`)),
    ...set.classes.map(({ name, isNegated }) => `\\${isNegated ? 'P' : 'p'}{${name}}`),
  ]
  return `[${set.isNegated ? '^' : ''}${members.join('')}]`
}

function emitOperand(node: PatternNode): string {
  const text = emitPattern(node)
  return node.kind === 'set' || node.kind === 'group' ? text : `(?:${text})`
}

function count({ least, most }: Repeat): string {
  if (most === Infinity) return least === 0 ? '*' : least === 1 ? '+' : `{${least},}`
  if (least === 0 && most === 1) return '?'
  return least === most ? `{${least}}` : `{${least},${most}}`
}

function emitChar(codePoint: number): string {
  const char = String.fromCodePoint(codePoint)
  return /[0-9A-Za-z]/.test(char) ? char : `\\u{${codePoint.toString(16)}}`
}

function isSingle({ ranges, classes, isNegated }: CharSet): boolean {
  const [only] = ranges
  return ranges.length === 1 && classes.length === 0 && !isNegated && only !== undefined && only[0] === only[1]
}
