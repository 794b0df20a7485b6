/** Cases of op `helm`: a chart in memory. */
import { loadChart, manifestOf, renderChart, type ChartStage } from '../../packages/helm/src/index.ts'
import type { CaseOutcome } from '../suite.ts'

interface EngineCase {
  readonly id: string
  readonly files: Readonly<Record<string, string>>
  readonly values?: string
  readonly sets?: readonly string[]
  readonly kube?: string
  readonly strict?: boolean
  readonly lint?: boolean
  readonly mode?: 'manifest'
  readonly nondeterministic?: boolean
  readonly want: Answer
}

interface Answer {
  readonly rendered?: Readonly<Record<string, string>>
  readonly manifest?: string
  readonly error?: string
  readonly stage?: string
}

/** What the cases call the steps. */
const STAGES: Readonly<Record<ChartStage, string>> = {
  load: 'load',
  dependencies: 'render-values',
  kube: 'kube',
  values: 'render-values',
  render: 'render',
  sort: 'sort',
}

/** Renders the chart; passed when it answers what is wanted. */
export function runEngineCase(json: object): CaseOutcome {
  const testCase = json as EngineCase
  const reason = differenceOf(testCase, answer(testCase))
  return { id: testCase.id, status: reason === undefined ? 'passed' : 'failed', ...(reason && { reason }) }
}

/** Whether an error text is the wanted one, word for word; undefined where no error is wanted. */
export function engineErrorAgrees(json: object): boolean | undefined {
  const testCase = json as EngineCase
  return testCase.want.error === undefined ? undefined : answer(testCase).error === testCase.want.error
}

function answer({ files, values = '', sets = [], kube = 'v1.20.0', strict, lint, mode }: EngineCase): Answer {
  const bytes = new Map(Object.entries(files).map(([path, text]) => [path, bytesOf(text)]))
  const loaded = loadChart(bytes)
  if (loaded.error !== undefined) return { error: loaded.error.message, stage: 'load' }
  const { rendering, error } = renderChart(loaded.chart, {
    values: [{ name: 'values', text: values }],
    sets: sets.map((text) => ({ kind: 'set', text })),
    kubeVersion: kube,
    installChecks: false,
    ...(strict === undefined ? {} : { strict }),
    ...(lint === undefined ? {} : { lint }),
  })
  if (error !== undefined) return { error: error.message, stage: STAGES[error.stage] }
  const all = [...rendering.templates, ...rendering.notes]
  const rendered = Object.fromEntries(all.map(({ name, text }) => [name, text]))
  if (mode !== 'manifest') return { rendered }
  const manifest = manifestOf(rendering)
  if (manifest.error !== undefined) return { rendered, error: manifest.error.message, stage: 'sort' }
  // Where nothing is installed the command still ends its line.
  return { rendered, manifest: manifest.text === '\n' ? '' : manifest.text.replace(/^\n/, '') }
}

function bytesOf(text: string): Uint8Array {
  return text.startsWith('base64:') ? Buffer.from(text.slice('base64:'.length), 'base64') : Buffer.from(text)
}

function differenceOf({ want, nondeterministic }: EngineCase, got: Answer): string | undefined {
  if (want.error !== undefined || got.error !== undefined) {
    if (want.error === undefined) return `error: ${got.error}`
    if (got.error === undefined) return `no error instead of ${want.error}`
    if (want.stage !== got.stage) return `stage ${got.stage} instead of ${want.stage}: ${got.error}`
    const [wanted, found] = [positionIn(want.error), positionIn(got.error)]
    if (nondeterministic !== true && wanted !== undefined && wanted !== found) {
      return `error at ${found} instead of ${wanted}: ${got.error}`
    }
  }
  if (nondeterministic === true) return undefined
  for (const name of new Set([...Object.keys(want.rendered ?? {}), ...Object.keys(got.rendered ?? {})])) {
    const [wanted, found] = [want.rendered?.[name], got.rendered?.[name]]
    if (want.rendered !== undefined && wanted !== found) {
      return `${name}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`
    }
  }
  return want.manifest === undefined || want.manifest === got.manifest
    ? undefined
    : `manifest: ${JSON.stringify(got.manifest)} instead of ${JSON.stringify(want.manifest)}`
}

/** The first template position that a text names; an error of the parser has no column. */
export function positionIn(text: string): string | undefined {
  return /[^\s("]+\.[a-z]+:\d+(?::\d+)?/.exec(text)?.[0]
}
