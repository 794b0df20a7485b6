/** Which styles a text allows: the rules of libyaml's emitter, as its Go port has them. */

/** What a text allows, as bits. */
export const plainInBlock = 1
export const plainInFlow = 2
export const singleQuoted = 4
export const blockScalar = 8
/** Set for a text with line breaks. */
export const multiline = 16

const all = plainInBlock | plainInFlow | singleQuoted | blockScalar

const space = 0x20
const newline = 0x0a
const tab = 0x09
const hash = 0x23
const dash = 0x2d
const colon = 0x3a
const question = 0x3f

// Classes of ASCII characters: 0 is harmless everywhere.
const startIndicator = 1
const flowIndicator = 2
const special = 4
const contextual = 8
const classes = new Uint8Array(128).fill(special, 0, 0x20)
classes[0x7f] = special
for (const indicator of '&*!|>\'"%@`') classes[indicator.charCodeAt(0)] = startIndicator
for (const indicator of ',[]{}') classes[indicator.charCodeAt(0)] = startIndicator | flowIndicator
for (const code of [space, newline, tab, hash, dash, colon, question]) classes[code] = contextual

/** The bits of a text; `blockTabs` tells whether a block scalar may hold tabs. */
export function analyzeScalar(text: string, blockTabs: boolean): number {
  const { length } = text
  if (length === 0) return plainInBlock | singleQuoted
  let at = 0
  while (at < length && isHarmless(text.charCodeAt(at))) at++
  const marker = text.startsWith('---') || text.startsWith('...')
  if (at === length && !marker) return all
  return analyze(text, marker, blockTabs)
}

/** Whether the character is a line break for YAML 1.1. */
export function isLineBreak(code: number): boolean {
  return code === newline || code === 0x0d || code === 0x85 || code === 0x2028 || code === 0x2029
}

/** Whether libyaml prints the character of a UTF-16 unit as it is; surrogates are none. */
export function isPrintable(code: number): boolean {
  if (code < 0xa0) return (code >= space && code < 0x7f) || code === newline
  return code < 0xd800 || (code > 0xdfff && code !== 0xfeff && code < 0xfffe)
}

function isHarmless(code: number): boolean {
  return code < 0x80 && classes[code] === 0
}

function analyze(text: string, marker: boolean, blockTabs: boolean): number {
  const { length } = text
  let [blockIndicators, flowIndicators] = [marker, marker]
  let [breaks, specials, tabs] = [false, false, false]
  // A space after a break, and a break after a space: only double quotes keep the second.
  let [breakSpace, spaceBreak] = [false, false]
  let before = newline
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at)
    const isFirst = at === 0
    if (code >= 0x80) {
      if (!isPrintable(code)) specials = true
    } else if (classes[code] !== 0) {
      const kind = classes[code] as number
      if (kind === special) specials = true
      else if ((kind & flowIndicator) !== 0) flowIndicators = true
      if ((kind & startIndicator) !== 0 && isFirst) blockIndicators = flowIndicators = true
      if (code === space) breakSpace ||= !isFirst && isLineBreak(before)
      else if (code === tab) tabs = true
      else if (code === colon || code === question) {
        flowIndicators = true
        if ((code === colon || isFirst) && endsToken(text, at + 1)) blockIndicators = true
      } else if (code === hash ? isFirst || isBlank(before) : code === dash && isFirst && endsToken(text, at + 1)) {
        blockIndicators = flowIndicators = true
      }
    }
    if (isLineBreak(code)) {
      breaks = true
      spaceBreak ||= before === space
    }
    before = code
  }
  const lines = breaks ? multiline : 0
  if (specials || spaceBreak || (tabs && !blockTabs)) return lines
  const [first, last] = [text.charCodeAt(0), before]
  let bits = all | lines
  if (first === space || last === space || breaks || tabs || breakSpace) bits &= ~(plainInBlock | plainInFlow)
  if (breakSpace || tabs) bits &= ~singleQuoted
  if (last === space) bits &= ~blockScalar
  if (blockIndicators) bits &= ~plainInBlock
  if (flowIndicators) bits &= ~plainInFlow
  return bits
}

function endsToken(text: string, at: number): boolean {
  return at >= text.length || isBlank(text.charCodeAt(at))
}

function isBlank(code: number): boolean {
  return code === space || code === tab || code === 0 || isLineBreak(code)
}
