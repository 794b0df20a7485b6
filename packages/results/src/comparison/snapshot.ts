/** A snapshot: what a comparison needs to know of a scan. Reports of every layout and baseline files become one. */
import { SEVERITIES, type Severity } from '@kubescape/controls'
import { asText, type Value } from '@kubescape/resources'

import type { Status } from '../status.ts'

/** What a scan found wrong, and what it looked at. */
export interface Snapshot {
  /** RFC 3339; empty where it is not known. */
  readonly generationTime: string
  /** Version of the program that scanned. */
  readonly version: string
  /** The name of the context of a cluster; empty for files, whose place does not matter. */
  readonly cluster: string
  readonly isCluster: boolean
  /** What was asked for: `framework nsa`. Snapshots of different questions cannot be compared. */
  readonly asked: string
  readonly includeNamespaces: readonly string[]
  readonly excludeNamespaces: readonly string[]
  /** False when something could not be read: what is missing then may still be there. */
  readonly isComplete: boolean
  /** True when findings say which rule of the control made them. */
  readonly hasRules: boolean
  readonly controls: ReadonlyMap<string, SnapshotControl>
  readonly resources: readonly SnapshotResource[]
}

/** A control that was asked for. */
export interface SnapshotControl {
  readonly name: string
  readonly severity: Severity
  /** Why it was not evaluated; absent when it was. */
  readonly notEvaluated?: string
}

/** A resource that was judged. */
export interface SnapshotResource {
  readonly id: string
  /** Group, kind, namespace and name, and for subjects of role bindings those of what they are made of. */
  readonly key: string
  readonly namespace: string
  /** Where its file is, relative to what was scanned; empty for objects of clusters. */
  readonly path: string
  /** The file as people should see it, and the line on which the object begins; empty and 0 where that is not known. */
  readonly file: string
  readonly line: number
  /** A name of its content, made when it is asked for; empty where that is not known. */
  readonly content: () => string
  /** By control, what did not pass. */
  readonly verdicts: ReadonlyMap<string, SnapshotVerdict>
}

/** A control that a resource did not pass. */
export interface SnapshotVerdict {
  readonly status: Exclude<Status, 'passed'>
  /** Why it failed; one with an empty path where there is no more to say. */
  readonly evidence: readonly SnapshotEvidence[]
}

/** One reason for a failure. */
export interface SnapshotEvidence {
  /** Name of the rule; empty where it is not known. */
  readonly rule: string
  /** What the path is, in the words of the published layout. */
  readonly type: 'failedPath' | 'reviewPath' | 'deletePath' | 'fixPath' | 'fixCommand' | 'related' | 'control'
  /** The path as the report has it, or the identifier of a related resource. */
  readonly path: string
  /** The same with list entries by their names, or the key of the related resource. */
  readonly stablePath: string
  /** Where the field is, lines and columns from 1; empty and 0 where that is not known. */
  readonly file: string
  readonly line: number
  readonly column: number
}

/** The reason of a failure that gives none. */
export const NO_EVIDENCE: SnapshotEvidence = {
  rule: '',
  type: 'control',
  path: '',
  stablePath: '',
  file: '',
  line: 0,
  column: 0,
}

/** Commands that would repair something, as reasons why it failed. */
export function commandEvidence(rule: string, commands: readonly string[]): readonly SnapshotEvidence[] {
  return commands.map((path) => ({ ...NO_EVIDENCE, rule, type: 'fixCommand', path, stablePath: path }))
}

/** What was asked for, as a text to compare: the order and the case of names do not matter. */
export function askedText(type: string, names: readonly string[]): string {
  const sorted = new Set(names.map((name) => name.trim().toLowerCase()).toSorted())
  return [type, [...sorted].join(',')].join(' ')
}

/** A severity by its name, in any case; undefined for anything else. */
export function severityNamed(value: Value | undefined): Severity | undefined {
  const name = asText(value)?.toLowerCase()
  return SEVERITIES.find((severity) => severity.toLowerCase() === name)
}
