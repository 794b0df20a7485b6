/** Real charts: the output of `helm template`, and what a library that renders charts gives. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

import { loadChart, manifestOf, renderChart, type LoadResult } from '../../packages/helm/src/index.ts'
import type { CaseOutcome } from '../suite.ts'
import { positionIn } from './engine-cases.ts'

interface ChartCase {
  readonly cases: readonly Rendering[]
}

interface Rendering {
  /** A file below the chart; null for the defaults. */
  readonly values: string | null
  readonly golden: string
  readonly det: boolean
  readonly nondet_lines?: readonly number[]
}

type LibraryCase = Readonly<
  Record<string, { readonly sha256_by_template?: Readonly<Record<string, string>>; readonly stage?: string }>
>

/** The files of a folder by their path below it. */
function readFolder(folder: string): Map<string, Uint8Array> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry): [string, Uint8Array] => {
        const path = join(entry.parentPath, entry.name)
        return [relative(folder, path), readFileSync(path)]
      }),
  )
}

/** All renderings of the chart in a folder; passed when the manifest is the wanted one, byte for byte. */
export function runChart(id: string, folder: string): CaseOutcome[] {
  const { cases } = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as ChartCase
  const files = readFolder(join(folder, 'chart'))
  const loaded = loadChart(files)
  return cases.map((rendering) => {
    const name = `charts/${id}/${rendering.values ?? 'default'}`
    const got = manifest(loaded, files, rendering.values)
    if ('error' in got) return { id: name, status: 'failed', reason: got.error }
    const wanted = readFileSync(join(folder, 'expected', rendering.golden), 'utf8')
    const reason = firstDifference(masked(got.text, rendering), masked(wanted, rendering))
    return reason === undefined ? { id: name, status: 'passed' } : { id: name, status: 'failed', reason }
  })
}

/** A chart that must fail; passed when it does, at the same place. */
export function runFailingChart(id: string, folder: string): { outcome: CaseOutcome; agrees: boolean } {
  const { expectedError } = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as { expectedError: string }
  const wanted = expectedError.replace(/^Error: /, '').split('\n\nUse --debug')[0] ?? ''
  const files = readFolder(join(folder, 'chart'))
  const got = manifest(loadChart(files), files, null)
  const name = `charts-error/${id}`
  if (!('error' in got)) {
    return { outcome: { id: name, status: 'failed', reason: `no error instead of ${wanted}` }, agrees: false }
  }
  const agrees = got.error.trim() === wanted.trim()
  const isSamePlace = positionIn(wanted) === positionIn(got.error)
  const outcome: CaseOutcome = isSamePlace
    ? { id: name, status: 'passed' }
    : { id: name, status: 'failed', reason: `${got.error} instead of ${wanted}` }
  return { outcome, agrees }
}

/** The chart as a library renders it, without a release and without looking at dependencies. */
export function runLibraryMode(id: string, folder: string): CaseOutcome[] {
  const wanted = JSON.parse(readFileSync(join(folder, 'kubescape_mode.json'), 'utf8')) as LibraryCase
  const files = readFolder(join(folder, 'chart'))
  const loaded = loadChart(files)
  return Object.entries(wanted).map(([values, { sha256_by_template: sums, stage }]) => {
    const name = `library/${id}/${values}`
    const reason = libraryDifference(loaded, files, values, sums, stage)
    return reason === undefined ? { id: name, status: 'passed' } : { id: name, status: 'failed', reason }
  })
}

function libraryDifference(
  { chart, error: problem }: LoadResult,
  files: ReadonlyMap<string, Uint8Array>,
  values: string,
  sums: Readonly<Record<string, string>> | undefined,
  stage: string | undefined,
): string | undefined {
  if (chart === undefined) return problem?.message
  const { rendering, error } = renderChart(chart, {
    values: valuesFile(files, values === 'default' ? null : values),
    release: { name: '', namespace: '', isInstall: false, revision: 0 },
    kubeVersion: 'v1.20.0',
    dependencyProcessing: false,
    installChecks: false,
  })
  if (error !== undefined) return error.stage === stage ? undefined : error.message
  if (sums === undefined) return `no error at stage ${stage}`
  const all = new Map([...rendering.templates, ...rendering.notes].map(({ name, text }) => [name, text]))
  for (const [name, wanted] of Object.entries(sums)) {
    const text = all.get(name)
    if (text === undefined) return `${name} is missing`
    if (wanted === 'nondeterministic') continue
    const found = text.trim() === '' ? 'blank' : createHash('sha256').update(text).digest('hex')
    if (found !== wanted) return `${name} differs`
  }
  return undefined
}

function manifest(
  { chart, error: problem }: LoadResult,
  files: ReadonlyMap<string, Uint8Array>,
  values: string | null,
): { readonly text: string } | { readonly error: string } {
  if (chart === undefined) return { error: problem?.message ?? '' }
  const { rendering, error } = renderChart(chart, { values: valuesFile(files, values), kubeVersion: '1.35.0' })
  if (error !== undefined) return { error: error.message }
  const result = manifestOf(rendering)
  return result.error === undefined ? { text: result.text } : { error: result.error.message }
}

function valuesFile(files: ReadonlyMap<string, Uint8Array>, values: string | null) {
  return values === null ? [] : [{ name: values, text: new TextDecoder().decode(files.get(values)) }]
}

function masked(text: string, { det, nondet_lines: lines = [] }: Rendering): readonly string[] {
  const all = text.split('\n')
  if (!det) for (const line of lines) all[line - 1] = ''
  return all
}

function firstDifference(got: readonly string[], wanted: readonly string[]): string | undefined {
  for (let at = 0; at < Math.max(got.length, wanted.length); at++) {
    if (got[at] === wanted[at]) continue
    return `line ${at + 1}: ${JSON.stringify(got[at])} instead of ${JSON.stringify(wanted[at])}`
  }
  return undefined
}
