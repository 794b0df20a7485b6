/** The same data under other keys: clouds and their programs spell the same fields differently. */
import { asMap, type Value, type ValueMap } from '@kubescape/resources'

const MOST_LEVELS = 64

/** How to rename. */
export interface Renaming {
  readonly key: (key: string) => string
  /** Fields, before renaming, whose keys are names that users chose. */
  readonly keep: ReadonlySet<string>
  /** Fields, before renaming, that are left out: secrets, and what nobody needs. */
  readonly drop: ReadonlySet<string>
}

/** A copy with other keys; what lies deeper than 64 levels is left out. */
export function renameKeys(value: Value, renaming: Renaming, level = 0): Value {
  if (level > MOST_LEVELS) return null
  if (Array.isArray(value)) return value.map((entry) => renameKeys(entry, renaming, level + 1))
  const map = asMap(value)
  return map === undefined ? value : renameMap(map, renaming, level)
}

/** A copy of a map with other keys. */
export function renameMap(map: ValueMap, renaming: Renaming, level = 0): ValueMap {
  return Object.fromEntries(
    Object.entries(map)
      .filter(([key]) => !renaming.drop.has(key))
      .map(([key, value]) => [
        renaming.key(key),
        renaming.keep.has(key) ? value : renameKeys(value, renaming, level + 1),
      ]),
  )
}

/** `endpointPublicAccess` as `EndpointPublicAccess`. */
export function pascalCase(key: string): string {
  return key.slice(0, 1).toUpperCase() + key.slice(1)
}

/** `databaseEncryption` as `database_encryption`. */
export function snakeCase(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
