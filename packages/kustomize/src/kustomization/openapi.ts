/** `openapi`: which lists are merged by keys. */
import { isValueMap, type Value, type ValueMap } from '@kubescape/yaml'

import type { FileSystem } from '../file-system.ts'
import { shapeName, type Shape, type Shapes } from '../patches/merge-keys.ts'
import { readValue } from './field-config.ts'
import { mapOf, mapsOf, textOf, textsOf } from './kustomization.ts'

const MAX_REFERENCES = 32

/** The kinds that a description of an API (OpenAPI v2) names. */
export function readSchema(files: FileSystem, file: string): Shapes {
  const definitions = mapOf(mapOf(readValue(files, file))['definitions'])
  const reader = new SchemaReader(definitions)
  const shapes = new Map<string, Shape>()
  for (const definition of Object.values(definitions)) {
    if (!isValueMap(definition)) continue
    for (const type of mapsOf(definition['x-kubernetes-group-version-kind'])) {
      const [group, version, kind] = [textOf(type['group']), textOf(type['version']), textOf(type['kind'])]
      shapes.set(shapeName({ group, version, kind }), reader.read(definition))
    }
  }
  return shapes
}

/** A shape that is still being read. */
interface OpenShape {
  readonly fields: Record<string, Shape>
  readonly keys?: readonly string[]
}

/** Reads types, each once: they may name each other, and themselves. */
class SchemaReader {
  readonly #definitions: ValueMap
  readonly #known = new Map<ValueMap, OpenShape>()

  constructor(definitions: ValueMap) {
    this.#definitions = definitions
  }

  read(definition: ValueMap): Shape {
    const unread: ValueMap[] = []
    const shape = this.#shape(definition, unread)
    for (let schema = unread.pop(); schema !== undefined; schema = unread.pop()) {
      const { fields } = this.#shape(schema, unread)
      for (const [name, property] of Object.entries(mapOf(schema['properties']))) {
        if (!isValueMap(property)) continue
        const value = this.#shape(property, unread)
        Object.defineProperty(fields, name, { value, enumerable: true, configurable: true })
      }
    }
    return shape
  }

  /** The shape of a type, without its fields when it is new. A list has the fields of its entries. */
  #shape(written: ValueMap, unread: ValueMap[]): OpenShape {
    const schema = this.#resolved(written)
    const present = this.#known.get(schema)
    if (present !== undefined) return present
    const items = schema['items']
    if (!isValueMap(items)) {
      const made: OpenShape = { fields: {} }
      this.#known.set(schema, made)
      unread.push(schema)
      return made
    }
    const keys = keysOf(schema)
    const entry = this.#resolved(items)
    // Lists of lists have no entries with keys.
    const fields = isValueMap(entry['items']) ? {} : this.#shape(entry, unread).fields
    const made: OpenShape = keys === undefined ? { fields } : { fields, keys }
    this.#known.set(schema, made)
    return made
  }

  #resolved(schema: ValueMap): ValueMap {
    let own = schema
    for (let step = 0; step < MAX_REFERENCES; step++) {
      const name = textOf(own['$ref']).replace(/^#\/definitions\//, '')
      const found: Value | undefined =
        name !== '' && Object.hasOwn(this.#definitions, name) ? this.#definitions[name] : undefined
      if (!isValueMap(found)) return own
      own = found
    }
    return own
  }
}

/** The keys of a list that is merged: nothing for one that is replaced. */
function keysOf(list: ValueMap): readonly string[] | undefined {
  if (!textOf(list['x-kubernetes-patch-strategy']).split(',').includes('merge')) return undefined
  const several = textsOf(list['x-kubernetes-list-map-keys'])
  const one = textOf(list['x-kubernetes-patch-merge-key'])
  return several.length > 0 ? several : one === '' ? [] : [one]
}
