/** Manifests in files: read, split, looked at, parsed where needed, and read again when a report asks. */
import { closeSync, fstatSync, openSync, readFileSync, readSync, realpathSync } from 'node:fs'

import type { Origin, Resource } from '@kubescape/resources'
import {
  decodeText,
  openDocument,
  splitDocuments,
  type DocumentSlice,
  type OpenDocument,
  type Problem,
} from '@kubescape/yaml'

import { discoverFiles, unreadable, type CalledFolder, type FoundFile } from './discover.ts'
import { CommentSearch, commentsOf } from './comments.ts'
import { expandDocument } from './expand.ts'
import { OpenDocuments } from './open-documents.ts'

const MIB = 1024 * 1024

/** Files over this size are not read. */
export const DEFAULT_MAX_FILE_BYTES = 32 * MIB

/** What to read, and within which limits. */
export interface FileSourceOptions {
  /** Paths, globs and directories; `-` is standard input. */
  readonly paths: readonly string[]
  readonly excludePaths?: readonly string[]
  readonly useIgnoreFile?: boolean
  readonly called?: readonly CalledFolder[]
  /** Full paths, without links on the way, of the files that are read; of the others only the number is told. */
  readonly only?: ReadonlySet<string>
  readonly maxFileBytes?: number
  /** Parse every document, needed or not. */
  readonly readEverything?: boolean
  /** Comments that begin with this word are given with the resources that they are about. */
  readonly commentWord?: string
  /** Called after each file with the number of files read and of all files; the next one waits for what it returns. */
  readonly onProgress?: (done: number, all: number) => void | Promise<void>
}

/** What could be read. */
export interface FileCoverage {
  readonly documents: {
    files: number
    unreadableFiles: number
    read: number
    unread: number
    notNeeded: number
    ignored: number
    unchangedFiles?: number
  }
  readonly problems: Problem[]
}

