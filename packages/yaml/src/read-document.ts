/** One document of a file to its value. */

import { findComments } from './comments.ts'
import type { Comment } from './comments.ts'
import { compose } from './compose.ts'
import type { Complaint } from './compose.ts'
import { withDefaults } from './limits.ts'
import type { Limits } from './limits.ts'
import { locateIn } from './locate.ts'
import type { Location } from './locate.ts'
import { lineStarts, positionAt } from './positions.ts'
import { Refusal } from './problem.ts'
import type { Problem } from './problem.ts'
import { readEvents } from './read-events.ts'
import type { DocumentEvents } from './read-events.ts'
import type { DocumentSlice } from './split-documents.ts'
import type { Value } from './value.ts'

/** A document's value and what is wrong with it. */
export interface ReadResult {
  /** Undefined when the document could not be read; null when it is empty. */
  value: Value | undefined
  /** At least one when there is no value; some, such as a duplicate key, leave the value readable. */
  problems: Problem[]
}

/** A document that has been read once and can be asked where its fields stand. */
export interface OpenDocument extends ReadResult {
  /** As `locate`, without reading the text again. */
  locate(paths: readonly string[]): Location[]
  /** Its comments that begin with the word, and what they are about. */
  comments(word: string): Comment[]
}

/**
 * Reads the value of one document the way Kubernetes does: YAML as goyaml v2 understands it, converted to JSON by the
 * rules of sigs.k8s.io/yaml. Values behind aliases are shared, so treat the result as read-only. Never throws; problems
 * carry line and column in the file.
 */
export function readDocument(text: string, slice: DocumentSlice, limits?: Partial<Limits>): ReadResult {
  const { value, problems } = openDocument(text, slice, limits)
  return { value, problems }
}

/** Reads a document and keeps what is needed to tell positions: about ten times the memory of its text. */
export function openDocument(text: string, slice: DocumentSlice, limits?: Partial<Limits>): OpenDocument {
  const bounds = withDefaults(limits)
  let document: DocumentEvents | undefined
  let value: Value | undefined
  let complaints: readonly Complaint[]
  try {
    document = readEvents(text, slice.start, slice.end, bounds)
    ;({ value, complaints } = compose(document.events, document.input, bounds))
  } catch (error) {
    complaints = [asComplaint(error)]
  }
  let starts: number[] | undefined
  const locate = (paths: readonly string[]): Location[] => {
    if (paths.length === 0) return []
    // The items of a list ask one by one, and a list may be long.
    starts ??= lineStarts(text, slice.start, slice.end)
    return locateIn(document, text, slice, paths, bounds, starts)
  }
  return {
    value,
    problems: complaints.length === 0 ? [] : placed(text, slice, complaints, document?.base ?? 0),
    locate,
    comments: (word) =>
      document === undefined || value === undefined
        ? []
        : findComments(text, slice, word, { events: document, value, locate }),
  }
}

function asComplaint(error: unknown): Complaint {
  if (error instanceof Refusal) {
    return { code: error.code, message: error.message, hint: error.hint ?? '', offset: error.offset }
  }
  const isDepth = error instanceof RangeError
  return {
    code: isDepth ? 'yaml/too-deep' : 'yaml/syntax',
    message: isDepth ? 'The document nests too deeply.' : 'The text could not be read as YAML.',
    hint: '',
    offset: 0,
  }
}

function placed(text: string, slice: DocumentSlice, complaints: readonly Complaint[], base: number): Problem[] {
  const starts = lineStarts(text, slice.start, slice.end)
  return complaints.map(({ code, message, hint, offset }) => {
    const at = Math.min(Math.max(offset + base, slice.start), slice.end)
    const position = positionAt(text, at, starts, slice.line)
    return hint === '' ? { code, message, ...position } : { code, message, hint, ...position }
  })
}
