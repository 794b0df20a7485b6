/** The report: everything one scan found, kept compactly and read by cursors. */
import type { Check, ControlDeclaration, Finding, Related, Severity } from '@kubescape/controls'
import type { Identity, Origin, Ref } from '@kubescape/resources'

import type { Coverage } from './coverage.ts'
import type { Exception, ExceptionUse } from './exception.ts'
import type { WorkloadRisk } from './priority.ts'
import type { Counters, Outcome, SeverityCounters } from './status.ts'

/** Something that was judged: an object of the input, or a subject of role bindings (`related` then has two objects or more). */
export interface Subject {
  /** Unique in the report. */
  readonly id: string
  readonly identity: Identity
  readonly origin?: Origin
  /** How much it counts in the risk score: replicas and scheduled pods. */
  readonly weight: number
  /** Pods that it wants, or that a DaemonSet has scheduled; 1 where it does not say. */
  readonly replicas: number
  /** For vectors: binding and role. */
  readonly related?: readonly Ref[]
  /** The labels that the report was asked to keep, as far as the object has them; absent without any. */
  readonly labels?: Readonly<Record<string, string>>
  /** False for objects that filters left out, or that only joins needed. */
  readonly judged: boolean
}

/** A value that fits on a line. */
export type Scalar = string | number | bigint | boolean | null

/** One check of a control on one subject. */
export interface RuleVerdict extends Outcome {
  readonly check: Check
  /** Why it failed, as far as no exception accepts it. */
  readonly findings: readonly Finding[]
  /** What exceptions accept. */
  readonly excepted: readonly Finding[]
  readonly exceptions: readonly Exception[]
  readonly related: readonly Related[]
  /** What a policy of the user says of the failure in its own words, redacted; empty for built-in controls. */
  readonly messages: readonly string[]
}

/** One control on one subject. */
export interface Verdict extends Outcome {
  readonly control: ControlResult
  readonly ref: Ref
  readonly rules: readonly RuleVerdict[]
}

/** What the report says of a control. */
export interface ControlResult extends Outcome {
  readonly control: ControlDeclaration
  readonly severity: Severity
  /** Why it was skipped, or what to do; empty when there is nothing to say. */
  readonly info: string
  readonly counters: Counters
  /** Risk, 0 to 100, higher is worse. */
  readonly score: number
  /** 0 to 100, higher is better; excluded resources count as compliant. */
  readonly complianceScore: number
  /** The same if no exception had been made. */
  readonly complianceWithoutExceptions: number
  readonly frameworks: readonly string[]
}

/** What the report says of a framework. */
export interface FrameworkResult extends Outcome {
  readonly name: string
  /** Numbers of its controls in the publisher's document, by id, and the titles of its sections by their numbers. */
  readonly numbers: Readonly<Record<string, string>>
  readonly sections: Readonly<Record<string, string>>
  readonly controls: readonly ControlResult[]
  readonly counters: Counters
  readonly score: number
  readonly complianceScore: number
  readonly complianceWithoutExceptions: number
}

/** Files that were scanned. */
export interface FileInput {
  readonly kind: 'file' | 'directory' | 'stdin'
  /** As they were typed; URLs without user and password. */
  readonly paths: readonly string[]
  /** The repository that the first of them is in; looked for only when a format tells of it. */
  readonly repository?: Repository
}

/** A git repository, as far as it is known. Texts are empty where it is not. */
export interface Repository {
  /** It was fetched for the scan. */
  readonly isRemote: boolean
  /** `github`, `gitlab`, `bitbucket`, `azure`, `gitea`. */
  readonly provider: string
  readonly owner: string
  readonly name: string
  /** Where it is fetched from, without user and password. */
  readonly url: string
  readonly branch: string
  readonly defaultBranch: string
  readonly commit?: Commit
  /** The folder of the work tree; empty where it was fetched for the scan. */
  readonly root: string
}

/** A commit. */
export interface Commit {
  readonly hash: string
  /** When it was committed, as RFC 3339. */
  readonly date: string
  readonly committerName: string
  readonly committerEmail: string
  /** The first line of its message. */
  readonly message: string
}

/** A cluster that was scanned. */
export interface ClusterInput {
  readonly kind: 'cluster'
  /** Name of the context in the kubeconfig. */
  readonly context: string
  /** URL of the API. */
  readonly server: string
  /** What the API server says it is, such as `v1.37.2`. */
  readonly version: string
  /** `eks`, `gke`, `k3s` ...; empty where it is not known. */
  readonly provider: string
  /** The provider runs the control plane, so that nobody can look at its settings. */
  readonly isManaged: boolean
}

/** A file of policies that a scan judged by. */
export interface ReportedPolicy {
  readonly path: string
  /** SHA-256 of its text, in hexadecimal. */
  readonly digest: string
  /** What it holds, such as `rego` or `framework`. */
  readonly kind: string
  /** Version that the publisher gives it. */
  readonly version?: string
}

/** What was scanned, and how. */
export interface ScanMetadata {
  /** When the scan began, as RFC 3339. */
  readonly generationTime: string
  /** Different for every report. */
  readonly reportGuid: string
  readonly version: string
  /** What was asked for. */
  readonly targetType: 'framework' | 'control' | 'workload'
  readonly targetNames: readonly string[]
  readonly input: FileInput | ClusterInput
  /** What the user calls the cluster; absent for the name of its context. */
  readonly clusterName?: string
  readonly formats: readonly string[]
  readonly includeNamespaces: readonly string[]
  readonly excludeNamespaces: readonly string[]
  readonly complianceThreshold: number
  readonly verbose: boolean
  readonly controlsInputs: string
  /** Files of exceptions, separated by commas; empty without any. */
  readonly exceptions: string
  /** Policies that do not come with the program; absent without any. */
  readonly policies?: readonly ReportedPolicy[]
}

/** Everything one scan found. */
export interface Report extends Outcome {
  readonly metadata: ScanMetadata
  readonly subjects: readonly Subject[]
  /** In the order of their ids. */
  readonly controls: readonly ControlResult[]
  readonly frameworks: readonly FrameworkResult[]
  /** Every judged subject once, by its worst status. */
  readonly counters: Counters
  /** One for each failed (resource, control). */
  readonly resourcesBySeverity: SeverityCounters
  /** One for each failed control. */
  readonly controlsBySeverity: SeverityCounters
  readonly score: number
  readonly complianceScore: number
  readonly complianceWithoutExceptions: number
  readonly coverage: Coverage
  /** Workloads with findings, the riskiest first; none when controls were asked for one by one. */
  priorities(): readonly WorkloadRisk[]
  /** Every exception that the scan knew, with what it accepted. */
  exceptions(): readonly ExceptionUse[]
  /** The value that a finding found, masked where it must be; kept only for objects that cannot be read again. */
  present(ref: Ref, path: string): Scalar | undefined
  /** The verdicts of a control, in the order of subjects. */
  byControl(control: ControlResult): Iterable<Verdict>
  /** The verdicts on a subject, in the order of controls. */
  bySubject(ref: Ref): Iterable<Verdict>
}
