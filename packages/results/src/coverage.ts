/** Coverage: what could be read and evaluated, out of what was asked. */

/** Something that went wrong without ending the scan: where, what, and what to do next. */
export interface ScanProblem {
  readonly code: string
  readonly message: string
  readonly hint?: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
}

/** A control that was asked for and not judged, with the reason. */
export interface Unjudged {
  readonly controlID: string
  readonly name: string
  readonly reason: string
  /** The kinds whose objects were missing. */
  readonly missing: readonly string[]
}

/** A type of a cluster whose objects could not be read, or not all of them. */
export interface UnreadType {
  readonly group: string
  /** Empty where not even that is known. */
  readonly version: string
  readonly kind: string
  /** The name of the type in paths of the API, such as `secrets`; the kind where it is not known. */
  readonly resource: string
  /** Why: what the server answered. */
  readonly error: string
  /** Set when objects of some namespaces were read after all: which. */
  readonly partOf?: string
  /** All of what is judged was read; objects of other namespaces, with which some checks join it, were not. */
  readonly elsewhere?: true
}

/** `group/version/resource`, as coverage names a type. */
export function typePath({ group, version, resource }: UnreadType): string {
  return `${group}/${version}/${resource}`
}

/** A node of a cluster, and what is known of it beyond what the API server tells. */
export interface NodeCoverage {
  readonly name: string
  /** Objects with facts of the node that were read. */
  readonly facts: number
  /** Places on the node that its collector could not read. */
  readonly unread: readonly { readonly path: string; readonly why: string }[]
  /** Why there are no facts; set when there are none. */
  readonly reason?: string
}

/** Something that a scan judges by and that is not what it should be: what was not read may change verdicts. */
export interface PolicyDegradation {
  readonly component: 'exceptions' | 'controlInputs'
  /** What could not be had, and why. */
  readonly reason: string
}

/** What became of the documents of the input. */
export interface DocumentCounts {
  /** Files that were opened. */
  readonly files: number
  /** Files that could not be read at all. */
  readonly unreadableFiles: number
  /** Kubernetes objects that were read. */
  readonly read: number
  /** Documents that could not be read. */
  readonly unread: number
  /** Documents left unread because no control of the scan needs their kind. */
  readonly notNeeded: number
  /** Documents that are no Kubernetes objects. */
  readonly ignored: number
  /** Files that were left out because they have not changed; there only when what has changed was asked for. */
  readonly unchangedFiles?: number
}

/** What could be read and evaluated. */
export interface Coverage {
  /** 0 to 100. */
  readonly coverageScore: number
  /** True when anything is missing. */
  readonly degraded: boolean
  readonly evaluatedControls: number
  readonly totalControls: number
  readonly notEvaluated: readonly Unjudged[]
  /** Controls that do not apply to this kind of input; left out of scores. */
  readonly notApplicable: readonly Unjudged[]
  /** Frameworks whose controls all passed because they had nothing to check. */
  readonly vacuousFrameworks: readonly string[]
  /** Kinds with a pod template that no control of the scan knows. */
  readonly unknownWorkloads: readonly { readonly kind: string; readonly count: number }[]
  readonly documents: DocumentCounts
  readonly unreadTypes: readonly UnreadType[]
  /** The nodes of the cluster, where facts of nodes were looked for. */
  readonly nodes: readonly NodeCoverage[]
  readonly policyDegradations: readonly PolicyDegradation[]
  readonly problems: readonly ScanProblem[]
}

/**
 * The coverage score: share of controls evaluated, less 2 for every type or document that was read in part only, less 3 for
 * every type whose absence was silent, less 5 for every input or exception list that came from a fallback; from 0 to 100.
 */
export function coverageScore(parts: {
  evaluated: number
  total: number
  silent?: number
  partial?: number
  degradations?: number
}): number {
  const { evaluated, total, silent = 0, partial = 0, degradations = 0 } = parts
  const share = total === 0 ? 0 : (100 * evaluated) / total
  return Math.min(100, Math.max(0, share - 3 * silent - 2 * partial - 5 * degradations))
}
