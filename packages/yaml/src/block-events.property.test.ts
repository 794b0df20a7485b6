/** The fast reader against js-yaml: the same events, or none. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { parseEvents } from 'js-yaml'
import type { Event } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { blockEvents } from './block-events.ts'
import { decodeText, splitDocuments } from './index.ts'

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 2000)
const depth = 6

/** The events with the members that js-yaml gives each type. */
function comparable(events: readonly Event[]): unknown[] {
  return events.map((event) => {
    const { type } = event
    if (type === 1 || type === 6) return type === 6 ? { type } : event
    const { anchorStart, anchorEnd } = event
    if (type === 5) return { type, anchorStart, anchorEnd }
    const { tagStart, tagEnd, style } = event
    const node = { type, anchorStart, anchorEnd, tagStart, tagEnd, style }
    if (type !== 4) return { ...node, start: event.start }
    const { valueStart, valueEnd, chomping, indent, fast } = event
    return { ...node, valueStart, valueEnd, chomping, indent, fast }
  })
}

/** Whether the fast reader took the text. */
function check(text: string): boolean {
  const events = blockEvents(text, depth)
  if (events === undefined) return false
  let expected: unknown
  try {
    expected = parseEvents(text, { maxDepth: depth + 2 })
  } catch (error) {
    expected = String(error)
  }
  expect({ text, events: comparable(events) }).toEqual({ text, events: expected })
  return true
}

const indentation = fc.constantFrom('', '', '  ', '  ', '    ', '      ', ' ')
const mark = fc.constantFrom(
  '',
  '',
  '',
  '- ',
  '- ',
  '- - ',
  '-',
  '-  ',
  '? ',
  ': ',
  '# ',
  '&a ',
  '---',
  '--- ',
  '...',
  '%',
)
const key = fc.constantFrom(
  '',
  'a:',
  'b: ',
  '"c": ',
  "'d': ",
  'e : ',
  'f g: ',
  '-h: ',
  '<<: ',
  '{{i}}: ',
  '"k" : ',
  'l:m: ',
)
const value = fc.constantFrom(
  '',
  '',
  'x',
  'x y',
  'x # c',
  'x #c',
  'x: y',
  'x:y',
  'x:',
  '# c',
  '#c',
  '-',
  '- z',
  '-1',
  '~',
  '"x"',
  '"x" # c',
  '"x"#c',
  "'x'",
  "'x",
  '"x',
  'x"',
  "x'",
  "'it''s'",
  '"\\n\\""',
  '"\\x41"',
  '"\\u00e4"',
  '"\\u00g4"',
  '"x\\',
  '"x" y',
  '|',
  '>-',
  '|+',
  '|2',
  '| # c',
  '>+ x',
  '*a',
  '[]',
  '{}',
  '[ a, "b" ]',
  '[a, b',
  '[a b,]',
  '[,]',
  '[-x, - y]',
  '[a: b]',
  '[x:y]',
  '{a: b}',
  '{ } # c',
  '[a]#',
  '[[]]',
  '[a #',
  '!!str x',
  '\u00e4',
  '\u0085',
  '\ud83d\ude00',
  '\ufeff',
  '\u2028',
  'x\ty',
  '\t',
  'x  ',
  '  x',
  ']',
  ',',
  '@',
  '`',
  ':',
  ':x',
  '?',
  '?x',
  '...',
  '\0',
)
const lineEnd = fc.constantFrom('\n', '\n', '\n', '\n', '\n\n', '\n  \n', '\n      \n', '\r\n', '')
const line = fc.tuple(indentation, mark, key, value, lineEnd).map((parts) => parts.join(''))
const lines = fc.array(line, { maxLength: 7 }).map((all) => all.join(''))

/** Texts that are mostly right, so that most of them are read to their end. */
const plainLine = fc
  .tuple(
    fc.constantFrom('', '  ', '    '),
    fc.constantFrom('', '', '- '),
    fc.constantFrom('a: ', 'b:', '"c": ', 'd: ', ''),
    fc.constantFrom('', '', 'x', 'x y', '"x"', "'y'", '[]', '[a, b]', '{}', '|', '>-', 'x # c', '"x', '1"', '# c'),
  )
  .map((parts) => `${parts.join('')}\n`)
const plainLines = fc.array(plainLine, { minLength: 1, maxLength: 6 }).map((all) => all.join(''))

describe('the events of js-yaml, or none', () => {
  test('for lines of any kind', () =>
    fc.assert(
      fc.property(lines, (text) => void check(text)),
      { numRuns: 5 * numRuns },
    ))
  test('for lines that are mostly right', () => {
    let taken = 0
    fc.assert(
      fc.property(plainLines, (text) => {
        if (check(text)) taken++
      }),
      { numRuns: 5 * numRuns },
    )
    expect(taken).toBeGreaterThan(numRuns / 4)
  })
})

const shared = process.env['KUBESCAPE_SHARED'] ?? join(import.meta.dirname, '../../../../shared')
const corpus = join(shared, 'corpus/medium')
const isThere = existsSync(corpus)

test.skipIf(!isThere)(`nearly all real documents are taken${isThere ? '' : ' (skipped: no shared data)'}`, () => {
  let documents = 0
  let taken = 0
  for (const file of readdirSync(corpus, { recursive: true, encoding: 'utf8' })) {
    if (!/\.ya?ml$/.test(file)) continue
    const decoded = decodeText(readFileSync(join(corpus, file)))
    if (!('text' in decoded)) continue
    for (const { start, end } of splitDocuments(decoded.text)) {
      documents++
      const text = decoded.text.slice(start, end)
      const events = blockEvents(text, 200)
      if (events === undefined) continue
      taken++
      expect([file, comparable(events)]).toEqual([file, parseEvents(text, { maxDepth: 202 })])
    }
  }
  expect(taken).toBeGreaterThan(documents * 0.9)
})
