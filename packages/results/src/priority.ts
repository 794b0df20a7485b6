/** How much there is to lose with one workload, and why: what to repair first. */
import type { AttackTrack, ControlDeclaration, Reach, Severity } from '@kubescape/controls'
import type { Ref } from '@kubescape/resources'

import type { ControlResult } from './report.ts'

/** A chain of steps, from the first of an attack track to a last one, each opened by a control that failed. */
export interface AttackPath {
  readonly track: AttackTrack
  readonly steps: readonly { readonly name: string; readonly control: ControlDeclaration }[]
  /** The base scores of its controls, multiplied, times 1 and a tenth for each replica. */
  readonly score: number
  /** The worst of its controls. */
  readonly severity: Severity
}

/** The risk of a workload: findings times exposure times replicas. */
export interface WorkloadRisk {
  readonly ref: Ref
  readonly risk: number
  readonly findings: {
    /** The sum of their base scores. Controls that failed for the same checks count once, operational ones not at all. */
    readonly score: number
    /** Worst first. */
    readonly controls: readonly ControlResult[]
  }
  readonly exposure: {
    /** `cluster` when nothing says that it can be reached from outside of it. */
    readonly reach: Reach | 'cluster'
    /** 2 for the internet, 1.5 for nodes, 1 for the cluster. */
    readonly factor: number
    /** What says so: the controls, and the objects that they found beside the workload. */
    readonly by: readonly { readonly control: ControlDeclaration; readonly refs: readonly Ref[] }[]
  }
  readonly replicas: {
    readonly count: number
    /** 1 and a tenth for each replica, 2 at most. */
    readonly factor: number
  }
  readonly attackPaths: readonly AttackPath[]
}
