/** Events of one document, within limits; every failure is a refusal. */

import { parseEvents, YAMLException } from 'js-yaml'
import type { Event } from 'js-yaml'
import { blockEvents } from './block-events.ts'
import { explain, explainOpen } from './explain.ts'
import { enclosure, joinFlowLines } from './flow-lines.ts'
import type { Limits } from './limits.ts'
import { withLineFeeds } from './positions.ts'
import { Refusal } from './problem.ts'
import { tooDeep } from './refusals.ts'

/** Events and the text that they point into; `base` is where that text begins in the file. */
export interface DocumentEvents {
  events: Event[]
  input: string
  base: number
}

/** A document above this length has its nodes counted before the parser spends memory on them. */
const countedLength = 4 * 1024 * 1024
/** js-yaml's reason for a line inside of quotes or brackets. */
const indentation = 'deficient indentation'
/** Each costs up to two more passes over the document. */
const repairs = 32

/** Reads the events of `text` from `start` to `end`; throws a `Refusal` whose offset counts in the file. */
export function readEvents(text: string, start: number, end: number, limits: Limits): DocumentEvents {
  const base = contentStart(text, start, end)
  if (end - base > limits.length) {
    const message = `The document is longer than ${limits.length} characters.`
    throw new Refusal('yaml/too-large', message, base, 'Split the document.')
  }
  const input = withLineFeeds(base === 0 && end === text.length ? text : text.slice(base, end))
  try {
    if (input.length > countedLength) refuseTooManyNodes(input, limits.nodes)
    const hasOther = firstOf(input, otherLineBreaks) !== -1
    return { ...(hasOther ? parseOtherLineBreaks(input, limits) : parse(input, limits)), base }
  } catch (error) {
    throw shifted(asRefusal(error, input, limits), base)
  }
}

/** Flow collections may be indented, which js-yaml would then ask of their last line as well; Kubernetes does not. */
function contentStart(text: string, start: number, end: number): number {
  let at = start
  while (at < end && ' \t\r\n'.includes(text.charAt(at))) at++
  return at < end && '{['.includes(text.charAt(at)) ? at : start
}

function parse(input: string, limits: Limits): { events: Event[]; input: string } {
  const plain = blockEvents(input, limits.depth)
  if (plain !== undefined) return { events: plain, input }
  const options = { maxDepth: limits.depth + 2 }
  let joined = input
  let first: unknown
  for (let repair = 0; ; repair++) {
    try {
      return { events: parseEvents(joined, options), input: joined }
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error
      first ??= error
      const isIndentation = error.reason === indentation
      const next =
        isIndentation && repair < repairs ? joinFlowLines(joined, error.mark?.position ?? 0, options) : undefined
      // When the joined lines make no sense either, then the bracket before them was meant to end there.
      if (next === undefined) throw isIndentation || error.reason.includes('flow collection') ? first : error
      joined = next
    }
  }
}

/**
 * YAML 1.1, and so Kubernetes, ends a line at U+0085, U+2028 and U+2029 too. Text after one of them could hide from a
 * reader of YAML 1.2, which js-yaml is, so that they become line feeds. Inside of quotes, where JSON may hold them, both
 * see one text.
 */
function parseOtherLineBreaks(input: string, limits: Limits): { events: Event[]; input: string } {
  try {
    const parsed = parse(input, limits)
    if (areQuoted(input, parsed.events)) return parsed
  } catch {
    // The other reading may succeed; if it fails, its problem is the one that counts.
  }
  return parse(input.replace(/[\u0085\u2028\u2029]/g, '\n'), limits)
}

function areQuoted(input: string, events: readonly Event[]): boolean {
  let index = 0
  for (const { index: offset } of input.matchAll(/[\u0085\u2028\u2029]/g)) {
    let event = events[index]
    while (event !== undefined && !(event.type === 4 && event.valueEnd > offset)) event = events[++index]
    if (event?.type !== 4 || (event.style !== 2 && event.style !== 3) || event.valueStart > offset) return false
  }
  return true
}

/** Characters that end a line in YAML 1.1 but not in 1.2. */
export const otherLineBreaks: readonly string[] = ['\u0085', '\u2028', '\u2029']

/** The first place where one of the characters occurs, or -1. */
export function firstOf(text: string, chars: readonly string[]): number {
  let first = -1
  for (const char of chars) {
    const at = text.indexOf(char)
    if (at !== -1 && (first === -1 || at < first)) first = at
  }
  return first
}

/** Every node but the first follows one of these characters. */
function refuseTooManyNodes(input: string, limit: number): void {
  let nodes = 1
  for (let index = 0; index < input.length; index++) {
    const code = input.charCodeAt(index)
    if (
      code === 0x0a ||
      code === 0x2c ||
      code === 0x3a ||
      code === 0x2d ||
      code === 0x5b ||
      code === 0x7b ||
      code === 0x3f
    ) {
      // A newline and the dash or colon on its line belong to one node each, so that half of the marks is the estimate.
      if (++nodes > 2 * limit) {
        throw new Refusal(
          'yaml/too-large',
          `The document holds more than ${limit} values.`,
          index,
          'Split the document.',
        )
      }
    }
  }
}

function asRefusal(error: unknown, input: string, limits: Limits): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof YAMLException) {
    if (error.reason.startsWith('nesting exceeded')) return tooDeep(limits.depth, error.mark?.position ?? 0)
    const offset = Math.min(error.mark?.position ?? 0, input.length)
    const open = error.reason === indentation ? enclosure(input, offset, { maxDepth: limits.depth + 2 }) : undefined
    return open === undefined ? explain(error, input) : explainOpen(open, input, offset)
  }
  if (error instanceof RangeError) return tooDeep(limits.depth, 0)
  return new Refusal('yaml/syntax', 'The text could not be read as YAML.', 0)
}

function shifted(refusal: Refusal, by: number): Refusal {
  return by === 0 ? refusal : new Refusal(refusal.code, refusal.message, refusal.offset + by, refusal.hint)
}
