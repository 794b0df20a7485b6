/** Files to charts: package chart/loader of Helm. */
import { fromBytes, quote } from '@kubescape/go'
import { defaultChartLimits, type ChartLimits } from '../limits.ts'
import { readValues } from '../values/read-values.ts'
import { readChartArchive } from './archive.ts'
import { chartFailure, ChartFailure, type ChartError } from './chart-error.ts'
import type { Chart, ChartFile, DefaultValues, Metadata } from './chart.ts'
import { readIgnoreRules } from './ignore-rules.ts'
import { withLocalCharts, type LoadFolder, type LocalChart } from './local-charts.ts'
import { decodeDependencies, decodeMetadata, problemOfMetadata } from './metadata.ts'

/** How a chart is loaded. */
export interface LoadOptions {
  readonly limits?: Partial<ChartLimits>
  /** The files come from an archive, where `.helmignore` has done its work already. */
  readonly isPacked?: boolean
  /**
   * Files of a chart that a dependency names as `file://PATH` and that is not in `charts/`; `path` is relative to the folder
   * of the root chart. Without it, or where it gives nothing, such a dependency is missing.
   */
  readonly localChart?: LocalChart
}

/** The chart, or why it could not be loaded. */
export type LoadResult =
  | { readonly chart: Chart; readonly error?: undefined }
  | { readonly chart?: undefined; readonly error: ChartError }

/** Rules of `.helmignore` times files. */
const MAX_IGNORE_CHECKS = 4_000_000

/** What may still be loaded; all charts within each other share it. */
interface Allowance {
  readonly limits: ChartLimits
  bytes: number
  files: number
}

/**
 * Loads a chart and the charts in its `charts/` folder, which may be packed.
 * @param files by path below the folder of the chart, with slashes
 */
export function loadChart(files: ReadonlyMap<string, Uint8Array>, options: LoadOptions = {}): LoadResult {
  const limits = { ...defaultChartLimits, ...options.limits }
  const allowance: Allowance = { limits, bytes: limits.chartBytes, files: limits.files }
  try {
    const own = options.isPacked === true ? files : withoutIgnored(files)
    const chart = loadFiles(counted(own, allowance), '', allowance, 0)
    const { localChart } = options
    return { chart: localChart === undefined ? chart : withLocalCharts(chart, localChart, loadFolder(allowance), 0) }
  } catch (error) {
    if (error instanceof ChartFailure) return { error: error.error }
    throw error
  }
}

/** Loads charts from folders outside of `charts/`. */
function loadFolder(allowance: Allowance): LoadFolder {
  return (files, folder, depth) => loadFiles(counted(withoutIgnored(files), allowance), folder, allowance, depth)
}

