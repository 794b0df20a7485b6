/** `openapi`: which lists of own kinds are merged by keys. */
import { isValueMap, type Value, type ValueMap } from '@kubescape/yaml'

import type { FileSystem } from '../file-system.ts'
import type { Shape } from '../patches/merge-keys.ts'
import { readValue } from './field-config.ts'
import { mapOf, mapsOf, textOf, textsOf } from './kustomization.ts'

const MAX_DEPTH = 32

/** The kinds that a description of an API (OpenAPI v2) names, by `kind.group`. */
export function readSchema(files: FileSystem, file: string): ReadonlyMap<string, Shape> {
  const definitions = mapOf(mapOf(readValue(files, file))['definitions'])
  const shapes = new Map<string, Shape>()
  for (const definition of Object.values(definitions)) {
    if (!isValueMap(definition)) continue
    for (const type of mapsOf(definition['x-kubernetes-group-version-kind'])) {
      const shape = shapeOf(definition, definitions, 0)
      if (shape !== undefined) shapes.set(`${textOf(type['kind'])}.${textOf(type['group'])}`, shape)
    }
  }
  return shapes
}

/** The lists below a schema; undefined where there is none. */
function shapeOf(schema: ValueMap, definitions: ValueMap, depth: number): Shape | undefined {
  const own = resolved(schema, definitions)
  if (depth > MAX_DEPTH) return undefined
  const items = own['items']
  if (isValueMap(items)) {
    const keys = keysOf(own)
    return keys === undefined ? undefined : { fields: shapeOf(items, definitions, depth + 1)?.fields ?? {}, keys }
  }
  const fields: Record<string, Shape> = {}
  for (const [name, property] of Object.entries(mapOf(own['properties']))) {
    const shape = isValueMap(property) ? shapeOf(property, definitions, depth + 1) : undefined
    if (shape !== undefined) Object.defineProperty(fields, name, { value: shape, enumerable: true })
  }
  return Object.keys(fields).length === 0 ? undefined : { fields }
}

/** The keys of a list that is merged: nothing for one that is replaced. */
function keysOf(list: ValueMap): readonly string[] | undefined {
  if (!textOf(list['x-kubernetes-patch-strategy']).split(',').includes('merge')) return undefined
  const several = textsOf(list['x-kubernetes-list-map-keys'])
  const one = textOf(list['x-kubernetes-patch-merge-key'])
  return several.length > 0 ? several : one === '' ? [] : [one]
}

function resolved(schema: ValueMap, definitions: ValueMap): ValueMap {
  const name = textOf(schema['$ref']).replace(/^#\/definitions\//, '')
  const found: Value | undefined = name === '' ? undefined : definitions[name]
  return isValueMap(found) ? { ...found, ...schema } : schema
}
