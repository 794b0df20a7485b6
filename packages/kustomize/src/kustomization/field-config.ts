/** Which fields transformers change: those of kustomize, and what `configurations` and `crds` add. */
import { isValueMap, readDocument, type Value, type ValueMap } from '@kubescape/yaml'

import { resolvePath, type FileSystem } from '../file-system.ts'
import { BuildError } from '../problem.ts'
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

function mergeSpecs(a: readonly FieldSpec[], b: readonly FieldSpec[]): readonly FieldSpec[] {
  if (b.length === 0) return a
  const merged = [...a]
  for (const spec of b) {
    const at = merged.findIndex(
      (each) =>
        each.path === spec.path &&
        (each.kind ?? '') === (spec.kind ?? '') &&
        (each.group ?? '') === (spec.group ?? '') &&
        (each.version ?? '') === (spec.version ?? ''),
    )
    if (at < 0) merged.push(spec)
    else if (spec.create === true) merged[at] = spec
  }
  return merged
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
 * Reads the files that `configurations` names.
 * @throws {BuildError} when one cannot be read
 */
export function readConfigurations(
  files: FileSystem,
  directory: string,
  paths: readonly string[],
): Partial<FieldConfig>[] {
  return paths.map((path) => {
    const file = resolvePath(directory, path)
    const value = readValue(files, file)
    if (!isValueMap(value)) throw new BuildError(`the configuration ${path} is no mapping`, file)
    return configOf(value)
  })
}

/** The value of a YAML or JSON file. */
export function readValue(files: FileSystem, file: string): Value {
  const text = files.read(file)
  if (text === undefined) throw new BuildError(`${file} cannot be read`, file)
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

/** The fields that descriptions of own kinds (OpenAPI) mark as names, labels, annotations. */
export function fieldsOfCrds(files: FileSystem, directory: string, paths: readonly string[]): Partial<FieldConfig>[] {
  return paths.flatMap((path) => {
    const value = readValue(files, resolvePath(directory, path))
    if (!isValueMap(value)) return []
    return Object.values(value).flatMap((definition) => {
      const schema = isValueMap(definition) ? definition['Schema'] : undefined
      const kind = isValueMap(schema) ? kindOf(schema) : undefined
      return kind === undefined || !isValueMap(schema) ? [] : marked(schema, value, kind, '', new Set())
    })
  })
}

interface OwnKind {
  readonly group: string
  readonly version: string
  readonly kind: string
}

function kindOf(schema: ValueMap): OwnKind | undefined {
  const properties = schema['properties']
  if (!isValueMap(properties) || !('kind' in properties) || !('apiVersion' in properties)) return undefined
  const [first] = mapsOf(schema['x-kubernetes-group-version-kind'])
  if (first === undefined) return undefined
  return { group: textOf(first['group']), version: textOf(first['version']), kind: textOf(first['kind']) }
}

function marked(
  schema: ValueMap,
  all: ValueMap,
  of: OwnKind,
  path: string,
  above: ReadonlySet<ValueMap>,
): Partial<FieldConfig>[] {
  const properties = schema['properties']
  if (!isValueMap(properties) || above.has(schema)) return []
  const below = new Set([...above, schema])
  return Object.entries(properties).flatMap(([name, property]) => {
    if (!isValueMap(property)) return []
    const own = path === '' ? name : `${path}/${name}`
    const spec: FieldSpec = { ...of, path: own }
    const found: Partial<FieldConfig>[] = []
    if ('x-kubernetes-annotation' in property) found.push({ commonAnnotations: [spec] })
    if ('x-kubernetes-label-selector' in property) found.push({ commonLabels: [spec] })
    if ('x-kubernetes-identity' in property) found.push({ namePrefix: [spec] })
    const target = textOf(property['x-kubernetes-object-ref-kind'])
    if (target !== '') {
      const version = textOf(property['x-kubernetes-object-ref-api-version'])
      const key = textOf(property['x-kubernetes-object-ref-name-key']) || 'name'
      found.push({
        nameReference: [
          { kind: target, ...(version === '' ? {} : { version }), fields: [{ ...of, path: `${own}/${key}` }] },
        ],
      })
    }
    const named =
      textOf(property['$ref']) || textOf(isValueMap(property['items']) ? property['items']['$ref'] : undefined)
    const definition = all[named.replace(/^#\/definitions\//, '')] ?? all[named]
    const next = isValueMap(definition) ? definition['Schema'] : property
    return isValueMap(next) ? [...found, ...marked(next, all, of, own, below)] : found
  })
}
