/** The JSON report as tests read it: the members that they look at. `docs/report.schema.json` describes all. */
import { kubescape, type Run, type RunOptions } from './kubescape.ts'

/** A status as the report spells it. */
export type Status = 'passed' | 'excluded' | 'failed' | 'skipped'

/** Numbers of resources by status. */
export interface ResourceCounters {
  readonly passedResources: number
  readonly failedResources: number
  readonly skippedResources: number
  readonly excludedResources: number
}

/** Numbers of failures by severity. */
export interface SeverityCounters {
  readonly criticalSeverity: number
  readonly highSeverity: number
  readonly mediumSeverity: number
  readonly lowSeverity: number
}

/** A control in `summaryDetails`. */
export interface ControlSummary {
  readonly controlID: string
  readonly name: string
  readonly status: Status
  readonly statusInfo: { readonly status: Status; readonly subStatus: string; readonly info: string }
  readonly ResourceCounters: ResourceCounters
  readonly resourceIDs: Readonly<Record<string, Status>>
  readonly score: number
  readonly complianceScore: number
  readonly scoreFactor: number
  readonly severity?: string
}

/** A framework in `summaryDetails`. */
export interface FrameworkSummary {
  readonly name: string
  readonly status: Status
  readonly score: number
  readonly complianceScore: number
  readonly ResourceCounters: ResourceCounters
  readonly controls: Readonly<Record<string, ControlSummary>>
}

/** A workload with its risk, in layout v3. */
export interface WorkloadRisk {
  readonly resourceID: string
  readonly risk: number
  readonly findings: { readonly score: number; readonly controlIDs: readonly string[] }
  readonly exposure: { readonly reach: string; readonly factor: number }
  readonly replicas: { readonly count: number; readonly factor: number }
  readonly attackPaths: readonly { readonly attackTrack: string; readonly score: number }[]
}

/** A finding of layout v3. */
export interface Finding {
  readonly path: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly exact?: boolean
  readonly presentValue?: string
}

/** A resource that did not pass, in layout v3. */
export interface ResourceVerdict {
  readonly resourceID: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly status: Status
  readonly file?: string
  readonly line?: number
  readonly findings: readonly Finding[]
  readonly messages?: readonly string[]
  readonly exceptions?: readonly { readonly name: string; readonly reason?: string }[]
  readonly relatedResourceIDs?: readonly string[]
}

/** A control with its resources, in layout v3. */
export interface ControlVerdict {
  readonly controlID: string
  readonly name: string
  readonly severity: string
  readonly scoreFactor: number
  readonly status: Status
  readonly complianceScore: number
  readonly score: number
  readonly resourcesResult: ResourceCounters & { readonly allResources: number }
  readonly resources: readonly ResourceVerdict[]
}

/** A resource with its controls, in layout v2. */
export interface ResourceResult {
  readonly resourceID: string
  readonly controls: readonly {
    readonly controlID: string
    readonly severity: string
    readonly status: { readonly status: Status; readonly subStatus: string }
    readonly rules: readonly { readonly status: Status; readonly paths: readonly { readonly failedPath: string }[] }[]
  }[]
}

/** Something that could not be read. */
export interface Problem {
  readonly code: string
  readonly message: string
  readonly hint?: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
}

/** An object of the input. */
export interface ReportedResource {
  readonly resourceID: string
  readonly object: Readonly<Record<string, unknown>> & {
    readonly metadata?: { readonly name?: string; readonly namespace?: string }
  }
  readonly source?: {
    readonly path: string
    readonly relativePath: string
    readonly fileType: string
    readonly line: number
  }
}

/** A report, in layout v3 unless said otherwise. */
export interface JsonReport<Result = ControlVerdict> {
  readonly workloads?: readonly WorkloadRisk[]
  readonly summaryDetails: {
    readonly controls: Readonly<Record<string, ControlSummary>>
    readonly frameworks: readonly FrameworkSummary[]
    readonly status: Status
    readonly resourcesSeverityCounters: SeverityCounters
    readonly controlsSeverityCounters: SeverityCounters
    readonly ResourceCounters: ResourceCounters
    readonly score: number
    readonly complianceScore: number
  }
  readonly resources: readonly ReportedResource[]
  readonly results: readonly Result[]
  readonly exceptionAudit?: {
    readonly summary: Readonly<Record<string, number>>
    readonly items: readonly {
      readonly name: string
      readonly status: string
      readonly matchCount: number
      readonly broad: boolean
      readonly matchedResources: readonly object[]
    }[]
  }
  readonly clusterName: string
  readonly scanCoverage: {
    readonly documents: Readonly<Record<string, number>>
    readonly problems: readonly Problem[]
    readonly degraded: boolean
    readonly notEvaluatedControls: readonly { readonly controlID: string; readonly reason: string }[]
    readonly failedGVRPulls: readonly { readonly gvr: string; readonly error: string }[]
    readonly partialGVRPulls: readonly { readonly gvr: string; readonly selector: string }[]
    readonly policyDegradations: readonly { readonly component: string; readonly reason: string }[]
  }
}

/** A run whose standard output was a JSON report. */
export interface JsonRun<Result = ControlVerdict> extends Run {
  readonly report: JsonReport<Result>
}

/** Runs `kubescape ARGS --format json` and reads what it prints; throws with both outputs when that is no report. */
export function scanJson<Result = ControlVerdict>(args: readonly string[], options?: RunOptions): JsonRun<Result> {
  const result = kubescape([...args, '--format', 'json'], options)
  try {
    return { ...result, report: JSON.parse(result.stdout) as JsonReport<Result> }
  } catch (cause) {
    throw new Error(`no report: code ${result.code}\n${result.stdout.slice(0, 500)}\n${result.stderr}`, { cause })
  }
}

/** Status of a control on the resource with this name: of `resourceIDs`, whose last part is the name. */
export function statusOf(report: JsonReport<unknown>, control: string, name: string): Status | undefined {
  const statuses = Object.entries(report.summaryDetails.controls[control]?.resourceIDs ?? {})
  return statuses.find(([id]) => id.endsWith(`/${name}`))?.[1]
}
