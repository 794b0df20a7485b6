/** Lines of a flow collection that are indented less than js-yaml asks for. */

import { parseEvents, YAMLException } from 'js-yaml'

/**
 * Kubernetes accepts `key: {` with its `}` at the start of a line, and tabs before it; js-yaml follows YAML 1.2 (7.4),
 * which asks for indentation by spaces. Given the place of js-yaml's complaint this puts the rest of the innermost
 * collection on one line: line breaks and tabs become spaces, so that every offset stays. Undefined when the place is
 * not in a flow collection or follows a comment.
 */
export function joinFlowLines(input: string, at: number, options: { maxDepth: number }): string | undefined {
  const before = input.slice(0, at).trimEnd()
  if (before.slice(before.lastIndexOf('\n') + 1).includes('#') || enclosure(input, at, options) !== 'bracket')
    return undefined
  const spaces: number[] = []
  let depth = 0
  for (let index = before.length; index < input.length && depth >= 0; index++) {
    const code = input.charCodeAt(index)
    if (isSpace(code)) {
      const end = spaceEnd(input, index)
      if (!isBetweenTokens(input, index, end)) break
      for (; index < end; index++) if (input.charCodeAt(index) !== 0x20) spaces.push(index)
      index--
    } else if (code === 0x5b || code === 0x7b) depth++
    else if (code === 0x5d || code === 0x7d) depth--
    else if (code === 0x22 || code === 0x27) {
      const end = quoteEnd(input, index)
      if (end === -1) break
      index = end
    } else if (code === 0x23 && isSpace(input.charCodeAt(index - 1))) break
  }
  return spaces.length === 0 ? undefined : blank(input, spaces)
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}

function spaceEnd(input: string, from: number): number {
  let end = from
  while (isSpace(input.charCodeAt(end))) end++
  return end
}

/** White space without a line break may be anywhere; a line break inside of plain text must stay, for it folds. */
function isBetweenTokens(input: string, start: number, end: number): boolean {
  if (!/[\t\r\n]/.test(input.slice(start, end))) return true
  return ',:[{'.includes(input.charAt(start - 1)) || ',]}'.includes(input.charAt(end))
}

/** What the place is in, by asking js-yaml how the text ends when it is cut off there. */
export function enclosure(input: string, at: number, options: { maxDepth: number }): 'quote' | 'bracket' | undefined {
  try {
    parseEvents(input.slice(0, at).trimEnd(), options)
    return undefined
  } catch (error) {
    if (!(error instanceof YAMLException)) return undefined
    if (error.reason.endsWith('within a flow collection')) return 'bracket'
    return error.reason.endsWith('quoted scalar') ? 'quote' : undefined
  }
}

/** The closing quote, or -1 when the text runs over the end of the line. */
function quoteEnd(input: string, start: number): number {
  const quote = input.charCodeAt(start)
  for (let index = start + 1; index < input.length; index++) {
    const code = input.charCodeAt(index)
    if (code === 0x0a) return -1
    if (code === 0x5c && quote === 0x22) index++
    else if (code === quote) return index
  }
  return -1
}

function blank(input: string, offsets: readonly number[]): string {
  const parts: string[] = []
  let from = 0
  for (const at of offsets) {
    parts.push(input.slice(from, at))
    from = at + 1
  }
  parts.push(input.slice(from))
  return parts.join(' ')
}
