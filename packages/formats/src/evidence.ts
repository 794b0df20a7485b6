/** Where findings are in the source: positions, present values and objects, read again from the origin and redacted. */
import {
  presentValue,
  redactObject,
  stablePath,
  type ChartValue,
  type FileLine,
  type Finding,
  type Origin,
  type Ref,
  type Report,
  type Scalar,
  type SourcePlace,
  type SourceSpan,
  type Subject,
  type Value,
  type ValueMap,
  type Verdict,
} from '@kubescape/results'
import { openDocument, valueAt, type Location, type OpenDocument } from '@kubescape/yaml'

import { editKey, FixEditor, isForPeople, type Fix, type PlacedEdit } from './fix-editor.ts'
import { joinPath, linesOfDocument, linesOfSource, type SourceExcerpt } from './masked-lines.ts'

/** Gives back what objects were read from. */
export interface Originals {
  /** The text of an object's file, or what was rendered; undefined when it is gone. */
  text(origin: Origin): string | undefined
  /** The document that an object is in; undefined when it is gone. */
  document(origin: Origin): OpenDocument | undefined
  /**
   * Where a field of a rendered object was written: `location` is its own or that of its nearest ancestor in the rendered text,
   * `path` leads to it in the document. Undefined where that is not known.
   */
  place?(origin: Origin, location: Location, path: string): SourcePlace | undefined
  /** The values of a chart that have part in an object, as templates name them. */
  valuePaths?(origin: Origin): readonly string[]
  /** What wrote the characters from `start` to `end` of the rendered text. */
  spans?(origin: Origin, start: number, end: number): readonly SourceSpan[]
  /** The document of a file that has the fields of a rendered object as they are; undefined where nothing may be edited. */
  unchanged?(origin: Origin): UnchangedDocument | undefined
  /** The text of a file that a rendered object was made from, as places and spans name it. */
  sourceText?(origin: Origin, file: string): string | undefined
}

/** A document of a file. */
interface UnchangedDocument {
  /** As people should see it. */
  readonly file: string
  /** Offsets in the text of the file, and the line of the first. */
  readonly start: number
  readonly end: number
  readonly line: number
}

/** A finding with its place in the source. */
export interface LocatedFinding {
  readonly finding: Finding
  /** The file that holds the field; empty when the object came from no file. */
  readonly file: string
  /** 1-based; 0 when the object came from no file or the file is gone. */
  readonly line: number
  readonly column: number
  readonly endLine: number
  /** Exclusive. */
  readonly endColumn: number
  /** False when the field is missing and the position is that of its nearest ancestor. */
  readonly exact: boolean
  /** The value that is there, masked where it must be; undefined when there is none, or a collection. */
  readonly present: Scalar | undefined
  /** The object that the path is in: the failing one, or a related one. */
  readonly ref: Ref
  readonly path: string
  /** The path of the finding with list entries by their names, where that was wished for and the object could be read. */
  readonly stablePath: string
  /** The values of a chart that have part in the field, those to change first. */
  readonly values: readonly ChartValue[]
  /** What the template called that wrote the field: the innermost last. */
  readonly calls: readonly FileLine[]
}

interface Place {
  readonly location: Location
  /** Of what was rendered. */
  readonly source: SourcePlace | undefined
  readonly stablePath: string
  readonly present: Scalar | undefined
  readonly edits: ReadonlyMap<string, PlacedEdit> | undefined
}

/** What a format may want beside the places of findings. It costs time, so it is asked for. */
export interface EvidenceWishes {
  /** Places of objects that fail without a finding, and of what other objects have part in a failure. */
  readonly wholeObjects?: boolean
  /** Paths that outlast the reordering of lists. */
  readonly stablePaths?: boolean
  /** What the fixes of findings would change in their files. */
  readonly edits?: boolean
}

interface Opened {
  readonly object: ValueMap
  readonly places: ReadonlyMap<string, Place>
}

/** Reads sources again on demand and remembers the places of findings. */
export class Evidence {
  readonly #report: Report
  readonly #originals: Originals
  readonly #showSecrets: boolean
  readonly #paths = new Map<Ref, Map<string, Fix[]>>()
  readonly #places = new Map<Ref, ReadonlyMap<string, Place>>()
  #masked: { ref: Ref; file: string; excerpt: SourceExcerpt } | undefined
  #wishes: EvidenceWishes = {}

