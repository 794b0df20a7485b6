/** `crds`: fields that descriptions of own kinds mark as names, labels or annotations. */
import { isValueMap, type ValueMap } from '@kubescape/yaml'

import type { FileSystem } from '../file-system.ts'
import type { FieldSpec } from '../transformers/field-spec.ts'
import { readValue, type FieldConfig } from './field-config.ts'
import { mapsOf, textOf } from './kustomization.ts'

/** The fields that a description of own kinds (OpenAPI) marks. */
export function fieldsOfCrds(files: FileSystem, file: string): Partial<FieldConfig>[] {
  const value = readValue(files, file)
  if (!isValueMap(value)) return []
  return Object.values(value).flatMap((definition) => {
    const schema = isValueMap(definition) ? definition['Schema'] : undefined
    const kind = isValueMap(schema) ? kindOf(schema) : undefined
    return kind === undefined || !isValueMap(schema) ? [] : marked(schema, value, kind, '', new Set())
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
