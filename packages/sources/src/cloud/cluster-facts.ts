/** What is known of a cluster before its cloud is asked: names and addresses that strangers may have written. */
import { asText, field, type ValueMap } from '@kubescape/resources'

import type { Environment } from '../run-program.ts'

/** What the kubeconfig, a few nodes and the environment say. */
export interface ClusterFacts {
  readonly context: string
  /** Name of the cluster in the kubeconfig. */
  readonly cluster: string
  /** Name of the user in the kubeconfig. */
  readonly user: string
  /** URL of the API. */
  readonly server: string
  readonly nodes: readonly ValueMap[]
  readonly env: Environment
}

/** The name of a Pod's own cluster in place of one from a kubeconfig: it names nothing. */
const IN_CLUSTER = 'in-cluster'

/** The names that the kubeconfig has for the cluster. */
export function namesOf({ cluster, context }: ClusterFacts): string[] {
  return [cluster, context].filter((name) => name !== IN_CLUSTER)
}

/** Host of a URL, in small letters; empty where it is none. */
export function hostOf(url: string): string {
  return URL.parse(url)?.hostname.toLowerCase() ?? ''
}

/** A label of the nodes, of the first that has it. */
export function nodeLabel({ nodes }: ClusterFacts, label: string): string | undefined {
  return nodes.map((node) => asText(field(node, 'metadata', 'labels', label))).find(Boolean)
}

/** What the cloud calls the machines of the nodes. */
export function providerIds({ nodes }: ClusterFacts): string[] {
  return nodes.map((node) => asText(field(node, 'spec', 'providerID')) ?? '')
}
