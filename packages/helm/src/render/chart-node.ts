/** Charts on their way through a rendering: what aliases, conditions and imported values make of them. */
import type { Chart, Dependency, Metadata } from '../chart/chart.ts'
import { Dict, LimitError } from '@kubescape/go-template'
import type { ValuesWork } from '../values/coalesce.ts'
import { readValues } from '../values/read-values.ts'
import { copyOfDict } from '../values/tables.ts'

/** A dependency and whether it is wanted. */
export interface DeclaredDependency {
  readonly dependency: Dependency
  /** The name that it goes by: its alias, once that has been looked at. */
  name: string
  enabled: boolean
}

/** How the nodes of one rendering are made. */
export interface NodeMaking {
  /** Default values remember where they were written. */
  readonly traced: boolean
  /** Nodes that may still be made. */
  left: number
}

/** A chart that can change. */
export class ChartNode {
  readonly chart: Chart
  readonly name: string
  /** Undefined at the root. */
  parent: ChartNode | undefined
  dependencies: ChartNode[]
  declared: DeclaredDependency[]
  readonly #making: NodeMaking
  #defaults: Dict | undefined

  /** @throws {LimitError} when there are too many charts */
  constructor(chart: Chart, making: NodeMaking, name = chart.metadata.name, dependencies?: ChartNode[]) {
    if (--making.left < 0) throw new LimitError('too many charts are to be rendered together')
    this.chart = chart
    this.name = name
    this.#making = making
    this.parent = undefined
    this.declared = chart.metadata.dependencies.map((dependency) => ({
      dependency,
      name: dependency.name,
      enabled: true,
    }))
    this.dependencies = dependencies ?? chart.dependencies.map((child) => new ChartNode(child, making))
    if (dependencies === undefined) for (const child of this.dependencies) child.parent = this
  }

  get metadata(): Metadata {
    return this.chart.metadata
  }

  /** `web/charts/db`: what the names of templates begin with. */
  get path(): string {
    return this.parent === undefined ? this.name : `${this.parent.path}/charts/${this.name}`
  }

  /** The same chart by another name. It shares its own dependencies, whose parent stays the one that they have. */
  named(name: string): ChartNode {
    return new ChartNode(this.chart, this.#making, name, this.dependencies)
  }

  adopt(dependencies: readonly ChartNode[]): void {
    this.dependencies = [...dependencies]
    for (const child of this.dependencies) child.parent = this
  }

  /** The default values, to be changed at will. */
  defaults({ spend }: ValuesWork): Dict {
    this.#defaults ??= this.#read()
    return copyOfDict(this.#defaults, spend)
  }

  setDefaults(values: Dict): void {
    this.#defaults = values
  }

  #read(): Dict {
    const { values, folder } = this.chart
    if (values === undefined) return new Dict()
    if (!this.#making.traced) return values.dict
    const read = readValues(values.text, {
      layer: { kind: 'chart', name: `${folder}values.yaml` },
      path: this.#valuesPath(),
    })
    return 'error' in read ? values.dict : read.values
  }

  /** Where its values stand in those of the root. */
  #valuesPath(): string[] {
    return this.parent === undefined ? [] : [...this.parent.#valuesPath(), this.name]
  }
}