  /** `showSecrets`: places and excerpts hide nothing; objects do. */
  constructor(report: Report, originals: Originals, showSecrets = false) {
    this.#report = report
    this.#originals = originals
    this.#showSecrets = showSecrets
  }

  /** Every judged object of the report with its redacted content, file by file; remembers the places of its findings on the way. */
  *objects(): Generator<{ subject: Subject; ref: Ref; object: ValueMap | undefined }> {
    this.#collectPaths()
    for (const [ref, subject] of this.#report.subjects.entries()) {
      if (subject.related === undefined && !subject.judged) continue
      const opened = this.#open(ref)
      yield { subject, ref, object: opened === undefined ? undefined : redactObject(opened.object) }
    }
  }

  /** Reads every document with findings, file by file, and remembers what is wished for beside what was before. */
  prepare(wishes: EvidenceWishes): void {
    this.#wishes = { ...this.#wishes, ...wishes }
    this.#paths.clear()
    this.#places.clear()
    this.#collectPaths()
    for (const [ref] of this.#report.subjects.entries()) if (this.#paths.has(ref)) this.#open(ref)
  }

  /** What the fix of a finding would change; undefined where that is not certain, or for a person to choose. Wish for `edits` before. */
  edit(ref: Ref, { path: failing, fix }: Finding): PlacedEdit | undefined {
    if (fix === undefined || fix.path !== failing) return undefined
    const { ref: owner, path } = this.#ownerOf(ref, failing)
    return this.#places.get(owner)?.get(path)?.edits?.get(editKey(fix))
  }

  /** A finding of a subject with its place. */
  place(ref: Ref, finding: Finding): LocatedFinding {
    this.#collectPaths()
    const { ref: owner, path } = this.#ownerOf(ref, finding.path)
    if (!this.#places.has(owner)) this.#open(owner)
    const place = this.#places.get(owner)?.get(path)
    const origin = this.#report.subjects[owner]?.origin
    const where = place?.source ?? (origin?.rendered === undefined ? place?.location : undefined)
    return {
      finding,
      file: place?.source?.file ?? origin?.file ?? '',
      line: where?.line ?? 0,
      column: where?.column ?? 0,
      endLine: where?.endLine ?? 0,
      endColumn: where?.endColumn ?? 0,
      exact: place?.location.exists ?? false,
      present: origin === undefined ? this.#report.present(owner, path) : place?.present,
      ref: owner,
      path,
      stablePath:
        place === undefined ? finding.path : finding.path.slice(0, -path.length || undefined) + place.stablePath,
      values: place?.source?.values ?? NONE,
      calls: place?.source?.calls ?? NONE,
    }
  }

  /** The values of a chart that have part in an object, as templates name them, sorted; none for what no chart made. */
  valuePaths(ref: Ref): string[] {
    const origin = this.#report.subjects[ref]?.origin
    const paths = origin === undefined ? NONE : (this.#originals.valuePaths?.(origin) ?? NONE)
    return [...new Set(paths)].toSorted()
  }

  /**
   * The lines that a subject comes from, redacted: those of its document or, of what was rendered, of one of its files. Empty when
   * there is no source.
   */
  excerpt(ref: Ref, file: string): SourceExcerpt {
    const origin = this.#report.subjects[ref]?.origin
    if (origin === undefined) return { first: 1, lines: [] }
    if (this.#masked?.ref !== ref || this.#masked.file !== file) {
      const excerpt =
        origin.rendered === undefined
          ? linesOfDocument(this.#originals, origin, this.#showSecrets)
          : linesOfSource(this.#originals, origin, file, this.#showSecrets)
      this.#masked = { ref, file, excerpt }
    }
    return this.#masked.excerpt
  }

  /** Every path with a finding, by the object that it is in, so that each document is read once. */
  #collectPaths(): void {
    if (this.#paths.size > 0) return
    for (const control of this.#report.controls) {
      const { failed, skipped, excluded } = control.counters
      if (failed + skipped + excluded === 0) continue
      for (const verdict of this.#report.byControl(control)) {
        if (verdict.status === 'passed') continue
        this.#collectVerdict(verdict)
      }
    }
  }

  #collectVerdict({ ref, rules }: Verdict): void {
    // What fails without a finding is where the object is.
    const { wholeObjects = false } = this.#wishes
    if (wholeObjects && rules.every(({ findings }) => findings.length === 0)) this.#want(ref, WHOLE)
    for (const { findings, excepted, related } of rules) {
      for (const finding of findings) this.#want(ref, finding)
      for (const finding of excepted) this.#want(ref, finding)
      if (!wholeObjects) continue
      for (const other of related) {
        const places = other.findings.length === 0 ? [WHOLE] : other.findings
        for (const finding of places) this.#want(other.ref, finding)
      }
    }
  }

  #want(ref: Ref, { path, fix }: Finding): void {
    const { ref: owner, path: below } = this.#ownerOf(ref, path)
    let paths = this.#paths.get(owner)
    if (paths === undefined) this.#paths.set(owner, (paths = new Map<string, Fix[]>()))
    let fixes = paths.get(below)
    if (fixes === undefined) paths.set(below, (fixes = []))
    if (this.#wishes.edits === true && fix !== undefined && fix.path === path && !isForPeople(fix)) fixes.push(fix)
  }

  /** `relatedObjects[1].rules[0]` of a vector is `rules[0]` of its second object. */
  #ownerOf(ref: Ref, path: string): { ref: Ref; path: string } {
    const related = this.#report.subjects[ref]?.related
    if (related === undefined) return { ref, path }
    const match = /^relatedObjects\[(\d+)\]\.?/.exec(path)
    return { ref: related[Number(match?.[1] ?? 0)] ?? ref, path: match === null ? '' : path.slice(match[0].length) }
  }

  /** Documents with duplicate keys and the like are not edited, nor is what was rendered, unless its source says the same. */
  #editable(origin: Origin, document: OpenDocument, ref: Ref): Editable | undefined {
    if (document.problems.length > 0) return undefined
    if (origin.rendered === undefined) {
      const text = this.#originals.text(origin)
      if (text === undefined) return undefined
      return { editor: new FixEditor(text, origin, ref, origin.file), base: undefined }
    }
    const unchanged = this.#originals.unchanged?.(origin)
    const text = unchanged && this.#originals.sourceText?.(origin, unchanged.file)
    if (unchanged === undefined || text === undefined) return undefined
    const base = openDocument(text, unchanged)
    if (base.problems.length > 0) return undefined
    return { editor: new FixEditor(text, { ...unchanged, itemPath: '' }, ref, unchanged.file), base }
  }

  #open(ref: Ref): Opened | undefined {
    const origin = this.#report.subjects[ref]?.origin
    const document = origin === undefined ? undefined : this.#originals.document(origin)
    if (origin === undefined || document?.value === undefined) return undefined
    const object = objectAt(document.value, origin)
    if (object === undefined) return undefined
    const wanted = this.#paths.get(ref)
    const paths = [...(wanted?.keys() ?? [])]
    const places = new Map<string, Place>()
    if (paths.length > 0 && !this.#places.has(ref)) {
      const prefix = origin.itemPath
      const locations = document.locate(paths.map((path) => joinPath(prefix, path)))
      const editable = this.#wishes.edits === true ? this.#editable(origin, document, ref) : undefined
      const placesToEdit = editable?.base?.locate(paths) ?? locations
      paths.forEach((path, at) => {
        const location = locations[at]
        if (location !== undefined) {
          const placeToEdit = placesToEdit[at]
          const fixes = wanted?.get(path) ?? []
          const edits = placeToEdit && editable?.editor.edits(placeToEdit, path, fixes)
          places.set(path, {
            location,
            source: origin.rendered && this.#originals.place?.(origin, location, joinPath(prefix, path)),
            stablePath: this.#wishes.stablePaths === true ? stablePath(path, object) : path,
            present: this.#showSecrets ? scalarAt(object, path) : presentValue(object, path),
            edits,
          })
        }
      })
      this.#places.set(ref, places)
    }
    return { object, places }
  }
}

/** A document that may be edited. */
interface Editable {
  readonly editor: FixEditor
  /** Where it is another one than that of the object: the document that knows the places of its fields. */
  readonly base: OpenDocument | undefined
}

function scalarAt(object: ValueMap, path: string): Scalar | undefined {
  const value = valueAt(object, path)
  return typeof value === 'object' && value !== null ? undefined : value
}

/** The object itself, as a finding. */
const WHOLE: Finding = { role: 'failed', path: '' }
const NONE: readonly never[] = []

function objectAt(value: Value, origin: Origin): ValueMap | undefined {
  const object = origin.itemPath === '' ? value : valueAt(value, origin.itemPath)
  return typeof object === 'object' && object !== null && !Array.isArray(object) ? object : undefined
}
