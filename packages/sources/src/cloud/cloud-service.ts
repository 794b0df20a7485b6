/** What a cloud has to know about itself to be asked: how it is addressed, what to ask, what to make of the answers. */
import type { Resource, Value, ValueMap } from '@kubescape/resources'
import type { Problem } from '@kubescape/yaml'

import type { ClusterFacts } from './cluster-facts.ts'

/** Services whose clusters can be described. */
export type Cloud = 'aks' | 'eks' | 'gke'

/** A cluster as its cloud describes it. */
export interface Description {
  readonly name: string
  /** The description, in the form that checks read. */
  readonly data: ValueMap
  /** Names and addresses of its API, in small letters. */
  readonly hosts: readonly string[]
}

/** Something to ask once the cluster is known. */
export interface Question {
  /** Arguments of the program, one list for each time that it is started. */
  readonly asks: readonly (readonly string[])[]
  /** What the answers make, in the order of `asks`; undefined for one that was not given. */
  build(answers: readonly (Value | undefined)[]): Built
}

/** Objects, and what is wrong with the answers. */
export interface Built {
  readonly resources: readonly Resource[]
  readonly problems: readonly Problem[]
}

/** A cloud. `Place` is where a cluster is in it. */
export interface CloudService<Place> {
  readonly cloud: Cloud
  /** Name of the service, for people. */
  readonly service: string
  readonly program: string
  /** How the program is called, and how to sign in. */
  readonly programName: string
  readonly signIn: string
  /** Messages with which the program ends well although a part of its answer is missing. */
  readonly incomplete?: RegExp
  /** Where the cluster is, as far as it can be told without asking. */
  locate(facts: ClusterFacts): Place | Problem
  /** Arguments that describe the cluster. */
  describe(place: Place): readonly string[]
  /** The description in an answer; undefined where it is none, or of no cluster with this API. */
  read(answer: Value, facts: ClusterFacts): Description | undefined
  questions(place: Place, description: Description): readonly Question[]
}

const GROUPS: Readonly<Record<Cloud, string>> = {
  aks: 'management.azure.com',
  eks: 'eks.amazonaws.com',
  gke: 'container.googleapis.com',
}

/** An object of a kind that checks know, with the provider in its metadata. */
export function cloudObject(cloud: Cloud, kind: string, name: string, data: ValueMap): Resource {
  const group = GROUPS[cloud]
  return {
    identity: { group, version: 'v1', kind, namespace: '', name },
    object: { apiVersion: `${group}/v1`, kind, metadata: { name, provider: cloud }, data },
  }
}

/** Nothing made of an answer, and why. */
export function nothing(code: string, message: string, hint: string): Built {
  return { resources: [], problems: [{ code, message, hint }] }
}

/** The problem of an answer that is not what was asked for. */
export function malformed(program: string, what: string): Built {
  return nothing(
    'cloud/malformed-answer',
    `${program} answered something else than ${what}`,
    'Another version of the program may help; the controls that need it are not evaluated.',
  )
}
