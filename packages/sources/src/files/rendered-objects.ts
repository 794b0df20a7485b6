/** The charts and kustomizations of a scan: each is rendered once, and again when a report asks. */
import { identityPath, type Origin, type Resource } from '@kubescape/resources'
import type { Problem } from '@kubescape/yaml'

import type { ChartSettings } from './charts/chart-settings.ts'
import type { ChartStore } from './charts/chart-store.ts'
import type { Reading } from './read-objects.ts'
import type { FoundSource } from './rendered-sources.ts'
import type { Renderer } from './renderer.ts'

/** Renders sources, and remembers what they read. */
export class RenderedObjects {
  readonly #settings: ChartSettings
  /** By the kind and path of their sources. */
  readonly #renderers = new Map<string, Renderer>()
  /** Names of the objects of charts, by the path of the chart. */
  readonly #objects = new Map<string, Set<string>>()
  #store: ChartStore | undefined
  #charts = 0

  constructor(settings: ChartSettings) {
    this.#settings = settings
  }

  /** Number of charts that were found. */
  get charts(): number {
    return this.#charts
  }

  /** Sources in the order in which they are to be read: kustomizations tell what charts and files belong to them. */
  inOrder(sources: readonly FoundSource[]): FoundSource[] {
    return sources.toSorted((a, b) => Number(a.kind === 'chart') - Number(b.kind === 'chart'))
  }

  /** The objects of a source. */
  async *resources(
    source: FoundSource,
    reading: Reading,
    report: (problem: Problem) => void,
  ): AsyncGenerator<Resource> {
    const names = new Set<string>()
    this.#charts++
    this.#objects.set(source.real, names)
    const renderer = await this.#open(source)
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
  hasRead(_real: string): boolean {
    return false
  }

  /** True for an object, by the path of its identity, that the chart has rendered. */
  hasObject(chart: string, object: string): boolean {
    return this.#objects.get(chart)?.has(object) === true
  }

  async #open(source: FoundSource): Promise<Renderer> {
    const { ChartRenderer } = await import('./charts/chart-renderer.ts')
    if (this.#store === undefined) {
      const { ChartStore } = await import('./charts/chart-store.ts')
      this.#store = new ChartStore(this.#settings)
    }
    return new ChartRenderer(source, this.#store)
  }
}

function keyOf(kind: string, path: string): string {
  return `${kind}:${path}`
}
