/** What the values in published files are, by what they hold. */
import { asMap, type Value, type ValueMap } from '@kubescape/resources'

/** A thing that published files hold. */
export type Artifact =
  | { readonly kind: 'framework' | 'control' | 'rule'; readonly map: ValueMap }
  | { readonly kind: 'inputs'; readonly values: ValueMap }
  | { readonly kind: 'exceptions' | 'attack-tracks' }

/** Lists in lists are no published files. */
const DEEPEST = 2

/** The things in a value, and in the lists that it is made of; `undefined` stands for what nobody knows. */
export function artifactsIn(value: Value, depth = 0): readonly (Artifact | undefined)[] {
  if (Array.isArray(value)) {
    if (depth >= DEEPEST) return [undefined]
    return value.length === 0 ? [] : value.flatMap((item) => artifactsIn(item, depth + 1))
  }
  const map = asMap(value)
  return [map === undefined ? undefined : artifactOf(map)]
}

function artifactOf(map: ValueMap): Artifact | undefined {
  if (has(map, 'rule') && typeof map['rule'] === 'string') return { kind: 'rule', map }
  if (Array.isArray(map['controls']) || has(map, 'controlsIDs') || has(map, 'activeControls'))
    return { kind: 'framework', map }
  if (has(map, 'controlID') || has(map, 'rulesNames') || has(map, 'rulesIDs')) return { kind: 'control', map }
  if (map['policyType'] === 'postureExceptionPolicy' || has(map, 'posturePolicies')) return { kind: 'exceptions' }
  if (map['kind'] === 'AttackTrack') return { kind: 'attack-tracks' }
  const settings = asMap(asMap(map['settings'])?.['postureControlInputs'])
  if (settings !== undefined) return { kind: 'inputs', values: settings }
  const lists = Object.values(map)
  return lists.length > 0 && lists.every((list) => Array.isArray(list)) ? { kind: 'inputs', values: map } : undefined
}

function has(map: ValueMap, name: string): boolean {
  return Object.hasOwn(map, name) && map[name] !== null
}
