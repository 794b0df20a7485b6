/** Markdown: the CommonMark reader with GitHub's tables. */
import MarkdownIt from 'markdown-it'
import { expect } from 'vitest'

import { CONTROL_CHARACTERS, textOf, type Validate } from './validator.ts'

/** What the format itself writes as HTML. */
const OWN_HTML = /^(?:<\/?(?:details|summary|b|code)>|<br>)$/

/** The cells of every table, row by row. */
export function readTables(text: string): string[][][] {
  const tables: string[][][] = []
  for (const token of new MarkdownIt({ html: true }).parse(text, {})) {
    if (token.type === 'table_open') tables.push([])
    if (token.type === 'tr_open') tables.at(-1)?.push([])
    if (token.type === 'inline' && token.level >= 4) tables.at(-1)?.at(-1)?.push(token.content)
  }
  return tables
}

/** It fits a comment, its tables are whole, and nothing from outside means anything. */
export const validateMarkdown: Validate = (output, { name, report }) => {
  expect(output.length).toBeLessThanOrEqual(65_536)
  const text = textOf(output)
  expect(text).not.toMatch(CONTROL_CHARACTERS)
  const tokens = new MarkdownIt({ html: true, linkify: true }).parse(text, {})
  const inline = tokens.flatMap(({ children }) => children ?? [])
  const html = [
    ...inline.filter(({ type }) => type === 'html_inline').map(({ content }) => content),
    ...tokens.filter(({ type }) => type === 'html_block').flatMap(({ content }) => content.match(/<[^>]*>?/g) ?? []),
  ]
  expect(html.filter((tag) => !OWN_HTML.test(tag))).toEqual([])
  const links = inline.filter(({ type }) => type === 'link_open').map((token) => token.attrGet('href'))
  expect(links.filter((link) => !/^https:\/\/hub\.armosec\.io\/docs\/c-\d+$/.test(String(link)))).toEqual([])
  expect(inline.filter(({ type }) => type === 'image')).toEqual([])
  const outsideCode = inline.filter(({ type }) => type === 'text').map(({ content }) => content)
  expect(outsideCode.filter((content) => /(?:^|\W)[@#]\w/.test(content) && !/[\u200B]/.test(content))).toEqual([])
  const tables = readTables(text)
  for (const [head, ...rows] of tables) {
    for (const row of rows) expect(row).toHaveLength(head?.length ?? 0)
  }
  const told = report.controls.filter(({ status, counters }) => status !== 'passed' || counters.excluded > 0)
  const summary = tables.find(([head]) => head?.[1] === 'Control') ?? []
  expect(summary.slice(1).map((row) => row[2])).toEqual(
    told.toSorted((a, b) => rank(a.severity) - rank(b.severity)).map(({ control }) => control.id),
  )
  if (name === 'large') expect(text).toMatch(/Cut to fit a comment:\*\* \d+ failed controls? with \d+ failures?/)
  else expect(text).not.toContain('Cut to fit')
}

function rank(severity: string): number {
  return ['Critical', 'High', 'Medium', 'Low', 'Unknown'].indexOf(severity)
}
