/** Reads the JSON value at the beginning of a longer text: `--set-json a={"b":1},c=2`. */
import { quote } from '@kubescape/go'
import { SetError } from './set-error.ts'

/** Lists and objects within each other. */
const MAX_DEPTH = 1000
const WORDS = ['true', 'false', 'null']

/** The value that begins at `start`, as `JSON.parse` gives it, and where it ends. Throws a `SetError`. */
export function readJsonPrefix(text: string, start: number): { readonly json: unknown; readonly end: number } {
  const end = endOf(text, start)
  let json: unknown
  try {
    json = JSON.parse(text.slice(start, end))
  } catch {
    throw new SetError(`invalid JSON value ${quote(text.slice(start, Math.min(end, start + 40)))}`)
  }
  rejectInfinity(json)
  return { json, end }
}

/** Where the value ends, if it is one. */
function endOf(text: string, start: number): number {
  const first = text.charAt(start)
  if (first === '"') return endOfString(text, start)
  if (first === '{' || first === '[') return endOfNest(text, start)
  const word = WORDS.find((candidate) => text.startsWith(candidate, start))
  if (word !== undefined) return start + word.length
  let end = start
  while (end < text.length && '0123456789+-.eE'.includes(text.charAt(end))) end++
  if (end > start) return end
  throw new SetError(`invalid character ${first === "'" ? `'\\''` : `'${first}'`} looking for beginning of value`)
}

function endOfNest(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '"') at = endOfString(text, at) - 1
    else if (character === '{' || character === '[') {
      if (++depth > MAX_DEPTH) throw new SetError('exceeded max depth')
    } else if ((character === '}' || character === ']') && --depth === 0) return at + 1
  }
  throw new SetError('unexpected EOF')
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '\\') at++
    else if (character === '"') return at + 1
  }
  throw new SetError('unexpected EOF')
}

/** Numbers beyond float64 are an error in Go; JSON.parse makes them infinite. */
function rejectInfinity(json: unknown): void {
  if (json === Infinity || json === -Infinity)
    throw new SetError('cannot unmarshal number into Go value of type float64')
  if (json !== null && typeof json === 'object') for (const part of Object.values(json)) rejectInfinity(part)
}
