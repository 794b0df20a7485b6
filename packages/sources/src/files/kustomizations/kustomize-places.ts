/** Where the fields of a built object were written: in the file of a base, a patch, or a kustomization. */
import type { BuiltObject, Change } from '@kubescape/kustomize'
import { asList, asMap, asText, type SourcePlace, type Value } from '@kubescape/resources'
import { openDocument, parsePath, splitDocuments, type DocumentSlice, type Location } from '@kubescape/yaml'

import { namedPath, numberedPath, pathIn, stepsIn } from './field-steps.ts'

/** What is kept of an object. */
export type KeptObject = Omit<BuiltObject, 'node'>

/** Files of the build. */
export interface BuildTexts {
  /** The text of a file; undefined when it is gone. */
  read(file: string): string | undefined
  /** Its name as people should see it. */
  display(file: string): string
}

/** The place of a field, or of its nearest ancestor that is there. `value` is the object, `path` the whole path. */
export function placeOf(
  built: KeptObject,
  texts: BuildTexts,
  value: Value,
  location: Location,
  path: string,
): SourcePlace {
  const there = location.exists ? path : pathText(parsePath(path).slice(0, location.depth))
  const steps = stepsIn(value, there)
  const [named, numbered] = [namedPath(steps), numberedPath(steps)]
  const change = location.exists ? built.changes.findLast((each) => sets(each, named, numbered)) : undefined
  const found =
    change === undefined
      ? inBase(built, texts, value, there)
      : (inPatch(change, texts, value, there, numbered) ?? {
          file: change.file,
          ...wholeLine(texts, change.file, change.line),
        })
  return { ...found, file: texts.display(found.file), values: [], calls: [] }
}

type Found = Omit<SourcePlace, 'values' | 'calls'>

function sets({ by, paths }: Change, named: string, numbered: string): boolean {
  if (by === 'images') return named.endsWith('.image')
  return paths.some((path) => [named, numbered].some((own) => own !== '' && (own === path || isBelow(own, path))))
}

/** True for a field in what was set as a whole. */
function isBelow(path: string, parent: string): boolean {
  return parent !== '' && (path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`))
}

function inBase({ source }: KeptObject, texts: BuildTexts, value: Value, path: string): Found {
  const { file, start, end, line, generator } = source
  const text = generator === undefined ? texts.read(file) : undefined
  const location = text === undefined ? undefined : locate(text, { start, end, line }, value, path)
  return { file, ...(location === undefined ? wholeLine(texts, file, line) : placed(location)) }
}

/** The field in the document of a patch that holds it, or the operation that is about it. */
function inPatch(change: Change, texts: BuildTexts, value: Value, path: string, numbered: string): Found | undefined {
  const text = change.by === 'patch' ? texts.read(change.file) : undefined
  if (text === undefined || change.line > 1) return undefined
  for (const slice of splitDocuments(text)) {
    const document = openDocument(text, slice)
    const operation = operationOn(document.value, numbered)
    const own = operation < 0 ? pathIn(document.value, stepsIn(value, path)) : `[${operation}]`
    const [location] = document.locate([own])
    if (location?.exists === true) return { file: change.file, ...placed(location) }
  }
  return undefined
}

/** The number of the last operation of a JSON patch on a field or what it is in; -1 for none. */
function operationOn(patch: Value | undefined, path: string): number {
  return asList(patch).findLastIndex((operation) => {
    const pointer = asText(asMap(operation)?.['path']) ?? ''
    const parts = pointer.split('/').slice(1)
    const own = namedPath(parts.map((part) => (/^\d+$/.test(part) ? Number(part) : unescaped(part))))
    return own !== '' && (own === path || isBelow(path, own))
  })
}

/** A part of a JSON pointer (RFC 6901, section 4). */
function unescaped(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~')
}

function locate(text: string, slice: DocumentSlice, value: Value, path: string): Location | undefined {
  const document = openDocument(text, slice)
  return document.locate([pathIn(document.value, stepsIn(value, path))])[0]
}

function placed({ line, column, endLine, endColumn, exists }: Location): Omit<Found, 'file'> {
  return exists ? { line, column, endLine, endColumn } : { line, column, endLine: line, endColumn: column }
}

/** A line from its first to its last word. */
function wholeLine(texts: BuildTexts, file: string, line: number): Omit<Found, 'file'> {
  const own = Math.max(1, line)
  const text = texts.read(file)?.split(/\r?\n/)[own - 1] ?? ''
  const column = text.length - text.trimStart().length + 1
  return { line: own, column, endLine: own, endColumn: Math.max(column, text.trimEnd().length + 1) }
}

function pathText(steps: readonly (string | number)[]): string {
  return pathIn(undefined, steps)
}
