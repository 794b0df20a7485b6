/** js-yaml's reasons as problems that say what to do. */

import type { YAMLException } from 'js-yaml'
import { Refusal } from './problem.ts'

interface Explanation {
  reason: RegExp
  code: string
  message: string
  hint?: string
}

const templateHint = 'This looks like a Helm template; render the chart first, or scan the chart itself.'

/** First match wins. The reasons are those of js-yaml 5; an unknown one keeps its own words. */
const explanations: readonly Explanation[] = [
  {
    reason: /^tab characters|bad indentation.*tab/,
    code: 'yaml/tab-indentation',
    message: 'A tab is used as indentation.',
    hint: 'YAML allows spaces only; replace the tab.',
  },
  {
    reason: /within a (single|double) quoted scalar/,
    code: 'yaml/unclosed-quote',
    message: 'A quoted text is not closed.',
    hint: 'Add the closing quote; a document marker cannot stand inside of a quoted text.',
  },
  {
    reason: /within a flow collection/,
    code: 'yaml/unclosed-bracket',
    message: 'A `{` or `[` is not closed.',
    hint: 'Add the closing bracket, or quote a value that begins with one.',
  },
  {
    reason: /^deficient indentation|^bad indentation of a mapping entry|^bad indentation of a sequence entry/,
    code: 'yaml/bad-indentation',
    message: 'The indentation does not fit the lines before.',
    hint: 'Align the line with its siblings; quote a value that contains `: `.',
  },
  {
    reason: /^expected ':' after a mapping key|^can not read a block mapping entry/,
    code: 'yaml/missing-colon',
    message: 'A mapping key has no `:` after it.',
    hint: 'Write `key: value`, or indent the line if it belongs to the value above.',
  },
  {
    reason: /^a whitespace character is expected after the key-value separator/,
    code: 'yaml/missing-space',
    message: 'A `:` after a key needs a space behind it.',
    hint: 'Add a space after the colon.',
  },
  {
    reason: /^missed comma/,
    code: 'yaml/missing-comma',
    message: 'Two entries between brackets have no comma between them.',
    hint: 'Add the comma.',
  },
  {
    reason: /^expected the node content/,
    code: 'yaml/extra-comma',
    message: 'There is no value before this comma.',
    hint: 'Remove the comma, or write the value.',
  },
  {
    reason: /non-printable|expected valid JSON character|null byte/,
    code: 'yaml/control-character',
    message: 'The text contains a control character that YAML does not allow.',
    hint: 'Remove it, or write it as an escape such as \\u0007 in double quotes.',
  },
  {
    reason: /^unknown escape sequence|^expected hexadecimal character/,
    code: 'yaml/bad-escape',
    message: 'The escape sequence after `\\` is unknown.',
    hint: 'Double the backslash, or use single quotes.',
  },
  {
    reason: /directive|^end of the stream or a document separator is expected/,
    code: 'yaml/unexpected-content',
    message: 'The document should end here.',
    hint: 'Align the line with the keys above, or begin a new document with `---`.',
  },
  {
    reason: /block scalar|line break is expected|chomping|indentation width/,
    code: 'yaml/bad-block-scalar',
    message: 'Only an indentation digit, `+`, `-` and a comment may follow `|` or `>` on its line.',
    hint: 'Move the text to the next line, indented.',
  },
  {
    reason: /\btag\b/,
    code: 'yaml/bad-tag',
    message: 'A tag that begins with `!` is malformed.',
    hint: 'Quote the value if it is not a tag.',
  },
  {
    reason: /\balias\b/,
    code: 'yaml/bad-alias',
    message: 'An alias `*` has no name, or has properties.',
    hint: 'Quote the value if it is not an alias.',
  },
  {
    reason: /\banchor\b/,
    code: 'yaml/bad-anchor',
    message: 'An anchor `&` is malformed.',
    hint: 'Quote the value if it is not an anchor.',
  },
]

