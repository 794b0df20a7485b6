/** Workloads, as far as joins by namespace, labels and service account need them. */
import {
  asText,
  asTextMap,
  field,
  LabelIndex,
  WORKLOADS_AND_CONTROLLERS,
  workloadOf,
  type Labels,
} from '@kubescape/resources'

import { projection, type Row, type Tables } from '../projection.ts'

/** What is kept of a workload. */
export interface WorkloadFacts {
  readonly kind: string
  readonly name: string
  /** Where it lands: its own namespace, or `default`. */
  readonly namespace: string
  /** The namespace as written; empty when it is not. */
  readonly writtenNamespace: string
  readonly podPath: string
  readonly podLabelsPath: string
  readonly podLabels: Labels
  readonly ownLabels: Labels
  readonly matchLabels: Labels
  /** The account that the pods run as; `default` when none is named. */
  readonly serviceAccount: string
  /** The account as written; empty when none is named. */
  readonly writtenServiceAccount: string
  readonly automount: boolean | undefined
}

/** The seven workload kinds and ReplicationController. */
export const workloads = projection('workloads', WORKLOADS_AND_CONTROLLERS, (resource): WorkloadFacts | undefined => {
  const workload = workloadOf(resource)
  if (workload === undefined) return undefined
  const written = asText(workload.get('serviceAccountName')) ?? ''
  const automount = workload.get('automountServiceAccountToken')
  return {
    kind: workload.kind,
    name: workload.name,
    namespace: workload.namespace,
    writtenNamespace: resource.identity.namespace,
    podPath: workload.podPath,
    podLabelsPath: workload.podLabelsPath,
    podLabels: workload.podLabels,
    ownLabels: workload.ownLabels,
    matchLabels: asTextMap(field(resource.object, 'spec', 'selector', 'matchLabels')),
    serviceAccount: written || 'default',
    writtenServiceAccount: written,
    automount: typeof automount === 'boolean' ? automount : undefined,
  }
})

/** Workloads of the seven kinds: what most controls judge. */
export function judgedWorkloads(tables: Tables): readonly Row<WorkloadFacts>[] {
  return tables.rows(workloads).filter((row) => row.kind !== 'ReplicationController')
}

/** An index of selectors per namespace. */
export class NamespacedSelectors<Item> {
  readonly #byNamespace = new Map<string, LabelIndex<Item>>()

  add(namespace: string, pairs: Labels, item: Item): void {
    let selectors = this.#byNamespace.get(namespace)
    if (selectors === undefined) this.#byNamespace.set(namespace, (selectors = new LabelIndex()))
    selectors.add(pairs, item)
  }

  /** The items of the namespace whose pairs the labels contain. */
  *select(namespace: string, labels: Labels): Generator<Item> {
    const selectors = this.#byNamespace.get(namespace)
    if (selectors !== undefined) yield* selectors.select(labels)
  }
}
