/** Which fields transformers change: those of kustomize, and what `configurations` and `crds` add. */
import { isValueMap, readDocument, type Value, type ValueMap } from '@kubescape/yaml'

import type { FileSystem } from '../file-system.ts'
import { BuildError } from '../problem.ts'
import { isSelected, type Kind } from '../resources/identity.ts'
import type { FieldSpec } from '../transformers/field-spec.ts'
import {
  COMMON_ANNOTATIONS,
  COMMON_LABELS,
  IMAGES,
  NAME_REFERENCES,
  NAMES,
  NAMESPACES,
  REPLICAS,
  TEMPLATE_LABELS,
  VARIABLE_FIELDS,
  type NameReference,
} from '../transformers/default-fields.ts'
import { mapsOf, textOf } from './kustomization.ts'

/** The fields of every transformer. */
export interface FieldConfig {
  readonly namePrefix: readonly FieldSpec[]
  readonly nameSuffix: readonly FieldSpec[]
  readonly namespace: readonly FieldSpec[]
  readonly commonLabels: readonly FieldSpec[]
  readonly templateLabels: readonly FieldSpec[]
  readonly commonAnnotations: readonly FieldSpec[]
  readonly nameReference: readonly NameReference[]
  readonly varReference: readonly FieldSpec[]
  readonly images: readonly FieldSpec[]
  readonly replicas: readonly FieldSpec[]
}

/** The fields that count where nobody adds any. */
export const DEFAULT_FIELDS: FieldConfig = {
  namePrefix: NAMES,
  nameSuffix: NAMES,
  namespace: NAMESPACES,
  commonLabels: COMMON_LABELS,
  templateLabels: TEMPLATE_LABELS,
  commonAnnotations: COMMON_ANNOTATIONS,
  nameReference: NAME_REFERENCES,
  varReference: VARIABLE_FIELDS,
  images: IMAGES,
  replicas: REPLICAS,
}

const LISTS = [
  'namePrefix',
  'nameSuffix',
  'namespace',
  'commonLabels',
  'templateLabels',
  'commonAnnotations',
  'varReference',
  'images',
  'replicas',
] as const

/** Two configurations as one; what both say counts once. */
export function mergeFields(a: FieldConfig, b: Partial<FieldConfig>): FieldConfig {
  const merged: Record<string, unknown> = { ...a }
  for (const name of LISTS) merged[name] = mergeSpecs(a[name], b[name] ?? [])
  merged['nameReference'] = mergeReferences(a.nameReference, b.nameReference ?? [])
  return merged as unknown as FieldConfig
}

/**
 * Adds fields to others. One that names fewer kinds than a field of the same path is there already, as kustomize sees it.
 * @throws {BuildError} when both would be, and only one of them is made where it is missing
 */
export function mergeSpecs(a: readonly FieldSpec[], b: readonly FieldSpec[]): readonly FieldSpec[] {
  if (b.length === 0) return a
  const merged = [...a]
  for (const spec of b) {
    const present = merged.find((each) => each.path === spec.path && isSelected(kindOf(each), spec))
    if (present === undefined) merged.push(spec)
    else if ((present.create === true) !== (spec.create === true)) throw new BuildError('conflicting fieldspecs')
  }
  return merged
}

function kindOf({ group = '', version = '', kind = '' }: FieldSpec): Kind {
  return { group, version, kind }
}

function mergeReferences(a: readonly NameReference[], b: readonly NameReference[]): readonly NameReference[] {
  const merged = [...a]
  for (const reference of b) {
    const at = merged.findIndex(
      (each) =>
        each.kind === reference.kind &&
        (each.group ?? '') === (reference.group ?? '') &&
        (each.version ?? '') === (reference.version ?? ''),
    )
    const present = merged[at]
    if (present === undefined) merged.push(reference)
    else merged[at] = { ...present, fields: mergeSpecs(present.fields, reference.fields) }
  }
  return merged
}

/**
 * Reads a file that `configurations` names.
 * @throws {BuildError} when it cannot be read
 */
export function readConfiguration(files: FileSystem, file: string): Partial<FieldConfig>[] {
  const value = readValue(files, file)
  if (!isValueMap(value)) throw new BuildError(`the configuration ${file} is no mapping`, file, 1)
  return [configOf(value)]
}

/** The value of a YAML or JSON file. */
export function readValue(files: FileSystem, file: string): Value {
  const text = files.read(file)
  if (text === undefined) throw new BuildError(`open ${file}: no such file or directory`)
  const { value, problems } = readDocument(text, { start: 0, end: text.length, line: 1 })
  if (value === undefined)
    throw new BuildError(`${file}: ${problems[0]?.message ?? 'no YAML'}`, file, problems[0]?.line)
  return value
}

/** The fields of a configuration that is written down. */
function configOf(value: ValueMap): Partial<FieldConfig> {
  const lists = LISTS.map((name) => [name, mapsOf(value[name]).map(specOf)] as const)
  return {
    ...(Object.fromEntries(lists) as Partial<FieldConfig>),
    nameReference: mapsOf(value['nameReference']).map((each) => ({
      kind: textOf(each['kind']),
      ...typeOf(each),
      fields: mapsOf(each['fieldSpecs']).map(specOf),
    })),
  }
}

/** A field as it is written down. */
export function specOf(value: ValueMap): FieldSpec {
  const kind = textOf(value['kind'])
  return {
    path: textOf(value['path']),
    ...(kind === '' ? {} : { kind }),
    ...typeOf(value),
    ...(value['create'] === true ? { create: true } : {}),
  }
}

function typeOf(value: ValueMap): { group?: string; version?: string } {
  const [group, version] = [textOf(value['group']), textOf(value['version'])]
  return { ...(group === '' ? {} : { group }), ...(version === '' ? {} : { version }) }
}
