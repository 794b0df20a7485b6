/** One workload among the objects of an input: looked for while they stream by. */
import { resolve } from 'node:path'

import {
  isManaged,
  landingNamespace,
  ownerOf,
  WORKLOAD_KINDS,
  type Identity,
  type Origin,
  type Owner,
  type Resource,
} from '@kubescape/resources'
import type { Report } from '@kubescape/results'
import { isTarget, nearest, type ResourceSource, type TargetWorkload } from '@kubescape/scanner'

import { Failure } from '../failure.ts'
import { count } from '../terminal.ts'
import { workloadName } from '../workload-name.ts'
import type { Input } from './input.ts'

/** Names that are kept for suggestions; more of them help nobody. */
const MOST_NAMES = 10_000
const MOST_SHOWN = 5
/** Owners above owners; objects may name each other. */
export const LONGEST_CHAIN = 4

/** The input, of which only the workload is judged. `file` is where it lives, if that was said. */
export function onlyWorkload(input: Input, asked: TargetWorkload, file: string | undefined): Input {
  const target: TargetWorkload =
    file === undefined ? asked : { ...asked, isInFile: (each) => resolve(each) === resolve(file) }
  const search = new Search(input.source, target)
  return {
    ...input,
    get namedProblems() {
      return input.namedProblems
    },
    source: search,
    filter: { workload: target },
    requireResources(report: Report) {
      input.requireResources(report)
      search.requireOne()
    },
  }
}

/** What is remembered of a workload: enough to name it. */
interface Seen {
  readonly identity: Identity
  readonly origin: Origin | undefined
  readonly isManaged: boolean
}

class Search implements ResourceSource {
  readonly #source: ResourceSource
  readonly #target: TargetWorkload
  readonly #found: Seen[] = []
  readonly #others: Identity[] = []
  /** Owners of what a workload made, by kind and name. */
  readonly #owners = new Map<string, Owner>()

  constructor(source: ResourceSource, target: TargetWorkload) {
    this.#source = source
    this.#target = target
  }

  async *resources(needs: Parameters<ResourceSource['resources']>[0]): AsyncGenerator<Resource> {
    for await (const resource of this.#source.resources(needs)) {
      this.#look(resource)
      yield resource
    }
  }

  coverage(): ReturnType<ResourceSource['coverage']> {
    return this.#source.coverage()
  }

  /**
   * @throws {Failure} when there is no such workload, more than one, or one that another one made
   */
  requireOne(): void {
    const [first, ...others] = this.#found
    if (first === undefined) throw missing(this.#target, this.#others)
    if (others.length > 0) throw ambiguous(this.#target, this.#found)
    if (first.isManaged) {
      const owners = chainOf(first.identity, (identity) => this.#owners.get(keyOf(identity)))
      if (owners.length > 0) throw made(first.identity, owners)
    }
  }

  #look(resource: Resource): void {
    const { identity, object, origin } = resource
    if (!WORKLOAD_KINDS.includes(identity.kind)) return
    const isMade = isManaged(resource)
    const owner = isMade ? ownerOf(object) : undefined
    if (owner !== undefined && this.#owners.size < MOST_NAMES) this.#owners.set(keyOf(identity), owner)
    if (isTarget(this.#target, resource)) this.#found.push({ identity, origin, isManaged: isMade })
    else if (!isMade && this.#others.length < MOST_NAMES) this.#others.push(identity)
  }
}

function keyOf(identity: Identity): string {
  return `${landingNamespace(identity)}/${identity.kind}/${identity.name}`
}

/**
 * The workloads that an object was made by, from its own maker up. Nothing when its maker is none that can be judged in its
 * place: then it speaks for itself.
 */
export function chainOf(identity: Identity, ownerOfMade: (identity: Identity) => Owner | undefined): Identity[] {
  const chain: Identity[] = []
  while (chain.length < LONGEST_CHAIN) {
    const at = chain.at(-1) ?? identity
    const owner = ownerOfMade(at)
    if (owner === undefined || !WORKLOAD_KINDS.includes(owner.kind)) break
    chain.push({ ...identity, kind: owner.kind, name: owner.name })
  }
  return chain
}

/** The refusal to judge what a workload made; its makers from its own up. */
export function made(identity: Identity, makers: readonly Identity[]): Failure {
  const names = makers.map(({ kind, name }) => `${kind} ${name}`).join(' of ')
  const last = makers.at(-1) ?? identity
  return new Failure(
    `${identity.kind} ${identity.name} was made by ${names}, and changes with it`,
    `Scan that one: kubescape scan workload ${workloadName(last)}`,
  )
}

/** That there is no such workload, with what comes near. */
export function missing(target: TargetWorkload, others: readonly Identity[]): Failure {
  const { kind, namespace, isInFile } = target
  const where = [
    ...(namespace === undefined ? [] : [`in namespace ${namespace}`]),
    ...(isInFile === undefined ? [] : ['in that file']),
  ]
  return new Failure([`there is no ${kind} ${target.name}`, ...where].join(' '), hintFor(target, others))
}

function hintFor({ kind, name }: TargetWorkload, others: readonly Identity[]): string {
  const byName = Map.groupBy(others, (each) => each.name)
  const near = nearest(name, [...byName.keys()]).flatMap((each) => byName.get(each) ?? [])
  const ranked = near.toSorted((a, b) => Number(b.kind === kind) - Number(a.kind === kind)).slice(0, MOST_SHOWN)
  if (ranked.length > 0) return `Did you mean ${ranked.map(workloadName).join(' or ')}?`
  const alike = others.filter((each) => each.kind === kind)
  if (alike.length === 0) return `No ${kind} is there at all.`
  const shown = alike.slice(0, MOST_SHOWN).map(workloadName)
  const more = alike.length > MOST_SHOWN ? ` and ${alike.length - MOST_SHOWN} more` : ''
  return `There ${alike.length === 1 ? 'is' : 'are'} ${shown.join(', ')}${more}.`
}

function ambiguous({ kind, name }: TargetWorkload, found: readonly Seen[]): Failure {
  const places = found.map(({ identity, origin }) =>
    [workloadName(identity), ...(origin === undefined ? [] : [`in ${origin.file}:${origin.line}`])].join(' '),
  )
  const files = new Set(found.map(({ origin }) => origin?.file))
  const namespaces = new Set(found.map(({ identity }) => landingNamespace(identity)))
  const ways = [
    ...(namespaces.size > 1 ? ['its namespace before it, or with --namespace'] : []),
    ...(files.size > 1 ? ['its file with --file-path'] : []),
  ]
  const shown = places.slice(0, MOST_SHOWN).join(', ')
  const more = places.length > MOST_SHOWN ? ` and ${places.length - MOST_SHOWN} more` : ''
  return new Failure(
    `${kind} ${name} is there ${count(found.length, 'time')}: ${shown}${more}`,
    ways.length > 0 ? `Give ${ways.join(', or ')}.` : 'A file can hold each object once: remove one of them.',
  )
}
