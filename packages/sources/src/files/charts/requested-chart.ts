/** Charts that a kustomization names in `helmCharts`. */
import { basename, join, relative } from 'node:path'

import { manifestOf, renderChart } from '@kubescape/helm'
import { BuildError, type ChartRequest } from '@kubescape/kustomize'

import type { FoundSource } from '../rendered-sources.ts'
import type { ChartStore } from './chart-store.ts'

const HOOK = /^\s+["']?helm\.sh\/hook["']?:\s*(.*)$/m

/**
 * The manifests of a chart for the kustomization that asks for it.
 * @throws {BuildError} when it cannot be rendered
 */
export function renderRequest(store: ChartStore, source: FoundSource, request: ChartRequest): string {
  const { directory, values, releaseName, namespace, apiVersions, kubeVersion, includeCrds } = request
  const display = join(source.display, relative(source.real, directory))
  const place = { ...source, kind: 'chart', path: directory, real: directory, display } as const
  const { chart, problems } = store.load(place)
  if (chart === undefined) throw failed(directory, problems[0]?.message ?? 'there is no chart')
  const { rendering, error } = renderChart(chart, {
    values,
    release: { name: releaseName, namespace },
    apiVersions,
    ...(kubeVersion === '' ? {} : { kubeVersion }),
  })
  if (error !== undefined) throw failed(directory, error.message)
  const manifest = manifestOf(rendering, { includeCrds })
  if (manifest.error !== undefined) throw failed(directory, manifest.error.message)
  return manifest.text
    .split(/^---\n/m)
    .filter((document) => isWanted(document, request))
    .join('---\n')
}

function isWanted(document: string, { skipHooks, skipTests }: ChartRequest): boolean {
  const [, hook] = HOOK.exec(document) ?? []
  return hook === undefined || !(skipHooks || (skipTests && hook.includes('test')))
}

function failed(directory: string, why: string): BuildError {
  return new BuildError(`the chart ${basename(directory)} cannot be rendered: ${why}`)
}
