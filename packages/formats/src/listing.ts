/** What formats share that list resources by control: which ones, under which names, with which links. */
import {
  apiVersionOf,
  SEVERITIES,
  type ControlDeclaration,
  type ControlResult,
  type Exception,
  type Finding,
  type Ref,
  type Report,
  type Verdict,
} from '@kubescape/results'

/** How machines know a resource. */
export interface NamedResource {
  readonly id: string
  readonly apiVersion: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  /** The path as people should see it; empty where the resource came from no file. */
  readonly file: string
  /** 1-based: where its document begins; 0 where the resource came from no file. */
  readonly line: number
}

/** A resource by the names that machines know it by. Of a subject of bindings the file is that of its binding. */
export function namedResource(report: Report, ref: Ref): NamedResource {
  const subject = report.subjects[ref]
  const { kind = '', namespace = '', name = '' } = subject?.identity ?? {}
  const origin = subject?.origin ?? report.subjects[subject?.related?.[0] ?? ref]?.origin
  return {
    id: subject?.id ?? '',
    // Subjects of role bindings have a group and no version.
    apiVersion: subject === undefined ? '' : apiVersionOf(subject.identity).replace(/\/$/, ''),
    kind,
    namespace,
    name,
    file: origin?.file ?? '',
    line: origin?.line ?? 0,
  }
}

/** The resources that a control did not pass, in the order of subjects. */
export function* notPassed(report: Report, result: ControlResult): Generator<Verdict> {
  const { failed, skipped, excluded } = result.counters
  if (failed + skipped + excluded === 0) return
  for (const verdict of report.byControl(result)) if (verdict.status !== 'passed') yield verdict
}

/** The findings of a verdict, each once: what counts, and what exceptions accept. */
export function findingsOf({ rules }: Verdict): { findings: readonly Finding[]; excepted: readonly Finding[] } {
  const [rule] = rules
  if (rules.length === 1 && rule !== undefined) return rule
  return {
    findings: distinct(rules.flatMap(({ findings }) => findings)),
    excepted: distinct(rules.flatMap(({ excepted }) => excepted)),
  }
}

function distinct(findings: readonly Finding[]): readonly Finding[] {
  const keys = new Set<string>()
  return findings.filter(({ role, path, fix }) => {
    const key = `${role}\n${path}\n${fix?.action}\n${fix?.path}\n${fix?.action === 'set' ? fix.value : ''}`
    return !keys.has(key) && keys.add(key)
  })
}

/** What policies say of a verdict in their own words, each text once; nothing where only built-in checks failed. */
export function messagesOf({ rules }: Verdict): readonly string[] {
  const [rule] = rules
  return rules.length === 1 && rule !== undefined ? rule.messages : [...new Set(rules.flatMap((each) => each.messages))]
}

/** The exceptions that accept some of a verdict, each once. */
export function exceptionsOf({ rules }: Verdict): readonly Exception[] {
  return [...new Set(rules.flatMap(({ exceptions }) => exceptions))]
}

/** Controls by severity, the worst first, and then by id. */
export function worstFirst(controls: readonly ControlResult[]): readonly ControlResult[] {
  return controls.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
}

/** The page about a control that published reports link to; empty for controls of users, which have none. */
export function controlUrl({ id, isForeign }: ControlDeclaration): string {
  if (isForeign === true) return ''
  return `https://hub.armosec.io/docs/${encodeURIComponent(id.toLowerCase().replaceAll('.', '-'))}`
}

/** How many resources a control was asked about. */
export function allResources({ counters }: ControlResult): number {
  return counters.passed + counters.failed + counters.skipped + counters.excluded
}
