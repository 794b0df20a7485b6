/** A kustomization of the scan: built once, its objects given with the files that they come from. */
import { realpathSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'

import { build, BuildError, type BuildOptions, type BuildResult } from '@kubescape/kustomize'
import type { Origin, Resource, SourcePlace, SourceSpan, Value } from '@kubescape/resources'
import { openDocument, type Location, type Problem } from '@kubescape/yaml'

import { CommentSearch, commentsOf } from '../comments.ts'
import { contentOffset } from '../content-offset.ts'
import { KeptResults } from '../kept-results.ts'
import { readObjects, type Reading } from '../read-objects.ts'
import { KUSTOMIZATIONS, type FoundSource } from '../rendered-sources.ts'
import { RenderedOrigin, textKey, type Renderer } from '../renderer.ts'
import { BuildFiles } from './build-files.ts'
import { placeOf, type KeptObject } from './kustomize-places.ts'

type RenderChart = NonNullable<BuildOptions['renderChart']>

/** How kustomizations are built. */
export interface KustomizeSettings {
  /** The largest file that is read, in bytes. */
  readonly mostBytes: number
  /** Loads what renders the charts that kustomizations name; asked only where one does. */
  readonly loadCharts: () => Promise<RenderChart>
  /** Told of every file that a build has read, by its path with and without links; true for one that is new. */
  readonly onRead: (path: string) => boolean
  /** Full paths of the files that count; what is built of none of them is not given. Undefined for all. */
  readonly only: ReadonlySet<string> | undefined
}

/** Builds a kustomization, and keeps what it came to. */
export class KustomizationRenderer implements Renderer {
  readonly #source: FoundSource
  readonly #settings: KustomizeSettings
  readonly #files: BuildFiles
  #objects: readonly KeptObject[] = []
  /** Texts of files that a report asks for again and again, and the object that it asked about last. */
  readonly #texts = new KeptResults<string | undefined>(KEPT_CHARACTERS)
  #last: { readonly object: KeptObject; readonly value: Value } | undefined

  constructor(source: FoundSource, settings: KustomizeSettings) {
    this.#source = source
    this.#settings = settings
    this.#files = new BuildFiles(source.bounds, settings.mostBytes)
  }

  async *resources(reading: Reading, report: (problem: Problem) => void): AsyncGenerator<Resource> {
    const built = await this.#build(report)
    if (built === undefined) {
      reading.documents.unread++
      return
    }
    // The trees are let go: what is written and where it comes from is enough.
    this.#objects = built.objects.map(({ text, source, changes }) => ({ text, source, changes }))
    const { onRead, only } = this.#settings
    const inputs = [...built.inputs].map((path) => ({ path, real: realPath(path) }))
    // Overlays share their bases: each file counts once.
    const added = inputs.filter(({ path, real }) => {
      const isNew = onRead(real)
      if (path !== real) onRead(path)
      return isNew
    })
    if (only !== undefined && !inputs.some(({ path, real }) => only.has(path) || only.has(real))) return
    reading.documents.files += added.length
    for (const [at, object] of this.#objects.entries()) yield* this.#read(object, at, reading, report)
  }

  text({ ordinal }: Origin): string | undefined {
    return this.#objects[ordinal]?.text
  }

  place({ ordinal, start, end }: Origin, location: Location, path: string): SourcePlace | undefined {
    const object = this.#objects[ordinal]
    if (object === undefined) return undefined
    if (this.#last?.object !== object) {
      this.#last = { object, value: openDocument(object.text, { start, end, line: 1 }).value ?? null }
    }
    const texts = { read: (file: string) => this.#textOf(file), display: (file: string) => this.#display(file) }
    return placeOf(object, texts, this.#last.value, location, path)
  }

  /** Only charts have values. */
  valuePaths(): readonly string[] {
    return []
  }

  /** A built object is written anew: its characters are nobody's. */
  spans(): readonly SourceSpan[] {
    return []
  }

  sourceText(file: string): string | undefined {
    return this.#textOf(join(this.#source.real, relative(this.#source.display, file)))
  }

  unchanged({ ordinal, itemPath }: Origin): ReturnType<Renderer['unchanged']> {
    const { source, changes = [] } = this.#objects[ordinal] ?? {}
    if (source === undefined || source.generator !== undefined || itemPath !== '') return undefined
    if (changes.some(({ by }) => !HARMLESS.has(by))) return undefined
    const { file, start, end, line } = source
    return { file: this.#display(file), start, end, line }
  }

  async #build(report: (problem: Problem) => void): Promise<BuildResult | undefined> {
    const folder = slashed(this.#source.real)
    try {
      let namesChart = false
      const renderChart = (): never => {
        namesChart = true
        throw new BuildError('a chart is to be rendered')
      }
      try {
        return await build(this.#files, folder, { renderChart })
      } catch (error) {
        if (!namesChart) throw error
        return await build(this.#files, folder, { renderChart: await this.#settings.loadCharts() })
      }
    } catch (error) {
      if (!(error instanceof BuildError) && !(error instanceof RangeError)) throw error
      const { file, line } = error instanceof BuildError ? error : { file: undefined, line: undefined }
      report({
        code: 'kustomizations/build',
        message: `cannot be built: ${error.message}`,
        hint: 'Correct it, or leave it out with --exclude-path. Its files were scanned one by one.',
        file: file === undefined ? this.#source.display : this.#display(file),
        ...(line === undefined ? {} : { line, column: 1 }),
      })
      return undefined
    }
  }

  *#read(object: KeptObject, at: number, reading: Reading, report: (problem: Problem) => void): Generator<Resource> {
    const { real, display, relative: below } = this.#source
    const { file, line } = object.source
    const rendered = {
      kind: 'kustomization',
      path: display,
      name: basename(real),
      template: '',
      valueSet: '',
    } as const
    const own = { file: this.#display(file), fileType: 'Kustomize Directory', ordinal: at, rendered } as const
    // The overlay tells apart what several make of one base.
    const name = [...KUSTOMIZATIONS].find((each) => this.#files.kind(join(real, each)) === 'file') ?? ''
    const relativePath = below === '' || below === '.' ? name : `${below}/${name}`
    const originOf = (start: number, end: number, itemPath: string): Origin =>
      new RenderedOrigin({ ...own, relativePath, start, end, itemPath }, () => this.#lineOf(object))
    const objects = readObjects(
      {
        text: object.text,
        key: textKey(originOf(0, 0, '')),
        origin: ({ start, end }, itemPath) => originOf(start, end, itemPath),
        report: (problem) => report({ ...problem, file: own.file, line: Math.max(1, line), column: 1 }),
      },
      reading,
    )
    for (const resource of objects) {
      const comments = this.#comments(object, reading.commentWord)
      yield comments.length === 0 ? resource : { ...resource, comments }
    }
  }

  /** The line of the file that begins the object. */
  #lineOf({ source: { file, start, end, line, generator } }: KeptObject): number {
    const document = generator === undefined ? (this.#textOf(file)?.slice(start, end) ?? '') : ''
    return Math.max(1, line) + document.slice(0, contentOffset(document)).split('\n').length - 1
  }

  /** Comments of the file of the base: what is built has none. */
  #comments({ source }: KeptObject, word: string | undefined): NonNullable<Resource['comments']> {
    const text = word === undefined || source.generator !== undefined ? undefined : this.#files.read(source.file)
    if (text?.includes(word ?? '') !== true) return []
    const { start, end, line } = source
    const slice = { start, end, line }
    return commentsOf('', new CommentSearch(text, word).within(slice, openDocument(text, slice)))
  }

  #textOf(file: string): string | undefined {
    return this.#texts.get(
      file,
      () => this.#files.read(file),
      (text) => text?.length ?? 0,
    )
  }

  /** A full path as people should see it. */
  #display(file: string): string {
    return join(this.#source.display, relative(this.#source.real, file))
  }
}

/** Characters of files. */
const KEPT_CHARACTERS = 4 * 1024 * 1024

/** Changes that leave every other field where the base has it. */
const HARMLESS: ReadonlySet<string> = new Set([
  'namespace',
  'namePrefix',
  'nameSuffix',
  'labels',
  'commonLabels',
  'commonAnnotations',
  'images',
  'replicas',
])

function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/')
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
