/** Where resources come from, as the scan sees it: what it asks for, and what it is told about the reading. */
import type { Match, Resource } from '@kubescape/resources'
import type { DocumentCounts, NodeCoverage, PolicyDegradation, ScanProblem, UnreadType } from '@kubescape/results'

/** What a scan looks at; a source may leave everything else unread. */
export interface Needs {
  /** True when objects of the kind are looked at, in whatever group and version. */
  kind(kind: string): boolean
  /** The types that checks judge. */
  readonly judged: readonly Match[]
  /** The types that checks join with what they judge: without all of their objects no such check can be trusted. */
  readonly joined: readonly Match[]
  /** True when nothing of the objects of a type but their metadata is looked at. */
  metadataOnly(type: { readonly group: string; readonly version: string; readonly kind: string }): boolean
  /** Those of the joined types whose objects count in every namespace; of others only those beside what is judged do. */
  readonly across: readonly Match[]
}

/** Where resources come from. */
export interface ResourceSource {
  resources(needs: Needs): AsyncIterable<Resource>
  /** What could be read; asked when the stream has ended. */
  coverage(): SourceCoverage
}

/** What the source of a scan says about its own reading. */
export interface SourceCoverage {
  readonly documents: DocumentCounts
  /** Types of a cluster that could not be read. */
  readonly unreadTypes?: readonly UnreadType[]
  /** The nodes of a cluster, where facts of nodes were looked for. */
  readonly nodes?: readonly NodeCoverage[]
  /** What it should have told the scan to judge by, and could not. */
  readonly policyDegradations?: readonly PolicyDegradation[]
  readonly problems: readonly ScanProblem[]
}
