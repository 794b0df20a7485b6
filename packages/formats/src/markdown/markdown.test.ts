import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import type { Report } from '@kubescape/results'
import { describe, expect, test } from 'vitest'

import { contextOf, sample, type Sample } from '../../testing/reports.ts'
import { altered } from '../../testing/two-scans.ts'
import { readTables } from '../../testing/validators/markdown.ts'
import { worstFirst } from '../listing.ts'
import { code, htmlText, prose } from './escape.ts'
import { render } from './render.ts'
import { Room } from './room.ts'

function textOf(one: Sample, report: Report = one.report): string {
  return [...render(report, contextOf(one))].join('')
}

test('a comment begins with scores, coverage, and what they owe to exceptions', async () => {
  const many = await sample('many')
  const { complianceScore, complianceWithoutExceptions, counters } = many.report
  expect(complianceScore).toBeGreaterThan(complianceWithoutExceptions)
  const text = textOf(many)
  expect(text).toMatch(
    /^# Kubescape report\n\n\*\*Compliance score: \d+%\*\* \(\d+% without exceptions\), \*\*coverage: \d+%\*\*/,
  )
  expect(text).toContain(
    `**${counters.failed} failed**, ${counters.skipped} need a look, ${counters.excluded} excluded`,
  )
  expect(text).toContain('1 document and 0 files could not be read')
})

test('a block for each failed control says why, how to repair it, and where', async () => {
  const text = textOf(await sample('one'))
  const [, details] = readTables(text)
  expect(details).toEqual([
    ['Resource', 'Kind', 'Namespace', 'Where', 'What'],
    ['`web`', '`Pod`', '`shop`', '`pod.yaml:11`', '`spec.containers[0].securityContext.privileged`: remove'],
  ])
  expect(text).toContain('<summary><b>C-0057 Privileged container</b> (High): 1 failed</summary>')
  expect(text).toContain('[Documentation](https://hub.armosec.io/docs/c-0057)')
})

test('what exceptions accept stands by itself, with the reason and the end', async () => {
  const tables = readTables(textOf(await sample('many')))
  const excluded = tables.find(([head]) => head?.[4] === 'Exception')
  expect(excluded?.slice(1)).toEqual([
    [
      '`C-0057`',
      '`agent`',
      '`DaemonSet`',
      '`platform`',
      '`the agent owns its node`',
      '`It loads kernel modules.`',
      '`2027-01-01`',
    ],
  ])
})

describe('a report that is too long for a comment', () => {
  test('is cut behind the worst, and says how much is left out', async () => {
    const large = await sample('large')
    const text = textOf(large)
    const shown = [...text.matchAll(/<summary><b>(C-\d+)/g)].map(([, id]) => id)
    const failed = large.report.controls.filter(({ status }) => status === 'failed')
    const rest = failed.filter(({ control }) => !shown.includes(control.id))
    const failures = rest.reduce((sum, { counters }) => sum + counters.failed, 0)
    expect(rest.length).toBeGreaterThan(0)
    expect(text).toContain(`${rest.length} failed controls with ${failures} failures, none worse than these`)
    const [worst] = worstFirst(failed)
    expect(text).toContain(`${(worst?.counters.failed ?? 0) - 20} more of the same control not shown.`)
  })

  test('keeps to the limit with the longest names', async () => {
    const large = await sample('large')
    const subjects = large.report.subjects.map((subject) => ({
      ...subject,
      identity: { ...subject.identity, name: '😀|`<'.repeat(500), namespace: '\u0001'.repeat(500) },
    }))
    const text = textOf(large, altered(large.report, { subjects }))
    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(65_536)
    expect(text.isWellFormed()).toBe(true)
  })
})

test('room is counted in bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 50 }), (text) => {
      const room = new Room()
      const length = new TextEncoder().encode(text).length
      expect(room.takes('x'.repeat(65_536 - length))).toBe(true)
      expect(room.takes(`${text}x`)).toBe(false)
      expect(room.takes(text)).toBe(true)
    }),
  )
})

describe('text from outside', () => {
  const markdown = new MarkdownIt({ html: true, linkify: true })
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc
      .array(
        fc.constantFrom(
          '|',
          '`',
          '``',
          '\\',
          '\n',
          '<b>',
          '<!--',
          '&amp;',
          '@me',
          '#12',
          '*',
          '_',
          ' ',
          '](',
          'http://x.y',
          'www.x.y',
        ),
        { maxLength: 8 },
      )
      .map((parts) => parts.join('')),
  )

  test('is one cell of a table, and code', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const source = `| a | b |\n| - | - |\n| ${code(text)} | ${code(text)} |\n`
        const tokens = markdown.parse(source, {})
        const cells = tokens.filter(({ type }) => type === 'inline').slice(2)
        expect(cells).toHaveLength(2)
        for (const cell of cells) {
          const kinds = (cell.children ?? []).map(({ type, content }) => (type === 'html_inline' ? content : type))
          expect(['', 'code_inline', '<code> text </code>']).toContain(
            kinds
              .filter((kind, at) => kind !== 'text' || kinds[at - 1] !== 'text')
              .join(' ')
              .replaceAll(/text(?: text_special| text)*|text_special(?: text_special| text)*/g, 'text'),
          )
        }
      }),
    )
  })

  test('is text in words, without markup, links or mentions', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const source = `x ${prose(text)}`
        const tokens = markdown.parse(source, {})
        const kinds = new Set(
          tokens
            .flatMap(({ children }) => children ?? [])
            .map(({ type, content }) => (type === 'html_inline' ? content : type)),
        )
        for (const kind of kinds) expect(['text', 'text_special', 'code_inline', '<code>', '</code>']).toContain(kind)
        expect(tokens.map(({ type }) => type)).toEqual(['paragraph_open', 'inline', 'paragraph_close'])
      }),
    )
  })

  test('is text in HTML', () => {
    expect(htmlText('<b>@me #1 & "x"')).toBe('&#60;b&#62;&#64;\u200Bme &#35;\u200B1 &#38; &#34;x&#34;')
  })
})
