/** Dependencies that lie beside a chart: `repository: file://../common`. */
import { cleanPath } from './archive.ts'
import type { Chart } from './chart.ts'

/** Files of the chart in a folder; undefined where there is none, or none that may be read. */
export type LocalChart = (path: string) => ReadonlyMap<string, Uint8Array> | undefined

/** Loads a chart from its files; `depth` counts the charts around it. */
export type LoadFolder = (files: ReadonlyMap<string, Uint8Array>, folder: string, depth: number) => Chart

const SCHEME = 'file://'

/** The chart with those of its dependencies that are missing in `charts/` and lie somewhere else. */
export function withLocalCharts(chart: Chart, localChart: LocalChart, load: LoadFolder, depth: number): Chart {
  const own = chart.dependencies.map((child) => withLocalCharts(child, localChart, load, depth + 1))
  const names = new Set(own.map(({ metadata }) => metadata.name))
  const local = chart.metadata.dependencies.flatMap(({ name, repository }): Chart[] => {
    if (names.has(name) || !repository.startsWith(SCHEME)) return []
    names.add(name)
    const path = repository.slice(SCHEME.length)
    if (path.startsWith('/')) return []
    const folder = cleanPath(chart.folder + path)
    const files = localChart(folder)
    if (files === undefined) return []
    return [withLocalCharts(load(files, `${folder}/`, depth + 1), localChart, load, depth + 1)]
  })
  return local.length === 0 && own.every((child, at) => child === chart.dependencies[at])
    ? chart
    : { ...chart, dependencies: [...own, ...local] }
}
