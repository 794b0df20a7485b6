/** From a text to the objects in it: split, looked at, parsed where needed. */
import type { Origin, Resource } from '@kubescape/resources'
import { openDocument, splitDocuments, type DocumentSlice, type OpenDocument, type Problem } from '@kubescape/yaml'

import { CommentSearch, commentsOf } from './comments.ts'
import { expandDocument } from './expand.ts'
import type { OpenDocuments } from './open-documents.ts'

/** What became of files and documents. */
export interface DocumentCounts {
  files: number
  unreadableFiles: number
  read: number
  unread: number
  notNeeded: number
  ignored: number
  /** Files that were left out because they have not changed; there only when that was asked for. */
  unchangedFiles?: number
}

/** How texts are read. */
export interface Reading {
  /** True for kinds that are looked at. */
  readonly needs: (kind: string) => boolean
  /** Parse every document, needed or not. */
  readonly readEverything: boolean
  /** Comments that begin with this word are given with the resources that they are about. */
  readonly commentWord: string | undefined
  readonly documents: DocumentCounts
  readonly opened: OpenDocuments
}

/** A text, and what is told of its documents. */
export interface SourceText {
  readonly text: string
  /** A name for the text, by which its documents are kept. */
  readonly key: string
  /** Where an object is. */
  origin(slice: DocumentSlice, itemPath: string, ordinal: number): Origin
  /** Told of what is wrong, with lines and columns in the text. */
  report(problem: Problem): void
  /** True for a document that cannot be read and is none: it is passed over. */
  isNoDocument?(slice: DocumentSlice): boolean
  /** False for an object that is read elsewhere. */
  isWanted?(resource: Resource): boolean
}

/** The objects of a text. Documents of kinds that nobody needs are left unread where that is certain. */
export function* readObjects(source: SourceText, reading: Reading): Generator<Resource> {
  const { text } = source
  const { needs, documents, opened } = reading
  const templates = new PodTemplateSearch(text)
  const comments = new CommentSearch(text, reading.commentWord)
  let ordinal = 0
  for (const slice of splitDocuments(text)) {
    if (!reading.readEverything && isSkippable(slice, needs, templates)) {
      documents.notNeeded++
      ordinal++
      continue
    }
    const document = openDocument(text, slice)
    const { value, problems } = document
    if (value === undefined && source.isNoDocument?.(slice) === true) {
      documents.ignored++
      continue
    }
    for (const problem of problems) source.report(problem)
    if (value === undefined) {
      documents.unread++
      continue
    }
    const { objects, invalid, tooDeep } = expandDocument(value)
    for (const path of invalid) source.report(noKind(document, path))
    for (const path of tooDeep) source.report(listTooDeep(slice, path))
    documents.unread += invalid.length + tooDeep.length
    if (objects.length + invalid.length + tooDeep.length === 0) documents.ignored++
    if (objects.some(({ identity }) => needs(identity.kind))) opened.keep(source.key, slice, document)
    const commented = comments.within(slice, document)
    for (const { identity, object, path } of objects) {
      const own = commented.length === 0 ? [] : commentsOf(path, commented)
      const origin = source.origin(slice, path, ordinal++)
      const resource = own.length === 0 ? { identity, object, origin } : { identity, object, origin, comments: own }
      if (source.isWanted?.(resource) === false) continue
      documents.read++
      yield resource
    }
  }
}

/** Finds out whether a document mentions containers, with one search through the text for all documents. */
class PodTemplateSearch {
  readonly #text: string
  #next = -1

  constructor(text: string) {
    this.#text = text
  }

  /** Ask for slices in their order. */
  mentions({ start, end }: DocumentSlice): boolean {
    if (this.#next < start && this.#next !== Infinity) {
      const at = this.#text.indexOf('containers', start)
      this.#next = at < 0 ? Infinity : at
    }
    return this.#next < end
  }
}

/** True when the header says for certain that no control needs the document, and that no pod template hides in it. */
function isSkippable(
  { header, ...slice }: DocumentSlice,
  needs: (kind: string) => boolean,
  templates: PodTemplateSearch,
): boolean {
  if (header === undefined || needs(header.kind) || header.kind.endsWith('List')) return false
  return header.kind === 'CustomResourceDefinition' || !templates.mentions(slice)
}

function listTooDeep(slice: DocumentSlice, path: string): Problem {
  return {
    code: 'sources/too-deep',
    message: `${path} lies in too many lists, one in another, and was not read`,
    hint: 'Write its objects as documents of their own.',
    line: slice.line,
    column: 1,
  }
}

function noKind(document: OpenDocument, path: string): Problem {
  const [place] = document.locate([path === '' ? 'apiVersion' : `${path}.apiVersion`])
  return {
    code: 'sources/no-kind',
    message: `${path === '' ? 'the document' : `the entry ${path}`} has an apiVersion but no kind`,
    hint: 'Add the kind, or leave the file out with --exclude-path. It was not judged.',
    ...(place === undefined ? {} : { line: place.line, column: place.column }),
  }
}
