/**
 * What rendering charts costs: `npm run bench:helm`, with the shared charts.
 *
 * Every rendering of the suite, loading of the chart included, in one process: CPU time after the engine has been loaded. First
 * each once as it comes, as a scan of many charts does it, then with source maps. Beside them the helm program runs the same
 * commands where one is on the PATH.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { loadChart, renderChart } from '@kubescape/helm'

import { sampleCpu } from './sample.ts'

const SHARED = process.env['KUBESCAPE_SHARED'] ?? join(import.meta.dirname, '../../shared')
const CHARTS = join(SHARED, 'conformance/helm/charts')
const KUBE_VERSION = '1.35.0'

/** CPU milliseconds that the median chart may cost. */
const LIMIT = 40

interface Work {
  readonly name: string
  readonly folder: string
  /** A file of values below the chart; undefined for those of the chart alone. */
  readonly values: string | undefined
}

main()

function main(): void {
  if (!existsSync(CHARTS)) {
    console.log(`bench: no charts at ${CHARTS} (set KUBESCAPE_SHARED); nothing was measured`)
    return
  }
  const works = readdirSync(CHARTS).flatMap(readCase)
  const plain = measureAll(works, false)
  const mapped = measureAll(works, true)
  console.log('CPU ms of one rendering, the chart loaded anew:')
  console.log(`${'plain'.padStart(8)} ${'mapped'.padStart(8)}  chart`)
  const ranks = works.map((_, at) => at).toSorted((a, b) => (plain[b] ?? 0) - (plain[a] ?? 0))
  for (const at of ranks.slice(0, 12)) console.log(`${cell(plain[at])} ${cell(mapped[at])}  ${works[at]?.name}`)
  for (const [name, costs] of [
    ['plain', plain],
    ['with source maps', mapped],
  ] as const) {
    const sorted = costs.toSorted((a, b) => a - b)
    console.log(
      `${name}: ${works.length} renderings, ${sum(costs).toFixed(0)} ms in all; median ${quantile(sorted, 0.5)}, 90 of 100 below ${quantile(sorted, 0.9)}, dearest ${quantile(sorted, 1)} ms`,
    )
  }
  console.log(`memory at its peak: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`)
  console.log(besideHelm(works))
  judge('the median chart', plain)
  judge('the median chart with a source map', mapped)
}

function readCase(id: string): Work[] {
  const folder = join(CHARTS, id, 'chart')
  const { cases } = JSON.parse(readFileSync(join(CHARTS, id, 'case.json'), 'utf8')) as {
    cases: readonly { readonly values: string | null }[]
  }
  return cases.map(({ values }) => ({
    name: values === null ? id : `${id} (${values})`,
    folder,
    values: values ?? undefined,
  }))
}

function measureAll(works: readonly Work[], sourceMap: boolean): number[] {
  return works.map(({ name, folder, values }) => {
    const files = readFolder(folder)
    const text = values === undefined ? undefined : readFileSync(join(folder, values), 'utf8')
    const before = process.cpuUsage()
    const loaded = loadChart(files)
    if (loaded.chart === undefined) throw new Error(`${name}: ${loaded.error.message}`)
    const { error } = renderChart(loaded.chart, {
      kubeVersion: KUBE_VERSION,
      sourceMap,
      ...(text === undefined ? {} : { values: [{ name: values ?? '', text }] }),
    })
    const { user, system } = process.cpuUsage(before)
    if (error !== undefined) throw new Error(`${name}: ${error.message}`)
    return (user + system) / 1000
  })
}

function readFolder(folder: string): Map<string, Uint8Array> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    names.map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      return [path.slice(folder.length + 1), readFileSync(path)]
    }),
  )
}

/** The same commands with the helm program, each in a process of its own, as it is used. */
function besideHelm(works: readonly Work[]): string {
  const hasHelm = (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, 'helm')))
  if (!hasHelm) return 'helm: not on the PATH, so these figures stand alone'
  const costs = works.map(({ folder, values }) => {
    const more = values === undefined ? '' : ` -f ${values}`
    return sampleCpu(`cd ${folder} && helm template release-name . --kube-version ${KUBE_VERSION}${more} >/dev/null`)
      .cpuMs
  })
  const sorted = costs.toSorted((a, b) => a - b)
  return `helm: ${sum(costs).toFixed(0)} ms in all, start included; median ${quantile(sorted, 0.5)} ms`
}

function judge(what: string, costs: readonly number[]): void {
  const median = Number(
    quantile(
      costs.toSorted((a, b) => a - b),
      0.5,
    ),
  )
  const isMet = median < LIMIT
  console.log(`${isMet ? 'met   ' : 'MISSED'}  ${what}: ${median} ms, less than ${LIMIT}`)
  if (!isMet) process.exitCode = 1
}

function quantile(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function cell(value: number | undefined): string {
  return (value ?? 0).toFixed(1).padStart(8)
}
