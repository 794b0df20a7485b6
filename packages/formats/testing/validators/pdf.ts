/** PDF: a strict reader of the file's structure (PDF 1.7, 7.5) and of the text on its pages. */
import { inflateSync } from 'node:zlib'
import { expect } from 'vitest'

import { displayScore } from '../../src/score.ts'
import { PageText } from '../../src/pdf/text.ts'
import type { Validate } from './validator.ts'

/** What a reader finds in a document. */
interface PdfDocument {
  readonly pages: number
  /** Titles that stand beside the pages. */
  readonly outline: readonly string[]
  /** The text of all pages in the order in which it is drawn, without spaces: lines break anywhere. */
  readonly text: string
}

/** Reads a document; throws where the table of its objects is wrong. */
export function readPdf(bytes: Uint8Array): PdfDocument {
  const file = Buffer.from(bytes).toString('latin1')
  expect(file).toMatch(/^%PDF-1\.\d\n/)
  const [, start] = /startxref\n(\d+)\n%%EOF\n?$/.exec(file) ?? []
  const objects = readObjects(file, Number(start))
  const streams = objects.filter((object) => object.includes('/FlateDecode') && !object.includes('/Type /'))
  const drawn = streams.map((object) => inflate(object))
  return {
    pages: objects.filter((object) => /\/Type \/Page\b/.test(object)).length,
    outline: objects.flatMap((object) => /\/Title \((.*)\)/.exec(object)?.[1] ?? []),
    text: drawn.map(textOf).join('').replaceAll(/\s/g, ''),
  }
}

/** The objects that the cross-reference table names, each from where the table says that it is. */
function readObjects(file: string, start: number): string[] {
  const table = /^xref\n0 (\d+)\n((?:\d{10} \d{5} [nf] ?\n)+)trailer/.exec(file.slice(start))
  const entries = table?.[2]?.trimEnd().split('\n') ?? []
  expect(entries).toHaveLength(Number(table?.[1]))
  return entries.flatMap((entry, number) => {
    const [offset = '', , used] = entry.trim().split(' ')
    if (used !== 'n') return []
    const object = file.slice(Number(offset), file.indexOf('endobj', Number(offset)))
    expect(object.startsWith(`${number} 0 obj`)).toBe(true)
    return [object]
  })
}

function inflate(object: string): string {
  const [, length] = /\/Length (\d+)/.exec(object) ?? []
  const from = object.indexOf('stream\n') + 7
  return inflateSync(Buffer.from(object.slice(from, from + Number(length)), 'latin1')).toString('latin1')
}

/** The texts that `TJ` draws, from the bytes of WinAnsi. */
function textOf(content: string): string {
  const winAnsi = new TextDecoder('windows-1252')
  return [...content.matchAll(/\[([^\]]*)\] TJ/g)]
    .map(([, array = '']) => [...array.matchAll(/<([0-9a-f]*)>/g)].map(([, hex = '']) => hex).join(''))
    .map((hex) => winAnsi.decode(Buffer.from(hex, 'hex')))
    .join('\n')
}

/** Every control with its numbers, over pages that are numbered. */
export const validatePdf: Validate = (output, { report }) => {
  const { pages, outline, text } = readPdf(output)
  expect(outline.filter((title) => title !== 'Kubescape report').slice(0, 1)).toEqual(['Summary'])
  expect(outline).toContain('Controls')
  expect(pages).toBeGreaterThan(0)
  for (let page = 1; page <= pages; page++) expect(text).toContain(`Page${page}of${pages}`)
  for (const { control, severity, counters, status, complianceScore } of report.controls) {
    const { passed, failed, skipped, excluded } = counters
    const numbers = `${failed}${excluded}${passed + failed + skipped + excluded}`
    const score = status === 'skipped' ? 'Actionrequired' : `${displayScore(complianceScore)}%`
    expect(text).toContain(squeezed(`${control.id}${control.name}${severity}${numbers}${score}`))
  }
  for (const { name } of report.frameworks) expect(text).toContain(squeezed(name))
}

/** Words as the pages have them, without spaces. */
function squeezed(words: string): string {
  return new PageText().of(words).replaceAll(/\s/g, '')
}
