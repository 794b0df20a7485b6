/** What renders objects of several files: a chart or a kustomization. Rendered again when a report asks for places. */
import type { Origin, RenderedFrom, Resource, SourcePlace, SourceSpan } from '@kubescape/resources'
import type { Location, Problem } from '@kubescape/yaml'

import type { Reading } from './read-objects.ts'

/** A chart or a kustomization that is read. */
export interface Renderer {
  /** Its objects. What cannot be rendered is told, and counted as unread. */
  resources(reading: Reading, report: (problem: Problem) => void): Iterable<Resource> | AsyncIterable<Resource>
  /** The text that an object was read from; undefined when it cannot be rendered any more. */
  text(origin: Origin): string | undefined
  /** As `Originals` of the formats. */
  place(origin: Origin, location: Location, path: string): SourcePlace | undefined
  /** The values that have part in an object. */
  valuePaths(origin: Origin): readonly string[]
  spans(origin: Origin, start: number, end: number): readonly SourceSpan[]
  sourceText(file: string): string | undefined
  /** The document of a file that has the object's fields as they are, for edits; undefined where there is none. */
  unchanged(origin: Origin): { file: string; start: number; end: number; line: number } | undefined
}

/** The place of an object in what was rendered; its line in the source is looked up when somebody asks. */
export class RenderedOrigin implements Origin {
  readonly file: string
  readonly relativePath: string
  readonly fileType: Origin['fileType']
  readonly start: number
  readonly end: number
  readonly itemPath: string
  readonly ordinal: number
  readonly rendered: RenderedFrom
  readonly #lineOf: (origin: Origin) => number
  #line: number | undefined

  constructor(fields: Omit<Origin, 'line'> & { readonly rendered: RenderedFrom }, lineOf: (origin: Origin) => number) {
    this.file = fields.file
    this.relativePath = fields.relativePath
    this.fileType = fields.fileType
    this.start = fields.start
    this.end = fields.end
    this.itemPath = fields.itemPath
    this.ordinal = fields.ordinal
    this.rendered = fields.rendered
    this.#lineOf = lineOf
  }

  get line(): number {
    return (this.#line ??= this.#lineOf(this))
  }
}

/** A name for the text that an object was read from. */
export function textKey({ file, ordinal, rendered }: Origin): string {
  if (rendered === undefined) return file
  // Of a kustomization every object has a text of its own.
  const part = rendered.kind === 'chart' ? rendered.template : ordinal
  return `${rendered.path}\n${rendered.valueSet}\n${part}`
}
