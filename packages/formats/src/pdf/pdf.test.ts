import type { Report } from '@kubescape/results'
import { describe, expect, test } from 'vitest'

import { sample } from '../../testing/reports.ts'
import { altered } from '../../testing/two-scans.ts'
import { readPdf } from '../../testing/validators/pdf.ts'
import { render } from './render.ts'
import { PageText } from './text.ts'

function bytesOf(report: Report): Uint8Array {
  return Buffer.concat([...render(report)])
}

test('the same report gives the same bytes', async () => {
  const { report } = await sample('many')
  expect(bytesOf(report)).toEqual(bytesOf(report))
})

test('the first page tells scores, frameworks, and what exceptions accept', async () => {
  const { report } = await sample('many')
  const { outline, text } = readPdf(bytesOf(report))
  expect(outline).toEqual(expect.arrayContaining(['Summary', 'Frameworks', 'Controls', 'Notes']))
  expect(text).toContain('AllControls,NSA,cis-v1.12.0')
  expect(text).toContain('scannedat2026-01-0203:04UTC')
  expect(text).toContain('Exceptionsaccept1failure.')
  expect(text).toContain('1documentorfilecouldnotberead')
})

test('every page of the table begins with its heading, and marks lead to notes', async () => {
  const { report } = await sample('many')
  const { pages, text } = readPdf(bytesOf(report))
  expect(text.match(/RefControlSeverityFailedExcludedAllCompliance/g)?.length).toBeGreaterThanOrEqual(pages - 1)
  expect(text).toContain('Actionrequired[1]')
  expect(text).toContain('[1]Set')
})

test('names wrap however long they are, and what the fonts lack is said', async () => {
  const { report } = await sample('many')
  const names = ['an unbroken name '.repeat(30), 'x'.repeat(2000), '日本 Łódź Ünïcödé 😀']
  const frameworks = report.frameworks.map((framework, at) => ({ ...framework, name: names[at] ?? '' }))
  const { text } = readPdf(bytesOf(altered(report, { frameworks })))
  expect(text).toContain('x'.repeat(399))
  expect(text).toContain('???ódzÜnïcödé?')
  expect(text).toContain('fontsofthisdocument')
})

describe('text in the fonts of every reader', () => {
  test.each([
    ['plain ASCII', 'plain ASCII', false],
    ['Größe – “naïve” €', 'Größe – “naïve” €', false],
    ['Škoda Ţepeş', 'Škoda Tepes', true],
    ['日本', '??', true],
    ['a\u001b[31mb', 'a?[31mb', true],
    ['\u202Eabc', '<U+202E>abc', false],
  ])('%j is shown as %j', (text, shown, isLossy) => {
    const page = new PageText()
    expect([page.of(text), page.isLossy]).toEqual([shown, isLossy])
  })
})
