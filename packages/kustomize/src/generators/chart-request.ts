/** `helmCharts`: which chart is rendered, with which values. */
import type { Value, ValueMap } from '@kubescape/yaml'

import { resolvePath, type FileSystem } from '../file-system.ts'
import { mapOf, textOf, textsOf } from '../kustomization/kustomization.ts'
import { nodeOf } from '../nodes/value.ts'
import { writeAsJson } from '@kubescape/yaml'
import { BuildError } from '../problem.ts'

/** A chart to render; whoever builds brings what renders it. */
export interface ChartRequest {
  /** The folder of the chart. */
  readonly directory: string
  readonly releaseName: string
  readonly namespace: string
  /** Texts of values, the last one on top. */
  readonly values: readonly { readonly name: string; readonly text: string }[]
  readonly includeCrds: boolean
  readonly skipTests: boolean
  readonly skipHooks: boolean
  readonly apiVersions: readonly string[]
  /** Empty for the usual one. */
  readonly kubeVersion: string
}

/**
 * Reads an entry of `helmCharts`.
 * @throws {BuildError} when the chart is not on this machine
 */
export function chartOf(
  chart: ValueMap,
  globals: ValueMap,
  directory: string,
  files: FileSystem,
  file: string,
  line: number,
): ChartRequest {
  const name = textOf(chart['name'])
  const home = textOf(globals['chartHome']) || 'charts'
  const version = textOf(chart['version'])
  const folder = resolvePath(directory, home)
  // A chart that was pulled in a version lies in a folder of its own.
  const place = [`${folder}/${name}-${version}/${name}`, `${folder}/${name}`].find(
    (path) => files.kind(path) === 'directory',
  )
  if (name === '') throw new BuildError('chart name cannot be empty', file, line)
  if (place === undefined) {
    throw new BuildError(
      `no chart ${name} in ${home}: charts are not fetched; vendor it with helm pull --untar --untardir ${home}`,
      file,
      line,
    )
  }
  return {
    directory: place,
    releaseName: textOf(chart['releaseName']) || 'release-name',
    namespace: textOf(chart['namespace']) || 'default',
    values: valuesOf(chart, place, directory, files, file, line),
    includeCrds: chart['includeCRDs'] === true,
    skipTests: chart['skipTests'] === true,
    skipHooks: chart['skipHooks'] === true,
    apiVersions: textsOf(chart['apiVersions']),
    kubeVersion: textOf(chart['kubeVersion']),
  }
}

/** The values of a chart. What is written in the kustomization wins over the file that it names, unless it says otherwise. */
function valuesOf(
  chart: ValueMap,
  chartFolder: string,
  directory: string,
  files: FileSystem,
  file: string,
  line: number,
): ChartRequest['values'] {
  const read = (path: string): { readonly name: string; readonly text: string } => {
    const place = resolvePath(directory, path)
    const text = files.read(place)
    if (text === undefined) throw new BuildError(`the values ${path} cannot be read`, file, line)
    return { name: place, text }
  }
  const given: Value | undefined = chart['valuesInline']
  const inline = given === undefined || given === null ? [] : [{ name: file, text: writeAsJson(nodeOf(mapOf(given))) }]
  const path = textOf(chart['valuesFile'])
  const merge = textOf(chart['valuesMerge'])
  const more = textsOf(chart['additionalValuesFiles']).map(read)
  if (inline.length === 0) return [...(path === '' ? [] : [read(path)]), ...more]
  switch (merge) {
    case '':
    case 'override':
      return [...(path === '' ? [] : [read(path)]), ...inline, ...more]
    case 'merge': {
      // Where no file is named, that of the chart has its say.
      const usual = `${chartFolder}/values.yaml`
      const text = path === '' ? files.read(usual) : undefined
      return [
        ...inline,
        ...(text === undefined ? [] : [{ name: usual, text }]),
        ...(path === '' ? [] : [read(path)]),
        ...more,
      ]
    }
    case 'replace':
      return [...inline, ...more]
    default:
      throw new BuildError('valuesMerge must be one of [merge override replace]', file, line)
  }
}
