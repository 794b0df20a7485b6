// Lines of a flow collection that are indented less than js-yaml asks for.

import { parseEvents, YAMLException } from 'js-yaml'

/**
 * Kubernetes accepts `key: {` with its `}` at the start of a line; js-yaml follows YAML 1.2 (7.4), which asks for
 * indentation. Given the place of js-yaml's complaint this puts the rest of the innermost collection on one line: line
 * breaks become spaces, so that every offset stays. Undefined when the place is not in a flow collection, or when a
 * comment or a quoted text makes a line break count.
 */
export function joinFlowLines(input: string, at: number, options: { maxDepth: number }): string | undefined {
  const lineBreak = input.lastIndexOf('\n', at)
  if (lineBreak === -1 || !isInFlowCollection(input.slice(0, lineBreak), options)) return undefined
  const lineStart = input.lastIndexOf('\n', lineBreak - 1) + 1
  if (input.slice(lineStart, lineBreak).includes('#')) return undefined
  const breaks: number[] = []
  for (let index = lineBreak; index >= 0 && ' \t\r\n'.includes(input.charAt(index)); index--) {
    if (input.charCodeAt(index) === 0x0a) breaks.unshift(index)
  }
  let depth = 0
  for (let index = lineBreak + 1; index < input.length && depth >= 0; index++) {
    const code = input.charCodeAt(index)
    if (code === 0x0a) breaks.push(index)
    else if (code === 0x5b || code === 0x7b) depth++
    else if (code === 0x5d || code === 0x7d) depth--
    else if (code === 0x22 || code === 0x27) {
      const end = quoteEnd(input, index)
      if (end === -1) break
      index = end
    } else if (code === 0x23 && ' \t\n'.includes(input.charAt(index - 1))) break
  }
  return blank(input, breaks)
}

/** Asks js-yaml: cut off here, the text ends within a flow collection or within something else. */
function isInFlowCollection(input: string, options: { maxDepth: number }): boolean {
  try {
    parseEvents(input, options)
    return false
  } catch (error) {
    return error instanceof YAMLException && error.reason.endsWith('within a flow collection')
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

function blank(input: string, breaks: readonly number[]): string {
  const parts: string[] = []
  let from = 0
  for (const at of breaks) {
    parts.push(input.slice(from, at))
    from = at + 1
  }
  parts.push(input.slice(from))
  return parts.join(' ')
}