function withoutIgnored(files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> {
  const rules = readIgnoreRules(fromBytes(files.get('.helmignore') ?? new Uint8Array()))
  if ('problem' in rules) throw chartFailure('load', rules.problem)
  if (rules.rules * files.size > MAX_IGNORE_CHECKS) {
    throw chartFailure('load', `${rules.rules} rules in .helmignore for ${files.size} files take too long`)
  }
  return new Map([...files].filter(([path]) => !rules.isIgnored(path)))
}

function loadFiles(given: readonly ChartFile[], folder: string, allowance: Allowance, depth: number): Chart {
  if (depth > allowance.limits.chartDepth) {
    throw chartFailure('load', `charts are nested deeper than ${allowance.limits.chartDepth} levels`)
  }
  const all = new Map(given.map((file) => [file.name, file]))
  const names = [...all.keys()].toSorted()
  const described = describe(all)
  const templates: ChartFile[] = []
  const files: ChartFile[] = []
  const children = new Map<string, ChartFile[]>()
  for (const name of names) {
    const file = all.get(name) as ChartFile
    if (OWN_FILES.has(name)) continue
    if (name === 'requirements.yaml' || name === 'requirements.lock') {
      if (described.apiVersion === 'v1') files.push(file)
    } else if (name.startsWith('templates/')) templates.push(file)
    else if (name.startsWith('charts/') && !name.endsWith('.prov')) {
      const inner = name.slice('charts/'.length)
      const [child = ''] = inner.split('/', 1)
      const known = children.get(child)
      if (known === undefined) children.set(child, [{ name: inner, bytes: file.bytes }])
      else known.push({ name: inner, bytes: file.bytes })
    } else files.push(file)
  }
  const values = defaultValues(all)
  const metadata = withRequirements(described, all)
  const problem = problemOfMetadata(metadata)
  if (problem !== undefined) throw chartFailure('load', `validation: ${problem}`)
  const schema = all.get('values.schema.json')
  return {
    metadata,
    folder,
    templates,
    files,
    values,
    schema: schema === undefined ? undefined : fromBytes(schema.bytes),
    dependencies: [...children].flatMap(([child, inner]) =>
      loadChild(child, inner, metadata, folder, allowance, depth),
    ),
  }
}

/** Files that are more to Helm than files. */
const OWN_FILES: ReadonlySet<string> = new Set(['Chart.yaml', 'Chart.lock', 'values.yaml', 'values.schema.json'])

/** Files of a folder or an archive, without byte order marks. */
function counted(files: ReadonlyMap<string, Uint8Array>, allowance: Allowance): ChartFile[] {
  const { limits } = allowance
  return [...files].map(([name, bytes]) => {
    if (bytes.length > limits.fileBytes) {
      const place = `chart file ${quote(name)}`
      throw chartFailure('load', `${place} is larger than the maximum file size ${limits.fileBytes}`)
    }
    allowance.bytes -= bytes.length
    if (allowance.bytes < 0) throw chartFailure('load', `the chart is larger than ${limits.chartBytes} bytes`)
    if (--allowance.files < 0) throw chartFailure('load', `the chart has more than ${limits.files} files`)
    const [first, second, third] = bytes
    return { name, bytes: first === 0xef && second === 0xbb && third === 0xbf ? bytes.subarray(3) : bytes }
  })
}

function describe(files: ReadonlyMap<string, ChartFile>): Metadata {
  const file = files.get('Chart.yaml')
  if (file === undefined) throw chartFailure('load', 'Chart.yaml file is missing')
  return within('cannot load Chart.yaml', () => decodeMetadata(readDict(file)))
}

function withRequirements(metadata: Metadata, files: ReadonlyMap<string, ChartFile>): Metadata {
  const file = files.get('requirements.yaml')
  if (file === undefined) return metadata
  const dependencies = within('cannot load requirements.yaml', () => decodeDependencies(readDict(file)))
  return dependencies === undefined ? metadata : { ...metadata, dependencies }
}

function defaultValues(files: ReadonlyMap<string, ChartFile>): DefaultValues | undefined {
  const file = files.get('values.yaml')
  if (file === undefined) return undefined
  return { text: fromBytes(file.bytes), dict: within('cannot load values.yaml', () => readDict(file)) }
}

function readDict({ bytes }: ChartFile) {
  const read = readValues(fromBytes(bytes))
  if ('error' in read) throw chartFailure('load', read.error)
  return read.values
}

function loadChild(
  child: string,
  files: readonly ChartFile[],
  parent: Metadata,
  folder: string,
  allowance: Allowance,
  depth: number,
): Chart[] {
  if (child.startsWith('_') || child.startsWith('.')) return []
  const below = `${folder}charts/${child}/`
  return within(`error unpacking subchart ${child} in ${parent.name}`, () => {
    if (child.endsWith('.tgz')) {
      const [archive] = files
      if (archive === undefined || archive.name !== child) {
        throw chartFailure(
          'load',
          `error unpacking subchart tar in ${parent.name}: expected ${child}, got ${archive?.name}`,
        )
      }
      return [loadFiles(unpacked(archive, allowance), below, allowance, depth + 1)]
    }
    const inner = files.flatMap(({ name, bytes }) =>
      name === child ? [] : [{ name: name.slice(child.length + 1), bytes }],
    )
    return inner.length === 0 ? [] : [loadFiles(inner, below, allowance, depth + 1)]
  })
}

function unpacked({ bytes }: ChartFile, allowance: Allowance): ChartFile[] {
  const archive = readChartArchive(bytes, { ...allowance.limits, chartBytes: allowance.bytes })
  if (archive.problem !== undefined) throw chartFailure('load', archive.problem)
  return counted(archive.files, allowance)
}

/** Puts words before what goes wrong. */
function within<T>(words: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ChartFailure)) throw error
    throw chartFailure(error.error.stage, `${words}: ${error.message}`)
  }
}
