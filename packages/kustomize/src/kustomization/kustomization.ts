/** A kustomization file as its fields. */
import { isValueMap, openDocument, type OpenDocument, type Value, type ValueMap } from '@kubescape/yaml'

import { baseName, type FileSystem } from '../file-system.ts'
import { BuildError } from '../problem.ts'
import { checkFields } from './check-fields.ts'
import { KUSTOMIZATION_FIELDS } from './field-types.ts'

/** Names that a kustomization file may have. */
export const KUSTOMIZATION_FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const

/** A kustomization that has been read. */
export interface Kustomization {
  /** The file. */
  readonly file: string
  readonly directory: string
  readonly isComponent: boolean
  /** The fields as they are written, deprecated ones under their present names. */
  readonly fields: ValueMap
  /** Fields whose names are deprecated. */
  readonly warnings: readonly string[]
  /** The line on which a field begins, such as `images[0]`. */
  readonly lineOf: (path: string) => number
}

const DEPRECATED: Readonly<Record<string, string>> = {
  bases: 'resources',
  patchesStrategicMerge: 'patches',
  patchesJson6902: 'patches',
  commonLabels: 'labels',
  vars: 'replacements',
  imageTags: 'images',
  helmChartInflationGenerator: 'helmCharts',
}

const CHART_FIELDS: Readonly<Record<string, string>> = {
  chartName: 'name',
  chartVersion: 'version',
  chartRepoUrl: 'repo',
  releaseName: 'releaseName',
  releaseNamespace: 'namespace',
  values: 'valuesFile',
  valuesLocal: 'valuesInline',
  valuesMerge: 'valuesMerge',
}

/** The kustomization file of a directory; undefined where there is none. */
function kustomizationFile(files: FileSystem, directory: string): string | undefined {
  const found = KUSTOMIZATION_FILES.map((name) => (directory === '.' ? name : `${directory}/${name}`)).filter(
    (path) => files.kind(path) === 'file',
  )
  if (found.length > 1) {
    throw new BuildError(`Found multiple kustomization files: ${found.map(baseName).join(', ')}`, found[0])
  }
  return found[0]
}

/**
 * Reads the kustomization of a directory.
 * @throws {BuildError} when there is none, or not exactly one, or it makes no sense
 */
export function readKustomization(files: FileSystem, directory: string): Kustomization {
  const file = kustomizationFile(files, directory)
  if (file === undefined) {
    throw new BuildError(
      `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${directory}'`,
    )
  }
  const text = files.read(file)
  if (text === undefined) throw new BuildError(`${file} cannot be read`, file)
  const document = openDocument(text, { start: 0, end: text.length, line: 1 })
  const problem = document.value === undefined ? document.problems[0] : undefined
  if (problem !== undefined) throw new BuildError(`invalid Kustomization: ${problem.message}`, file, problem.line)
  if (document.value === null || document.value === undefined) {
    throw new BuildError('kustomization.yaml is empty', file, 1)
  }
  return checked(file, directory, document.value, document)
}

function checked(file: string, directory: string, written: Value, document: OpenDocument): Kustomization {
  const lineOf = (path: string): number => document.locate([path])[0]?.line ?? 1
  const problem = (message: string, path: string): BuildError =>
    new BuildError(`invalid Kustomization: ${message}`, file, lineOf(path))
  const value = mapOf(checkFields(withLegacyPatches(written), KUSTOMIZATION_FIELDS, problem))
  const kind = textOf(value['kind']) || 'Kustomization'
  const isComponent = kind === 'Component'
  const refused = (field: string, why: string): BuildError =>
    new BuildError(`Failed to read kustomization file under ${directory}:\n${why}`, file, lineOf(field))
  if (kind !== 'Kustomization' && !isComponent) throw refused('kind', 'kind should be Kustomization or Component')
  const version = textOf(value['apiVersion'])
  const known = `kustomize.config.k8s.io/${isComponent ? 'v1alpha1' : 'v1beta1'}`
  if (version !== '' && version !== known) {
    throw refused('apiVersion', `apiVersion for ${kind} should be ${known}`)
  }
  if (Object.keys(value).every((name) => name === 'apiVersion' || name === 'kind')) {
    throw new BuildError('kustomization.yaml is empty', file, 1)
  }
  const warnings = Object.entries(DEPRECATED).flatMap(([old, present]) =>
    old in value ? [`'${old}' is deprecated. Please use '${present}' instead.`] : [],
  )
  return { file, directory, isComponent, fields: renamed(value), warnings, lineOf }
}

/** Long ago `patches` was a list of files for strategic merges. */
function withLegacyPatches(value: Value): Value {
  if (!isValueMap(value)) return value
  const { patches, ...rest } = value
  if (!Array.isArray(patches) || patches.length === 0 || !patches.every((each) => typeof each === 'string'))
    return value
  return { ...rest, patchesStrategicMerge: [...listOf(value['patchesStrategicMerge']), ...patches] }
}

/** Deprecated fields under their present names, as far as these mean the same. */
function renamed(value: ValueMap): ValueMap {
  const { bases, imageTags, helmChartInflationGenerator: charts, ...fields } = value
  if (bases !== undefined) fields['resources'] = [...listOf(value['resources']), ...listOf(bases)]
  if (imageTags !== undefined) fields['images'] = [...listOf(value['images']), ...listOf(imageTags)]
  if (charts !== undefined) {
    fields['helmCharts'] = [...listOf(value['helmCharts']), ...mapsOf(charts).map(presentChart)]
    const home = mapsOf(charts).find((chart) => textOf(chart['chartHome']) !== '')?.['chartHome']
    if (home !== undefined) fields['helmGlobals'] ??= { chartHome: home }
  }
  return fields
}

/** An entry of `helmChartInflationGenerator` as one of `helmCharts`. */
function presentChart(chart: ValueMap): ValueMap {
  const made: ValueMap = {}
  for (const [old, present] of Object.entries(CHART_FIELDS)) {
    const value = chart[old]
    if (value !== undefined) made[present] = value
  }
  return made
}

/** The entries of a list; nothing where there is none. */
export function listOf(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : []
}

/** The entries of a list that are mappings. */
export function mapsOf(value: Value | undefined): readonly ValueMap[] {
  return listOf(value).filter((each) => isValueMap(each))
}

/** The entries of a list that are texts. */
export function textsOf(value: Value | undefined): readonly string[] {
  return listOf(value).filter((each) => typeof each === 'string')
}

/** A value as a mapping; an empty one for anything else. */
export function mapOf(value: Value | undefined): ValueMap {
  return isValueMap(value) ? value : {}
}

/** A scalar as a text; empty for anything else. */
export function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'bigint' ? String(value) : ''
}
