/** What goyaml says of a text that it cannot read. */

import type { Problem } from '@kubescape/yaml'

/** What of a line is looked at. */
const longestLine = 500
const converting = 'error converting YAML to JSON: '

/** Words by the code of our problem; what the scanner finds is counted by lines from 1, the rest from 0. */
const words: ReadonlyMap<string, { readonly text: string; readonly isParser?: boolean }> = new Map([
  ['yaml/tab-indentation', { text: 'found character that cannot start any token' }],
  ['yaml/bad-start', { text: 'found character that cannot start any token' }],
  ['yaml/unclosed-quote', { text: 'found unexpected end of stream' }],
  ['yaml/unclosed-bracket', { text: "did not find expected ',' or ']'", isParser: true }],
  ['yaml/bad-indentation', { text: 'did not find expected key', isParser: true }],
  ['yaml/text-after-quote', { text: 'did not find expected key', isParser: true }],
  ['yaml/missing-colon', { text: "could not find expected ':'" }],
  ['yaml/missing-space', { text: "could not find expected ':'" }],
  ['yaml/merge-conflict', { text: "could not find expected ':'" }],
  ['yaml/missing-comma', { text: "did not find expected ',' or '}'", isParser: true }],
  ['yaml/extra-comma', { text: 'did not find expected node content', isParser: true }],
  ['yaml/bad-escape', { text: 'found unknown escape character' }],
  ['yaml/unexpected-content', { text: 'did not find expected <document start>', isParser: true }],
  ['yaml/bad-block-scalar', { text: 'did not find expected comment or line break' }],
  ['yaml/bad-tag', { text: 'did not find expected whitespace or line break' }],
  ['yaml/bad-alias', { text: 'did not find expected alphabetic or numeric character' }],
  ['yaml/bad-anchor', { text: 'did not find expected alphabetic or numeric character' }],
])

/** Words for what has no place. */
const placeless: ReadonlyMap<string, string> = new Map([
  ['yaml/control-character', 'yaml: control characters are not allowed'],
  ['yaml/too-many-aliases', 'yaml: document contains excessive aliasing'],
  ['yaml/bad-merge', 'yaml: map merge requires map or sequence of maps as the value'],
  ['yaml/too-deep', 'yaml: exceeded max depth'],
])

/** The error of Helm for a text with the problem. */
export function explainYaml(text: string, problem: Problem): string {
  const fixed = placeless.get(problem.code)
  if (fixed !== undefined) return converting + fixed
  const line = lineOf(text, problem)
  const at = (problem.column ?? 1) - 1
  switch (problem.code) {
    case 'yaml/not-json':
      return `${converting}json: unsupported value: ${notJson(line.slice(at))}`
    case 'yaml/bad-key':
      return converting + badKey(line, at)
    case 'yaml/unknown-alias':
      return `${converting}yaml: unknown anchor '${/^\*([\w-]*)/.exec(line.slice(at))?.[1] ?? ''}' referenced`
    default:
  }
  const known = indicatorWords(problem.code, line, at) ?? words.get(problem.code)
  if (known === undefined) return `${converting}yaml: ${problem.message}`
  const found = problem.code === 'yaml/unclosed-quote' ? quoteLine(text, problem) : problem.line
  const number = (found ?? 1) - (known.isParser === true ? 1 : 0)
  return `${converting}yaml: ${number > 1 || (number === 1 && known.isParser === true) ? `line ${number}: ` : ''}${known.text}`
}

function lineOf(text: string, { line = 1 }: Problem): string {
  return (text.split('\n', line)[line - 1] ?? '').slice(0, longestLine)
}

/** The line on which an open quote begins; on the first line Go's library forgets it. */
function quoteLine(text: string, { line = 1 }: Problem): number {
  const lines = text.split('\n', line)
  const begin = lines.findLastIndex((part) => /(?:^|[\s,[{])(?:"[^"]*|'[^']*)$/.test(part))
  return begin > 0 ? begin + 1 : line
}

/** An indicator where it may not be says what it would have begun. */
function indicatorWords(code: string, line: string, at: number): { text: string; isParser?: boolean } | undefined {
  if (code !== 'yaml/bad-indentation' && code !== 'yaml/unexpected-content' && code !== 'yaml/missing-colon')
    return undefined
  const rest = line.slice(at)
  if (rest.startsWith(',')) return words.get('yaml/extra-comma')
  if (/^:(?:\s|$)/.test(rest) || /^[^#'"]*: [^#'"]*:(?:\s|$)/.test(line)) return contextWords('mapping values')
  if (/^-(?:\s|$)/.test(rest)) return contextWords('block sequence entries')
  return /^\?(?:\s|$)/.test(rest) ? contextWords('mapping keys') : undefined
}

function contextWords(what: string): { text: string } {
  return { text: `${what} are not allowed in this context` }
}

function notJson(rest: string): string {
  if (/^[-+]?\.nan/i.test(rest)) return 'NaN'
  return rest.startsWith('-') ? '-Inf' : '+Inf'
}

function badKey(line: string, at: number): string {
  const isNull = /^(?:~|null|Null|NULL|)\s*:/.test(line.slice(at).trimStart())
  if (!isNull) return 'yaml: invalid map key'
  const value = line.slice(line.indexOf(':', at) + 1).trim()
  return `unsupported map key of type: %!s(<nil>), key: <nil>, value: ${JSON.stringify(value)}`
}
