/** What the charts of a scan share: their settings, and what is kept of them between the reading and the report. */
import { readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, join, sep } from 'node:path'

import { defaultChartLimits, loadChart, problemOfValues, readChartArchive, type Chart } from '@kubescape/helm'
import type { Problem } from '@kubescape/yaml'

import { unreadable } from '../discover.ts'
import { KeptResults } from '../kept-results.ts'
import { isArchive, type FoundSource } from '../rendered-sources.ts'
import type { ChartPlaces } from './chart-places.ts'
import { problemOf } from './chart-problems.ts'
import type { ChartSettings } from './chart-settings.ts'
import { readChartFiles } from './read-chart-files.ts'

/** Bytes of files of charts, and characters of traced renderings. */
const KEPT_BYTES = 8 * 1024 * 1024
const KEPT_CHARACTERS = 1024 * 1024

/** A chart, or why there is none; files that were left out are told in any case. */
export interface LoadedChart {
  readonly chart: Chart | undefined
  readonly problems: readonly Problem[]
  readonly bytes: number
}

/** Values for all charts that cannot be understood: whoever typed them has to know before anything is judged without them. */
class WrongValues extends Error {
  override readonly name = 'WrongValues'
  readonly hint = 'Correct --values, --values-set or --set and its kin; they are read as helm reads them.'
}

/** Loads charts and keeps them. */
export class ChartStore {
  readonly settings: ChartSettings
  readonly #charts = new KeptResults<LoadedChart>(KEPT_BYTES)
  readonly #traced = new KeptResults<ChartPlaces | undefined>(KEPT_CHARACTERS)

  /**
   * @throws {WrongValues} when the settings make no sense for any chart
   */
  constructor(settings: ChartSettings) {
    this.settings = settings
    const { sets, readFile } = settings
    for (const { files } of settings.valueSets) {
      const problem = problemOfValues({ values: files, sets, readFile })
      if (problem !== undefined) throw new WrongValues(problem.message)
    }
  }

  /** The chart of a directory or archive. */
  load(source: FoundSource): LoadedChart {
    return this.#charts.get(
      source.real,
      () => readChart(source),
      ({ bytes }) => bytes,
    )
  }

  /** A rendering with source maps, made where it is not at hand. */
  traced(name: string, make: () => ChartPlaces | undefined): ChartPlaces | undefined {
    return this.#traced.get(name, make, (places) => places?.length ?? 0)
  }
}

function readChart(source: FoundSource): LoadedChart {
  const { files, problems, isTooLarge } = isArchive(basename(source.path))
    ? readArchive(source)
    : readChartFiles(source, defaultChartLimits)
  let bytes = 0
  for (const each of files.values()) bytes += each.length
  if (isTooLarge) return { chart: undefined, problems: [...problems, tooLarge(source)], bytes }
  if (files.size === 0) return { chart: undefined, problems, bytes }
  const { chart, error } = loadChart(files, {
    isPacked: isArchive(basename(source.path)),
    localChart: (path) => readBeside(source, path),
  })
  return { chart, problems: error === undefined ? problems : [...problems, problemOf(error, source)], bytes }
}

/** A chart that another one names by its path, as far as it lies inside of what is scanned. */
function readBeside(source: FoundSource, path: string): ReadonlyMap<string, Uint8Array> | undefined {
  try {
    const real = realpathSync(join(source.real, path))
    if (real !== source.bounds && !real.startsWith(source.bounds + sep)) return undefined
    const place = { path: join(source.path, path), display: join(source.display, path), real }
    const { files, isTooLarge } = readChartFiles({ ...source, ...place }, defaultChartLimits)
    return isTooLarge || !files.has('Chart.yaml') ? undefined : files
  } catch {
    return undefined
  }
}

function readArchive({ display, real }: FoundSource): ReturnType<typeof readChartFiles> {
  const nothing = { files: new Map<string, Uint8Array>(), isTooLarge: false }
  try {
    if (statSync(real).size > defaultChartLimits.chartBytes) return { ...nothing, problems: [], isTooLarge: true }
    const unpacked = readChartArchive(readFileSync(real))
    if (unpacked.problem === undefined) return { files: unpacked.files, problems: [], isTooLarge: false }
    const message = `is no packed chart: ${unpacked.problem}`
    const hint = 'Pack it again with helm package, or scan its directory.'
    return { ...nothing, problems: [{ code: 'charts/archive', message, hint, file: display }] }
  } catch (error) {
    return { ...nothing, problems: [unreadable(display, error)] }
  }
}

function tooLarge({ display }: FoundSource): Problem {
  const { chartBytes, files } = defaultChartLimits
  return {
    code: 'sources/too-large',
    message: `is larger than a chart may be (${chartBytes} bytes, ${files} files), and was not rendered`,
    hint: 'Is there something in its directory that is none of it? Leave that out with .helmignore, or move it.',
    file: display,
  }
}