/** Resources of files. */
export class FileSource {
  readonly #options: FileSourceOptions
  readonly #coverage: FileCoverage = {
    documents: { files: 0, unreadableFiles: 0, read: 0, unread: 0, notNeeded: 0, ignored: 0 },
    problems: [],
  }
  readonly #paths = new Map<string, string>()
  readonly #opened = new OpenDocuments()
  #stdin: string | undefined
  #last: { file: string; text: string } | undefined
  #namedProblems = 0
  #directories = 0

  constructor(options: FileSourceOptions) {
    this.#options = options
  }

  /** The objects of all files, file by file. Documents of kinds that `needs` refuses are left unread where that is certain. */
  async *resources(needs: { kind(kind: string): boolean }): AsyncGenerator<Resource> {
    const { paths, excludePaths = [], useIgnoreFile = true, called = [], only, onProgress } = this.#options
    const found = discoverFiles(
      paths.filter((path) => path !== '-'),
      { excludePaths, useIgnoreFile, called },
    )
    this.#coverage.problems.push(...found.problems)
    this.#namedProblems += found.missing
    this.#directories = found.directories
    const files = only === undefined ? [...found.files] : found.files.filter(({ path }) => only.has(realpathSync(path)))
    if (only !== undefined) this.#coverage.documents.unchangedFiles = found.files.length - files.length
    if (paths.includes('-')) files.unshift({ path: '-', display: '-', relative: 'stdin', named: true })
    let done = 0
    for (const file of files) {
      yield* this.#read(file, (kind) => needs.kind(kind))
      await onProgress?.(++done, files.length)
    }
  }

  /** What could be read so far. */
  coverage(): FileCoverage {
    return this.#coverage
  }

  /** Number of arguments and named files with something that could not be read. */
  get namedProblems(): number {
    return this.#namedProblems
  }

  /** Number of directories that were looked through. */
  get directories(): number {
    return this.#directories
  }

  /** The decoded text of the file that an object came from, read again; undefined when it is gone. */
  text(origin: Origin): string | undefined {
    if (this.#last?.file === origin.file) return this.#last.text
    const path = this.#paths.get(origin.file)
    const text = path === '-' ? this.#stdin : path === undefined ? undefined : this.#reread(path)
    if (text !== undefined) this.#last = { file: origin.file, text }
    return text
  }

  /** The document that an object is in, read again unless it is still at hand; undefined when its file is gone. */
  document(origin: Origin): OpenDocument | undefined {
    const known = this.#opened.find(origin.file, origin)
    if (known !== undefined) return known
    const text = this.text(origin)
    if (text === undefined) return undefined
    const document = openDocument(text, origin)
    this.#opened.last(origin.file, origin, document)
    return document
  }

  #reread(path: string): string | undefined {
    try {
      const decoded = decodeText(readFileSync(path))
      return 'text' in decoded ? decoded.text : undefined
    } catch {
      return undefined
    }
  }

  *#read(file: FoundFile, needs: (kind: string) => boolean): Generator<Resource> {
    const { documents } = this.#coverage
    documents.files++
    const text = this.#textOf(file)
    if (text === undefined) {
      documents.unreadableFiles++
      return
    }
    this.#paths.set(file.display, file.path)
    if (file.path === '-') this.#stdin = text
    const fileType = /^\s*[{[]/.test(text) && !/\.ya?ml$/i.test(file.path) ? 'JSON' : 'YAML'
    const templates = new PodTemplateSearch(text)
    const comments = new CommentSearch(text, this.#options.commentWord)
    let ordinal = 0
    for (const slice of splitDocuments(text)) {
      if (!this.#options.readEverything && isSkippable(slice, needs, templates)) {
        documents.notNeeded++
        ordinal++
        continue
      }
      const document = openDocument(text, slice)
      const { value, problems } = document
      for (const problem of problems) this.#report({ ...problem, file: file.display }, file)
      if (value === undefined) {
        documents.unread++
        continue
      }
      const { objects, invalid, tooDeep } = expandDocument(value)
      for (const path of invalid) this.#report(noKind(file, document, path), file)
      for (const path of tooDeep) this.#report(listTooDeep(file, slice, path), file)
      documents.unread += invalid.length + tooDeep.length
      if (objects.length + invalid.length + tooDeep.length === 0) documents.ignored++
      if (objects.some(({ identity }) => needs(identity.kind))) this.#opened.keep(file.display, slice, document)
      const commented = comments.within(slice, document)
      for (const { identity, object, path } of objects) {
        const own = commented.length === 0 ? [] : commentsOf(path, commented)
        documents.read++
        const origin: Origin = {
          file: file.display,
          relativePath: file.relative,
          fileType,
          start: slice.start,
          end: slice.end,
          line: slice.line,
          itemPath: path,
          ordinal: ordinal++,
        }
        yield own.length === 0 ? { identity, object, origin } : { identity, object, origin, comments: own }
      }
    }
  }

  #textOf(file: FoundFile): string | undefined {
    const limit = this.#options.maxFileBytes ?? DEFAULT_MAX_FILE_BYTES
    let bytes: Uint8Array
    try {
      const read = file.path === '-' ? readAll(0, limit) : readWithin(file.path, limit)
      if (read === undefined) {
        this.#report(tooLarge(file, limit), file)
        return undefined
      }
      bytes = read
    } catch (error) {
      this.#report(unreadable(file.display, error), file)
      return undefined
    }
    const decoded = decodeText(bytes)
    if ('text' in decoded) return decoded.text
    this.#report({ ...decoded.problem, file: file.display }, file)
    return undefined
  }

  #report(problem: Problem, file: FoundFile): void {
    if (file.named) this.#namedProblems++
    this.#coverage.problems.push(problem)
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

/** Files are decoded before the next one is read, so one buffer serves all of them. */
let shared = Buffer.allocUnsafeSlow(256 * 1024)

/** The bytes of a file, good until the next call; undefined when there are more than `limit`. */
function readWithin(path: string, limit: number): Uint8Array | undefined {
  const file = openSync(path, 'r')
  try {
    const stats = fstatSync(file)
    if (stats.size > limit) return undefined
    // Pipes, devices and files of the kernel do not know their size; other kinds of files fail to be read with a clear error.
    if (stats.size === 0 || !stats.isFile()) return readAll(file, limit)
    if (stats.size > shared.length) shared = Buffer.allocUnsafeSlow(stats.size)
    let length = 0
    while (length < stats.size) {
      const read = readSync(file, shared, length, stats.size - length, null)
      if (read === 0) break
      length += read
    }
    return shared.subarray(0, length)
  } finally {
    closeSync(file)
  }
}

/** The bytes of a stream; undefined when there are more than `limit`. */
function readAll(file: number, limit: number): Uint8Array | undefined {
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const chunk = new Uint8Array(65536)
    const read = readChunk(file, chunk)
    if (read === 0) break
    size += read
    if (size > limit) return undefined
    chunks.push(chunk.subarray(0, read))
  }
  return Buffer.concat(chunks)
}

/** Reads what is there; a terminal or pipe that has nothing yet is asked again. */
function readChunk(file: number, chunk: Uint8Array): number {
  for (;;) {
    try {
      return readSync(file, chunk)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EOF') return 0
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}

function tooLarge(file: FoundFile, limit: number): Problem {
  const limited = limit % MIB === 0 ? `${limit / MIB} MiB` : `${limit} bytes`
  return {
    code: 'sources/too-large',
    message: `is larger than ${limited} and was not read`,
    hint: 'Split it, or raise KUBESCAPE_MAX_FILE_SIZE (bytes).',
    file: file.display,
  }
}

function listTooDeep(file: FoundFile, slice: DocumentSlice, path: string): Problem {
  return {
    code: 'sources/too-deep',
    message: `${path} lies in too many lists, one in another, and was not read`,
    hint: 'Write its objects as documents of their own.',
    file: file.display,
    line: slice.line,
    column: 1,
  }
}

function noKind(file: FoundFile, document: OpenDocument, path: string): Problem {
  const [place] = document.locate([path === '' ? 'apiVersion' : `${path}.apiVersion`])
  return {
    code: 'sources/no-kind',
    message: `${path === '' ? 'the document' : `the entry ${path}`} has an apiVersion but no kind`,
    hint: 'Add the kind, or leave the file out with --exclude-path. It was not judged.',
    file: file.display,
    ...(place === undefined ? {} : { line: place.line, column: place.column }),
  }
}