/** js-yaml notices that a quote or bracket is open when the next line is indented less. */
export function explainOpen(what: 'quote' | 'bracket', input: string, offset: number): Refusal {
  const [code, thing] =
    what === 'quote' ? ['yaml/unclosed-quote', 'A quoted text'] : ['yaml/unclosed-bracket', 'A `{` or `[`']
  const hint =
    templateHintAt(input, offset) ?? `Close the ${what} before this line, or indent the line if it belongs to it.`
  return new Refusal(code, `${thing} is not closed before this line.`, offset, hint)
}

/** The refusal for an error of js-yaml; the offset counts in `input`. */
export function explain(error: YAMLException, input: string): Refusal {
  const reason = error.reason
  const offset = Math.min(error.mark?.position ?? 0, input.length)
  const found = explanations.find((explanation) => explanation.reason.test(reason))
  const special = explainLine(found?.code, input, offset)
  if (special !== undefined) return special
  const hint = templateHintAt(input, offset) ?? found?.hint ?? startHint(input, offset)
  if (found === undefined)
    return new Refusal('yaml/syntax', `The text is not valid YAML: ${reason.slice(0, 200)}.`, offset, hint)
  // js-yaml blames the indentation when no value can begin with the character that it meets.
  const isForbidden = reason.startsWith('bad indentation') && '@`%'.includes(input.charAt(offset) || 'x')
  if (isForbidden) {
    return new Refusal(
      'yaml/bad-start',
      `No value can begin with \`${input.charAt(offset)}\`.`,
      offset,
      'Quote the value.',
    )
  }
  return new Refusal(found.code, found.message, offset, hint)
}

/** What the line of an error, or the one before it, says better than the parser. */
function explainLine(code: string | undefined, input: string, offset: number): Refusal | undefined {
  const start = input.lastIndexOf('\n', offset - 1) + 1
  const before = input.slice(0, start).trimEnd()
  const beforeStart = before.lastIndexOf('\n') + 1
  for (const at of [beforeStart, start]) {
    if (/^(?:<{7}|={7}|>{7})(?:\s|$)/.test(input.slice(at, at + 8))) {
      return new Refusal('yaml/merge-conflict', 'A conflict of a merge was left here.', at, 'Resolve the conflict.')
    }
  }
  const indentation = /^[ \t]*/.exec(input.slice(start, Math.max(start, offset)))?.[0] ?? ''
  const tab = indentation.indexOf('\t')
  if (tab !== -1 && code !== 'yaml/tab-indentation') {
    const hint = 'YAML allows spaces only; replace the tab.'
    return new Refusal('yaml/tab-indentation', 'A tab is used as indentation.', start + tab, hint)
  }
  if (code === 'yaml/bad-indentation' && /['"]$/.test(input.slice(start, offset).trimEnd())) {
    const hint = "Double a quote inside of the text ('it''s'), or use the other kind of quotes around it."
    return new Refusal('yaml/text-after-quote', 'Text follows a closing quote.', offset, hint)
  }
  if (code !== 'yaml/missing-colon') return undefined
  // The parser looks for the colon up to the next line; the key stands on the line before.
  const key = before.slice(beforeStart)
  const isKey = key.trim() !== '' && !key.includes(':') && !key.trimStart().startsWith('#')
  const found = explanations.find((explanation) => explanation.code === code)
  return isKey && found !== undefined
    ? new Refusal(code, found.message, beforeStart + key.length - key.trimStart().length, found.hint ?? '')
    : undefined
}

function startHint(input: string, offset: number): string {
  return '@`%{}[],&*!|>'.includes(input.charAt(offset)) ? 'Quote the value.' : 'Check this line and the line before.'
}

/**
 * A hint when template braces stand on the line of the offset or the one before; a long line is searched nearby only.
 */
export function templateHintAt(input: string, offset: number): string | undefined {
  const from = Math.max(0, offset - 500)
  const near = input.slice(from, offset + 500)
  const at = offset - from
  const lineStart = near.lastIndexOf('\n', Math.max(0, at - 1))
  const start = lineStart <= 0 ? 0 : near.lastIndexOf('\n', lineStart - 1) + 1
  const end = near.indexOf('\n', at)
  return near.slice(start, end === -1 ? near.length : end).includes('{{') ? templateHint : undefined
}
