/** The charts and kustomizations of a scan: each is rendered once, and again when a report asks. */
import { join } from 'node:path'

import { identityPath, type Origin, type Resource } from '@kubescape/resources'
import type { Problem } from '@kubescape/yaml'

import type { ChartSettings } from './charts/chart-settings.ts'
import type { ChartStore } from './charts/chart-store.ts'
import type { Reading } from './read-objects.ts'
import { readFacts } from './kustomizations/builds-on.ts'
import { KUSTOMIZATIONS, type FoundSource } from './rendered-sources.ts'
import type { Renderer } from './renderer.ts'

/** What is read of sources. */
export interface RenderedExtent {
  /** The largest file that is read, in bytes. */
  readonly mostBytes: number
  /** Full paths of the files that count; of a kustomization without one of them nothing is told. */
  readonly only: ReadonlySet<string> | undefined
}

/** Renders sources, and remembers what they read. */
export class RenderedObjects {
  readonly #settings: ChartSettings
  readonly #extent: RenderedExtent
  /** By the kind and path of their sources. */
  readonly #renderers = new Map<string, Renderer>()
  /** Names of the objects of charts, by the path of the chart. */
  readonly #objects = new Map<string, Set<string>>()
  /** Files that kustomizations have read, and the charts that they have rendered. */
  readonly #read = new Set<string>()
  #store: ChartStore | undefined
  #count = 0

  constructor(settings: ChartSettings, extent: RenderedExtent) {
    this.#settings = settings
    this.#extent = extent
  }

  /** Number of charts and kustomizations that were rendered. */
  get count(): number {
    return this.#count
  }

  /** Sources in the order in which they are to be read; each is chosen when the ones before it are done. */
  *inOrder(sources: readonly FoundSource[]): Generator<FoundSource> {
    const kustomizations = sources.filter(({ kind }) => kind === 'kustomization')
    const facts = new Map(kustomizations.map((source) => [source, readFacts(source)]))
    const used = new Set([...facts.values()].flatMap(({ directories }) => directories))
    const whole = kustomizations.filter((source) => facts.get(source)?.isComponent !== true)
    yield* whole.filter(({ real }) => !used.has(real))
    // What is left belongs to those: unless they could not be built.
    for (const source of whole) if (used.has(source.real) && !this.#isPart(source)) yield source
    for (const source of sources) if (source.kind === 'chart' && !this.#read.has(source.real)) yield source
  }

  /** The objects of a source. */
  async *resources(
    source: FoundSource,
    reading: Reading,
    report: (problem: Problem) => void,
  ): AsyncGenerator<Resource> {
    const names = new Set<string>()
    this.#count++
    this.#objects.set(source.real, names)
    const renderer = source.kind === 'chart' ? await this.#openChart(source) : await this.#openKustomization(source)
    this.#renderers.set(keyOf(source.kind, source.display), renderer)
    for await (const resource of renderer.resources(reading, report)) {
      names.add(identityPath(resource.identity))
      yield resource
    }
  }

  /** What an object was rendered by. */
  of({ rendered }: Origin): Renderer | undefined {
    return rendered === undefined ? undefined : this.#renderers.get(keyOf(rendered.kind, rendered.path))
  }

  /** True for a file, by its path without links, that a kustomization has read. */
  hasRead(real: string): boolean {
    return this.#read.has(real)
  }

  /** True for an object, by the path of its identity, that the chart has rendered. */
  hasObject(chart: string, object: string): boolean {
    return this.#objects.get(chart)?.has(object) === true
  }

  /** True for a kustomization that another one has built on. */
  #isPart({ real }: FoundSource): boolean {
    return [...KUSTOMIZATIONS].some((name) => this.#read.has(join(real, name)))
  }

  async #openChart(source: FoundSource): Promise<Renderer> {
    const { ChartRenderer } = await import('./charts/chart-renderer.ts')
    return new ChartRenderer(source, await this.#openStore())
  }

  async #openKustomization(source: FoundSource): Promise<Renderer> {
    const { KustomizationRenderer } = await import('./kustomizations/kustomization-renderer.ts')
    return new KustomizationRenderer(source, {
      ...this.#extent,
      onRead: (path) => {
        const isNew = !this.#read.has(path)
        this.#read.add(path)
        return isNew
      },
      loadCharts: async () => {
        const { renderRequest } = await import('./charts/requested-chart.ts')
        const store = await this.#openStore()
        return (request) => {
          this.#read.add(request.directory)
          return renderRequest(store, source, request)
        }
      },
    })
  }

  async #openStore(): Promise<ChartStore> {
    if (this.#store === undefined) {
      const { ChartStore } = await import('./charts/chart-store.ts')
      this.#store = new ChartStore(this.#settings)
    }
    return this.#store
  }
}

function keyOf(kind: string, path: string): string {
  return `${kind}:${path}`
}
