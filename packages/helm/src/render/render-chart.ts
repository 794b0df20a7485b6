/** Charts to rendered templates: what `helm template` does before it sorts what was written. */
import { chartFailure, ChartFailure, type ChartError } from '../chart/chart-error.ts'
import { isLibrary, type Chart } from '../chart/chart.ts'
import { Budget, type Dict, LimitError } from '@kubescape/go-template'
import { defaultChartLimits } from '../limits.ts'
import { schemaProblems } from '../schema/chart-schemas.ts'
import { coalesceValues, ValuesMismatch, type ValuesWork } from '../values/coalesce.ts'
import { capabilities } from './capabilities.ts'
import { ChartNode } from './chart-node.ts'
import { userValues } from './chart-values.ts'
import { DEFAULT_KUBE_VERSION, parseKubeVersion, type KubeVersion } from './kube-version.ts'
import { isInRange, missingDependencies, processDependencies } from './process-dependencies.ts'
import type { Release, Rendering, RenderOptions, RenderResult } from './render-options.ts'
import { RunContext } from './run-context.ts'
import { runTemplates } from './run-templates.ts'
import { scopesOf } from './scope.ts'

/** Warnings beyond these are left out. */
const MAX_WARNINGS = 1000
const DEFAULT_RELEASE: Release = {
  name: 'release-name',
  namespace: 'default',
  isInstall: true,
  isUpgrade: false,
  revision: 1,
}

/** Renders a chart with values. The same chart, options and seed give the same texts. */
export function renderChart(chart: Chart, options: RenderOptions = {}): RenderResult {
  const warnings: string[] = []
  try {
    return { rendering: run(chart, options, warnings) }
  } catch (error) {
    return { error: asChartError(error) }
  }
}

/** What is wrong with the values of the options, whatever chart they are for; undefined when nothing is. */
export function problemOfValues(options: RenderOptions): ChartError | undefined {
  try {
    const budget = new Budget(options.limits)
    userValues(options, (entries) => budget.spend(entries))
    return undefined
  } catch (error) {
    return asChartError(error)
  }
}

function run(chart: Chart, options: RenderOptions, warnings: string[]): Rendering {
  const { dependencyProcessing = true, installChecks = true, sourceMap = false } = options
  const limits = { ...defaultChartLimits, ...options.limits }
  const budget = new Budget(limits)
  const work: ValuesWork = {
    warn: (warning) => {
      if (warnings.length < MAX_WARNINGS) warnings.push(warning)
    },
    spend: (entries) => budget.spend(entries),
  }
  const user = userValues(options, work.spend)
  const kubeVersion = kubeVersionOf(options)
  const root = new ChartNode(chart, { traced: sourceMap, left: limits.charts })
  if (installChecks) checkIsComplete(root)
  if (dependencyProcessing) processDependencies(root, user, work)
  const values = coalesceValues(root, user, work)
  checkSchemas(root, values, work)
  if (installChecks) checkKubeVersion(chart, kubeVersion)
  const { now = 0, seed = '', lint = false, strict = false } = options
  const context = new RunContext({ now, seed, lint, budget, warn: work.warn })
  const shared = {
    release: { ...DEFAULT_RELEASE, ...options.release },
    capabilities: capabilities(kubeVersion, options.apiVersions ?? []),
  }
  const scopes = scopesOf(root, values, shared)
  const texts = runTemplates(scopes, { context, budget, strict, traced: sourceMap, codeLimit: limits.templateCode })
  return { ...texts, warnings }
}

function kubeVersionOf({ kubeVersion }: RenderOptions): KubeVersion {
  if (kubeVersion === undefined) return DEFAULT_KUBE_VERSION
  const parsed = parseKubeVersion(kubeVersion)
  if (parsed === undefined) throw chartFailure('kube', `could not parse ${JSON.stringify(kubeVersion)} as version`)
  return parsed
}

function checkIsComplete(root: ChartNode): void {
  if (isLibrary(root.chart)) throw chartFailure('dependencies', 'library charts are not installable')
  const missing = missingDependencies(root)
  if (missing.length === 0) return
  throw chartFailure(
    'dependencies',
    'An error occurred while checking for chart dependencies. You may need to run `helm dependency build` to fetch ' +
      `missing dependencies: found in Chart.yaml, but missing in charts/ directory: ${missing.join(', ')}`,
  )
}

function checkKubeVersion({ metadata }: Chart, { version }: KubeVersion): void {
  const { kubeVersion } = metadata
  if (kubeVersion === '' || isInRange(kubeVersion, version)) return
  throw chartFailure(
    'dependencies',
    `chart requires kubeVersion: ${kubeVersion} which is incompatible with Kubernetes ${version}`,
  )
}

function checkSchemas(root: ChartNode, values: Dict, work: ValuesWork): void {
  const problems = schemaProblems(root, values, work)
  if (problems === '') return
  throw chartFailure(
    'values',
    `values don't meet the specifications of the schema(s) in the following chart(s):\n${problems}`,
  )
}

function asChartError(error: unknown): ChartError {
  if (error instanceof ChartFailure) return error.error
  if (error instanceof ValuesMismatch) {
    return chartFailure('values', error.message).error
  }
  if (error instanceof LimitError) {
    return { stage: 'render', message: error.message, cause: error.message, chain: [], isLimit: true }
  }
  throw error
}
