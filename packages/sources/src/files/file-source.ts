/** Manifests in files: read, split, looked at, parsed where needed, and read again when a report asks. */
import { readFileSync } from 'node:fs'
import { sep } from 'node:path'

import { identityPath, type Origin, type Resource, type SourcePlace, type SourceSpan } from '@kubescape/resources'
import { decodeText, openDocument, type Location, type OpenDocument, type Problem } from '@kubescape/yaml'

import type { ChartSettings } from './charts/chart-settings.ts'
import { discoverFiles, unreadable, type CalledFolder, type FoundFile } from './discover.ts'
import { OpenDocuments } from './open-documents.ts'
import { readAll, readWithin } from './read-bytes.ts'
import { readObjects, type DocumentCounts, type Reading, type SourceText } from './read-objects.ts'
import type { RenderedObjects } from './rendered-objects.ts'
import { textKey, type Renderer } from './renderer.ts'

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
  /** What charts are rendered with; without it charts and kustomizations are files like others. */
  readonly charts?: ChartSettings
  /** Parse every document, needed or not. */
  readonly readEverything?: boolean
  /** Comments that begin with this word are given with the resources that they are about. */
  readonly commentWord?: string
  /** Called after each file with the number of files read and of all files; the next one waits for what it returns. */
  readonly onProgress?: (done: number, all: number) => void | Promise<void>
}

/** What could be read. */
export interface FileCoverage {
  readonly documents: DocumentCounts
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
  #rendered: RenderedObjects | undefined
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
      { excludePaths, useIgnoreFile, called, findSources: this.#options.charts !== undefined },
    )
    this.#coverage.problems.push(...found.problems)
    this.#namedProblems += found.missing
    this.#directories = found.directories
    const files = only === undefined ? [...found.files] : found.files.filter(({ real }) => only.has(real))
    if (only !== undefined) this.#coverage.documents.unchangedFiles = found.files.length - files.length
    if (paths.includes('-')) files.unshift({ path: '-', display: '-', relative: 'stdin', named: true, real: '-' })
    const reading = {
      needs: (kind: string) => needs.kind(kind),
      readEverything: this.#options.readEverything === true,
      commentWord: this.#options.commentWord,
      documents: this.#coverage.documents,
      opened: this.#opened,
    }
    const sources = found.sources.filter(
      ({ kind, real }) => kind === 'kustomization' || only === undefined || isChanged(real, only),
    )
    const all = sources.length + files.length
    let done = 0
    if (this.#options.charts !== undefined && sources.length > 0) {
      // What renders is loaded only where there is something to render.
      const { RenderedObjects } = await import('./rendered-objects.ts')
      this.#rendered = new RenderedObjects(this.#options.charts, {
        mostBytes: this.#options.maxFileBytes ?? DEFAULT_MAX_FILE_BYTES,
        only,
      })
      for (const source of this.#rendered.inOrder(sources)) {
        yield* this.#rendered.resources(source, reading, (problem) => {
          // Single documents, and a description of a chart that is none, are broken files of the directory that was named.
          const isWhole = problem.code.startsWith('charts/') && problem.code !== 'charts/load'
          this.#report(problem, { named: source.named && isWhole })
        })
        await onProgress?.(++done, all)
      }
    }
    for (const file of files) {
      if (this.#rendered?.hasRead(file.real) !== true) yield* this.#read(file, reading)
      await onProgress?.(++done, all)
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

  /** Number of charts and kustomizations that were rendered. */
  get renderedSources(): number {
    return this.#rendered?.count ?? 0
  }

  /** The decoded text of the file that an object came from, or that was rendered, again; undefined when it is gone. */
  text(origin: Origin): string | undefined {
    if (origin.rendered !== undefined) return this.#rendered?.of(origin)?.text(origin)
    if (this.#last?.file === origin.file) return this.#last.text
    const path = this.#paths.get(origin.file)
    const text = path === '-' ? this.#stdin : path === undefined ? undefined : this.#reread(path)
    if (text !== undefined) this.#last = { file: origin.file, text }
    return text
  }

  /** The document that an object is in, read again unless it is still at hand; undefined when its file is gone. */
  document(origin: Origin): OpenDocument | undefined {
    const key = textKey(origin)
    const known = this.#opened.find(key, origin)
    if (known !== undefined) return known
    const text = this.text(origin)
    if (text === undefined) return undefined
    const { start, end } = origin
    // Lines in what was rendered are nobody's: they are looked up in its source.
    const document = openDocument(text, { start, end, line: origin.rendered === undefined ? origin.line : 1 })
    this.#opened.last(key, origin, document)
    return document
  }

  /** Where a field of a rendered object was written. */
  place(origin: Origin, location: Location, path: string): SourcePlace | undefined {
    return this.#rendered?.of(origin)?.place(origin, location, path)
  }

  /** The values of a chart that have part in an object. */
  valuePaths(origin: Origin): readonly string[] {
    return this.#rendered?.of(origin)?.valuePaths(origin) ?? []
  }

  /** What wrote characters of a rendered text. */
  spans(origin: Origin, start: number, end: number): readonly SourceSpan[] {
    return this.#rendered?.of(origin)?.spans(origin, start, end) ?? []
  }

  /** The text of a file that a rendered object was made from. */
  sourceText(origin: Origin, file: string): string | undefined {
    return this.#rendered?.of(origin)?.sourceText(file)
  }

  /** The document of a file that has the fields of a rendered object as they are. */
  unchanged(origin: Origin): ReturnType<Renderer['unchanged']> {
    return this.#rendered?.of(origin)?.unchanged(origin)
  }

  #reread(path: string): string | undefined {
    try {
      const decoded = decodeText(readFileSync(path))
      return 'text' in decoded ? decoded.text : undefined
    } catch {
      return undefined
    }
  }

  *#read(file: FoundFile, reading: Reading): Generator<Resource> {
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
    const place = { file: file.display, relativePath: file.relative, fileType } as const
    yield* readObjects(
      {
        text,
        key: file.display,
        origin: ({ start, end, line }, itemPath, ordinal) => ({ ...place, start, end, line, itemPath, ordinal }),
        report: (problem) => this.#report({ ...problem, file: file.display }, file),
        ...(file.chart === undefined ? {} : this.#inChart(file.chart, text)),
      },
      reading,
    )
  }

  /** A file beside the templates of a chart may be rendered by them, or be a part of one. */
  #inChart(chart: string, text: string): Pick<SourceText, 'isNoDocument' | 'isWanted'> {
    return {
      isNoDocument: ({ start, end }) => text.slice(start, end).includes('{{'),
      isWanted: ({ identity }) => this.#rendered?.hasObject(chart, identityPath(identity)) !== true,
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

  #report(problem: Problem, { named }: { readonly named: boolean }): void {
    if (named) this.#namedProblems++
    this.#coverage.problems.push(problem)
  }
}

/** True for a directory with a file that has changed, or for a file that has. */
function isChanged(path: string, changed: ReadonlySet<string>): boolean {
  if (changed.has(path)) return true
  for (const file of changed) if (file.startsWith(path + sep)) return true
  return false
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
