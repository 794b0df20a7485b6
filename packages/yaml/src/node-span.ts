/** Where nodes begin and end in the text; events give the offsets of scalars only. */

import type { Event, ScalarEvent } from 'js-yaml'
import { eventOffset } from './event-scalars.ts'

/** Offset where a node begins, its tag and anchor included; -1 for an empty node without either. */
export function nodeStart(event: Event, input: string, after: number): number {
  if (event.type === 1 || event.type === 6) return -1
  let start = event.type === 4 && event.style >= 4 ? blockHeader(event, input, after) : eventOffset(event)
  if (event.type !== 5) {
    if (event.tagStart !== -1 && (start === -1 || event.tagStart < start)) start = event.tagStart
    if (event.anchorStart !== -1 && (start === -1 || event.anchorStart - 1 < start)) start = event.anchorStart - 1
  }
  return start
}

/** Offset after a scalar or an alias; -1 for an empty scalar without tag and anchor. */
export function leafEnd(event: Event, input: string): number {
  if (event.type === 5) return event.anchorEnd
  if (event.type !== 4) return -1
  if (event.valueStart === -1) return Math.max(event.tagEnd, event.anchorEnd)
  if (event.style === 2 || event.style === 3) return event.valueEnd + 1
  if (event.style < 4) return event.valueEnd
  // A block scalar ends before the line breaks that follow its last line.
  let end = event.valueEnd
  while (end > event.valueStart && isSpace(input.charCodeAt(end - 1))) end--
  return end > event.valueStart ? end : headerEnd(event, input)
}

/** Offset of the `|` or `>` of a block scalar, whose event begins at its first line of text. */
function blockHeader(event: ScalarEvent, input: string, after: number): number {
  const lineEnd = headerEnd(event, input)
  const lineStart = input.lastIndexOf('\n', lineEnd - 1) + 1
  let at = Math.max(lineStart, after, event.tagEnd, event.anchorEnd)
  while (at < lineEnd && input.charCodeAt(at) !== 0x7c && input.charCodeAt(at) !== 0x3e) at++
  return at
}

function headerEnd(event: ScalarEvent, input: string): number {
  let end = event.valueStart
  if (end > 0 && input.charCodeAt(end - 1) === 0x0a) end--
  if (end > 0 && input.charCodeAt(end - 1) === 0x0d) end--
  return end
}

/** The first offset from `from` on with anything but white space and comments; commas are skipped on request. */
export function skipSpace(input: string, from: number, commas = false): number {
  let at = from
  for (; at < input.length; at++) {
    const code = input.charCodeAt(at)
    if (isSpace(code) || (commas && code === 0x2c)) continue
    if (code !== 0x23 || (at > 0 && !isSpace(input.charCodeAt(at - 1)) && input.charCodeAt(at - 1) !== 0x2c)) break
    const end = input.indexOf('\n', at)
    if (end === -1) return input.length
    at = end
  }
  return at
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}
