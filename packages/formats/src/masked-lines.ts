/** The lines of sources with everything hidden that must be. */
import {
  MASK,
  redactText,
  sensitiveValues,
  type Origin,
  type SensitiveValue,
  type Value,
  type ValueMap,
} from '@kubescape/results'
import { openDocument, splitDocuments, valueAt, type OpenDocument } from '@kubescape/yaml'

import type { Originals } from './evidence.ts'

/** Lines that follow each other in a file. */
export interface SourceExcerpt {
  /** The number of the first, from 1. */
  readonly first: number
  readonly lines: readonly string[]
}

const NOTHING: SourceExcerpt = { first: 1, lines: [] }
/** Texts in the actions of templates. */
const QUOTED = /"(?:[^"\\\n]|\\.)*"|`[^`]*`/g

/** The lines of the document that an object is in; with `showSecrets` nothing is hidden. */
export function linesOfDocument(originals: Originals, origin: Origin, showSecrets: boolean): SourceExcerpt {
  const text = originals.text(origin)
  const opened = originals.document(origin)
  if (text === undefined || opened === undefined) return NOTHING
  const document = text.slice(origin.start, origin.end)
  if (showSecrets) return { first: origin.line, lines: linesIn(document) }
  const { ranges, sensitive } = hiddenIn(opened)
  const moved = ranges.map(({ start, end }) => ({ start: start - origin.start, end: end - origin.start }))
  return { first: origin.line, lines: linesIn(redactText(without(document, moved), sensitive)) }
}

/** The lines of a file that a rendered object was made from: a template, or a file of a kustomization. */
export function linesOfSource(originals: Originals, origin: Origin, file: string, showSecrets: boolean): SourceExcerpt {
  const text = originals.sourceText?.(origin, file)
  const rendered = originals.text(origin)
  if (text === undefined || rendered === undefined) return NOTHING
  if (showSecrets) return { first: 1, lines: linesIn(text) }
  const ranges: Range[] = []
  const sensitive: SensitiveValue[] = []
  for (const slice of splitDocuments(rendered)) {
    const hidden = hiddenIn(openDocument(rendered, slice))
    sensitive.push(...hidden.sensitive)
    for (const { start, end } of hidden.ranges) {
      for (const span of originals.spans?.(origin, start, end) ?? []) {
        if (span.file !== file) continue
        if (span.isLiteral) ranges.push(span)
        // What an action made is not there to be seen, but a text that it was made from may be.
        else ranges.push(...quotedIn(text, span))
      }
    }
  }
  if (origin.rendered?.kind === 'kustomization') {
    for (const slice of splitDocuments(text)) {
      const document = openDocument(text, slice)
      const hidden = hiddenIn(document)
      ranges.push(...hidden.ranges, ...generatorValues(document))
      sensitive.push(...hidden.sensitive)
    }
  }
  return { first: 1, lines: linesIn(redactText(without(text, ranges), sensitive)) }
}

interface Range {
  readonly start: number
  readonly end: number
}

/** What must be hidden of all objects of a document: one may be shown because of another. */
function hiddenIn(document: OpenDocument): { ranges: readonly Range[]; sensitive: readonly SensitiveValue[] } {
  const objects = document.value === undefined ? [] : allObjects(document.value)
  const sensitive = objects.flatMap(({ object, path }) =>
    sensitiveValues(object).map((each) => ({ ...each, path: joinPath(path, each.path) })),
  )
  const located = document.locate(sensitive.map(({ path }) => path)).filter(({ exists }) => exists)
  return { ranges: located.map(({ valueStart, valueEnd }) => ({ start: valueStart, end: valueEnd })), sensitive }
}

/** What the generators of a kustomization make ConfigMaps and Secrets of, as far as it stands there. */
function generatorValues(document: OpenDocument): Range[] {
  const paths = ['secretGenerator', 'configMapGenerator'].flatMap((member) =>
    entriesAt(document.value, member).flatMap((_, at) => {
      const literals = `${member}[${at}].literals`
      return entriesAt(document.value, literals).map((_literal, index) => `${literals}[${index}]`)
    }),
  )
  return document.locate(paths).map(({ valueStart, valueEnd }) => ({ start: valueStart, end: valueEnd }))
}

function entriesAt(value: Value | undefined, path: string): readonly Value[] {
  const entries = valueAt(value, path)
  return Array.isArray(entries) ? entries : []
}

/** The text with masks for ranges; line breaks stay, so that lines keep their numbers. */
function without(text: string, ranges: readonly Range[]): string {
  let masked = text
  let before = Infinity
  for (const { start, end } of ranges.toSorted((a, b) => b.start - a.start || b.end - a.end)) {
    // Ranges may overlap: what lies behind the next one is hidden already.
    const to = Math.min(end, before)
    if (to <= start) continue
    masked = masked.slice(0, start) + MASK + masked.slice(start, to).replaceAll(/[^\n]/g, '') + masked.slice(to)
    before = start
  }
  return masked
}

function quotedIn(text: string, { start, end }: Range): Range[] {
  return Array.from(text.slice(start, end).matchAll(QUOTED), ({ index, 0: found }) => ({
    start: start + index + 1,
    end: start + index + found.length - 1,
  }))
}

function linesIn(text: string): string[] {
  return text.split(/\r?\n/)
}

/** The objects of a document: one, or the items of its lists, which must be hidden as well when one of them is shown. */
function allObjects(value: Value, path = '', depth = 0): { object: ValueMap; path: string }[] {
  if (depth > 8) return []
  if (Array.isArray(value)) return value.flatMap((item, at) => allObjects(item, `${path}[${at}]`, depth + 1))
  if (typeof value !== 'object' || value === null) return []
  const items = value['items']
  const below = Array.isArray(items) ? allObjects(items, joinPath(path, 'items'), depth + 1) : []
  return [{ object: value, path }, ...below]
}

/** A path below another one. */
export function joinPath(prefix: string, path: string): string {
  if (prefix === '' || path === '') return prefix || path
  return path.startsWith('[') ? `${prefix}${path}` : `${prefix}.${path}`
}
