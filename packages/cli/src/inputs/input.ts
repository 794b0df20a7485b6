/** What is scanned, as the scan command sees it: files, or a cluster. */
import type { Originals } from '@kubescape/formats'
import type { Report, ScanMetadata } from '@kubescape/results'
import type { ControlPlanePlace, ExceptionRule, ResourceFilter, ResourceSource, ScanTarget } from '@kubescape/scanner'

/** One thing to scan, ready to be read. */
export interface Input {
  readonly source: ResourceSource
  /** Where findings are shown from. */
  readonly originals: Originals
  readonly target: ScanTarget
  /** What is judged of it, beyond what the options say. */
  readonly filter?: ResourceFilter
  /** `eks`, `aks`, `gke` ...; empty where it is not known or makes no difference. */
  readonly platform: string
  /** Where the control plane is, when that is known and it is not in Pods of the cluster. */
  readonly controlPlane: ControlPlanePlace | undefined
  readonly described: ScanMetadata['input']
  /** What exceptions may call the cluster; nothing for files. */
  readonly clusterNames: readonly string[]
  /** Exceptions that a cluster keeps itself. */
  readonly exceptions?: readonly ExceptionRule[]
  /** Appended to the names of files when there are several inputs; empty for the only one. */
  readonly suffix: string
  /** Problems with what was named on the command line: the command fails for them. */
  readonly namedProblems: number
  /**
   * A scan without a single resource says nothing, so it must not look like a success.
   * @throws {Failure} when nothing was read
   */
  requireResources(report: Report): void
  close(): void
}
