/** What a rule judges: objects, or what an aggregator makes of them; and finding them by what rules answer with. */
import type { Vector } from '@kubescape/controls'
import {
  asList,
  asText,
  asTexts,
  asMap,
  field,
  identityOf,
  joinSubjects,
  readBinding,
  readRole,
  type Identity,
  type Placed,
  type Ref,
  type Value as YamlValue,
  type ValueMap,
} from '@kubescape/resources'
import { compareValues, isObject, type Value } from '@kubescape/rego'

import { itemsOf, member, textMember } from './rule-value.ts'
import type { Gathered, ObjectRow } from './whole-objects.ts'

/** How published rules want their objects: each by itself, each subject with its binding and role, or the API server alone. */
export type Aggregator = 'subject-role-rolebinding' | 'apiserver-pod'

/** Something that is judged: what the rule sees, and what it is in the scan. */
export interface Candidate {
  readonly value: Value
  readonly subject: Ref | Vector
}

/** True for the name of an aggregator. */
export function isAggregator(name: string): name is Aggregator {
  return name === 'subject-role-rolebinding' || name === 'apiserver-pod'
}

/** What a rule judges of the objects that were gathered for it. */
export function candidatesOf({ rows }: Gathered, aggregator: Aggregator | undefined): readonly Candidate[] {
  switch (aggregator) {
    case 'subject-role-rolebinding':
      return subjectsOf(rows)
    case 'apiserver-pod':
      return apiServers(rows).map(candidateOf)
    default:
      return rows.map(candidateOf)
  }
}

function candidateOf({ object, ref }: ObjectRow): Candidate {
  return { value: object, subject: ref }
}

/** Every subject of a binding, with the binding and the role that it is bound to as `relatedObjects`. */
function subjectsOf(rows: readonly ObjectRow[]): Candidate[] {
  const objects = new Map(rows.map(({ ref, object }) => [ref, object]))
  const placed = <T>(read: (row: ObjectRow) => T | undefined): Placed<T>[] =>
    rows.flatMap((row) => {
      const facts = read(row)
      return facts === undefined ? [] : [{ ...facts, ref: row.ref, file: row.file }]
    })
  return joinSubjects(placed(readRole), placed(readBinding)).flatMap(({ subject, binding, role }): Candidate[] => {
    const bound = objects.get(binding.ref)
    const granted = objects.get(role.ref)
    const written = asMap(asList(bound?.['subjects'])[subject.index])
    if (bound === undefined || granted === undefined || written === undefined) return []
    const { kind, name, namespace, apiGroup } = subject
    return [
      {
        value: { ...written, relatedObjects: [bound, granted] },
        subject: { kind, name, namespace, apiGroup, related: [binding.ref, role.ref] },
      },
    ]
  })
}

const API_SERVER = /apiserver|api-server/
/** Pods of aggregated API servers have such names too; this program tells the main one. */
const PROGRAM = /kube-?api-?server|hyperkube/

/** The Pods of the API server: those that start its program, or else the first with such a name. */
function apiServers(rows: readonly ObjectRow[]): readonly ObjectRow[] {
  const named = rows.filter(
    ({ identity: { kind, namespace, name } }) => kind === 'Pod' && namespace === 'kube-system' && API_SERVER.test(name),
  )
  const main = named.filter(({ identity, object }) =>
    [identity.name, ...commandOf(object)].some((text) => PROGRAM.test(text)),
  )
  return main.length > 0 ? main : named.slice(0, 1)
}

function commandOf(pod: ValueMap): string[] {
  return asList(field(pod, 'spec', 'containers')).flatMap((container) => asTexts(field(container, 'command')))
}

/** Finds candidates by the objects that rules answer with: the same object, an equal one, or those with its identity. */
export class CandidateFinder {
  readonly #candidates: readonly Candidate[]
  readonly #places: ReadonlyMap<Value, number>
  #byKey: Map<string, number[]> | undefined

  constructor(candidates: readonly Candidate[]) {
    this.#candidates = candidates
    this.#places = new Map(candidates.map(({ value }, place) => [value, place]))
  }

  /** Places of all candidates. */
  get all(): readonly number[] {
    return [...this.#candidates.keys()]
  }

  /** Places of the candidates that are meant; none when nobody is. */
  find(object: Value): readonly number[] {
    const place = this.#places.get(object)
    if (place !== undefined) return [place]
    const twins = this.#twinsOf(object)
    if (twins.length < 2) return twins
    const equal = twins.filter((at) => compareValues(this.#candidates[at]?.value ?? null, object) === 0)
    return equal.length > 0 ? equal : twins
  }

  #twinsOf(object: Value): readonly number[] {
    this.#byKey ??= this.#index()
    for (const key of keysOf(object)) {
      const places = this.#byKey.get(key)
      if (places !== undefined) return places
    }
    return []
  }

  #index(): Map<string, number[]> {
    const byKey = new Map<string, number[]>()
    for (const [place, { value }] of this.#candidates.entries()) {
      for (const key of keysOf(value)) {
        const places = byKey.get(key)
        if (places === undefined) byKey.set(key, [place])
        else places.push(place)
      }
    }
    return byKey
  }
}

/** What an object is found by: its identity, and where a rule has dropped part of that, what is left of it. */
function keysOf(object: Value): string[] {
  const related = itemsOf(member(object, 'relatedObjects'))
  if (related !== undefined) {
    const parts = ['apiGroup', 'namespace', 'kind', 'name'].map((name) => textMember(object, name))
    return [JSON.stringify(['vector', ...parts, ...related.map(objectKey).toSorted()])]
  }
  return [objectKey(object), JSON.stringify([...partsOf(object)])]
}

function objectKey(object: Value): string {
  return JSON.stringify([textMember(object, 'apiVersion'), ...partsOf(object)])
}

function partsOf(object: Value): readonly string[] {
  const metadata = member(object, 'metadata')
  return [
    scalar(member(object, 'kind')),
    scalar(member(metadata, 'namespace')),
    scalar(member(metadata, 'name')) || scalar(member(metadata, 'generateName')) || scalar(member(object, 'name')),
  ]
}

/** Numeric names are texts too. */
function scalar(value: Value | undefined): string {
  return asText(value as YamlValue) ?? ''
}

/** How a message names an object that nobody knows. */
export function describeObject(object: Value): string {
  const identity: Identity | undefined = isObject(object) ? identityOf(object as YamlValue) : undefined
  if (identity === undefined) return 'an object without kind and name'
  return `${identity.kind} ${identity.namespace === '' ? '' : `${identity.namespace}/`}${identity.name}`
}
