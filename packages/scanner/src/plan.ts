/** The plan: from the controls of a scan to what must be looked at, kind by kind, and the judging of what streams by. */
import {
  acrossOf,
  CheckFailure,
  type Check,
  type ControlDeclaration,
  type ControlInputs,
  type JoinedCheck,
  type LocalCheck,
  type Projection,
  type Tables,
} from '@kubescape/controls'
import {
  apiVersionOf,
  hasUnknownPodTemplate,
  matches,
  type Identity,
  type Match,
  type Ref,
  type Resource,
} from '@kubescape/resources'
import type { ScanProblem, UnreadType } from '@kubescape/results'

import { Column } from './column.ts'
import { ControlTimes, type ControlLimit } from './control-time.ts'
import type { ExceptionBook } from './exceptions/exception-book.ts'
import { Findings } from './findings.ts'
import { isJoinLacking } from './lacking.ts'
import { PresentValues } from './present-values.ts'
import { Subjects } from './subjects.ts'
import type { Needs } from './source.ts'
import { RememberedRows } from './tables.ts'

const NAMESPACES: readonly Match[] = [{ groups: [''], versions: ['v1'], kinds: ['Namespace'] }]

/** Problems of one check that are listed. */
const MOST_PROBLEMS = 10
const NO_MESSAGES: readonly string[] = []

interface KindPlan {
  readonly local: readonly [LocalCheck, Column][]
  readonly matched: readonly Column[]
  readonly projections: readonly Projection<object>[]
  /** False when only side checks look at objects of this kind. */
  readonly isReported: boolean
}

/** What a scan has to do, and what it has found so far. */
export class Plan {
  readonly needs: Needs
  readonly subjects: Subjects
  readonly columns = new Map<Check, Column>()
  readonly unknownWorkloads = new Map<string, number>()
  readonly problems: ScanProblem[] = []
  /** What findings found in objects that no file brings back. */
  readonly presents = new PresentValues()
  /** Kinds of the objects that were seen, in small letters. */
  readonly seenKinds = new Set<string>()

  readonly #inputs: ControlInputs
  readonly #local: LocalCheck[] = []
  readonly #joined: JoinedCheck[] = []
  readonly #projections: readonly Projection<object>[]
  readonly #kinds = new Map<string, KindPlan>()
  readonly #tables = new RememberedRows()
  readonly #findings = new Findings()
  /** Joined checks whose rows are incomplete. */
  readonly #broken = new Set<JoinedCheck>()
  /** How many problems each check has had, by its name. */
  readonly #told = new Map<string, number>()
  readonly #reported: ReadonlySet<Check>
  readonly #exceptions: ExceptionBook | undefined
  readonly #times: ControlTimes | undefined
  /** Checks of which was told that they have no time left. */
  readonly #late = new Set<Check>()

  /** Plans for the controls of a report, and for side controls: they are judged too, but make nothing a subject of the report. */
  constructor(
    reported: readonly ControlDeclaration[],
    inputs: ControlInputs,
    side: readonly ControlDeclaration[] = [],
    exceptions?: ExceptionBook,
    labels: readonly string[] = [],
    limit?: ControlLimit,
  ) {
    const controls = [...reported, ...side]
    this.#times = limit === undefined ? undefined : new ControlTimes(limit, controls)
    this.subjects = new Subjects(labels)
    this.#exceptions = exceptions
    this.#inputs = inputs
    this.#reported = new Set(reported.flatMap((control) => control.checks))
    for (const check of new Set(controls.flatMap((control) => control.checks))) {
      this.columns.set(check, new Column(check))
      if (check.shape === 'local') this.#local.push(check)
      else this.#joined.push(check)
    }
    this.#projections = [...new Set(this.#joined.flatMap((check) => check.needs))]
    const judged = [...this.columns.keys()].flatMap((check) => check.match)
    const joined = this.#projections.flatMap((each) => each.match)
    if (exceptions?.looksAtNamespaces) joined.push(...NAMESPACES)
    const across = [...new Set(this.#joined.flatMap(acrossOf))].flatMap((each) => each.match)
    const needed = controls.flatMap((control) => control.needs?.kinds ?? [])
    const kinds = new Set(
      [...needed, ...[...judged, ...joined].flatMap((match) => match.kinds)].map((kind) => kind.toLowerCase()),
    )
    const readers = [...this.#local, ...this.#projections]
    this.needs = {
      kind: (kind) => kinds.has('*') || kinds.has(kind.toLowerCase()),
      judged,
      joined,
      across,
      metadataOnly: (type) => readers.every(({ looksAt, match }) => looksAt === 'metadata' || !matches(match, type)),
    }
  }

  /**
   * Judges the resource by itself and remembers what joins need of it. Objects that `judged` leaves out only serve joins, and
   * nothing that they have part in is judged when they are `elsewhere`, in a namespace that nobody asked for.
   */
  take(resource: Resource, judged: boolean, elsewhere = false): void {
    this.seenKinds.add(resource.identity.kind.toLowerCase())
    this.#exceptions?.see(resource)
    if (hasUnknownPodTemplate(resource)) this.#countUnknown(resource)
    const plan = this.#planFor(resource.identity)
    if (plan.local.length === 0 && plan.matched.length === 0 && plan.projections.length === 0) return
    const isJudged = judged && plan.isReported
    const ref = this.subjects.add(resource, isJudged, elsewhere)
    this.#exceptions?.take(ref, resource, this.subjects.list[ref]?.id ?? '')
    for (const projection of plan.projections) {
      try {
        this.#tables.remember(projection, ref, resource)
      } catch (error) {
        for (const check of this.#joined) if (check.needs.includes(projection)) this.#broken.add(check)
        this.#broke(projection.name, resource, error)
      }
    }
    if (!isJudged) return
    for (const column of plan.matched) column.pass(ref)
    const times = this.#times
    for (const [check, column] of plan.local) {
      if (times?.begin(check) === false) {
        column.skip(ref)
        this.#tellLate(check)
        continue
      }
      try {
        this.#judge(check, column, ref, resource)
      } catch (error) {
        column.skip(ref)
        if (times?.hasStopped === true) this.#tellLate(check, error)
        else this.#broke(check.name, resource, error)
      }
      times?.end(check)
    }
  }

  /** Runs the joined checks on what was remembered. One that joins types that could not be read says nothing. */
  join(unread: readonly UnreadType[] = []): void {
    const deployments = this.#tables.deployments()
    for (const check of this.#joined) {
      const column = this.columns.get(check)
      if (column === undefined) continue
      if (unread.some((type) => isJoinLacking(check, type))) {
        column.breakOff()
        continue
      }
      if (this.#times?.begin(check) === false) {
        this.#endLate(check, column)
        continue
      }
      try {
        for (const tables of deployments) if (!this.#runJoin(check, column, tables)) break
      } catch (error) {
        this.#broken.add(check)
        if (this.#times?.hasStopped === true) this.#endLate(check, column, error)
        else this.#broke(check.name, undefined, error)
      }
      this.#times?.end(check)
      if (this.#broken.has(check)) column.breakOff()
    }
  }

  #judge(check: LocalCheck, column: Column, ref: Ref, resource: Resource): void {
    const judgement = check.judge(resource, this.#inputs)
    if (judgement === undefined) column.pass(ref)
    else if (judgement !== 'not-tested') {
      const { findings, messages } =
        'messages' in judgement ? judgement : { findings: judgement, messages: NO_MESSAGES }
      column.fail(ref, {
        findings: this.#findings.intern(findings),
        related: [],
        messages: this.#findings.internMessages(messages),
      })
      if (resource.origin === undefined) this.presents.keep(ref, resource.object, findings)
    }
  }

  /** False where the check had no time to judge everything. */
  #runJoin(check: JoinedCheck, column: Column, tables: Tables): boolean {
    const times = this.#times
    // What belongs to no set of values is judged with each: the first that it fails with is enough.
    const failed = new Set(column.failures.keys())
    for (const outcome of check.judge(tables, this.#inputs)) {
      const ref = typeof outcome.subject === 'number' ? outcome.subject : this.subjects.vector(outcome.subject)
      if (!this.subjects.list[ref]?.judged || failed.has(ref)) continue
      if (outcome.isUnknown) column.skip(ref)
      else if (outcome.findings === undefined) column.pass(ref)
      else {
        column.fail(ref, {
          findings: this.#findings.intern(outcome.findings),
          related: outcome.related ?? [],
          messages: this.#findings.internMessages(outcome.messages ?? NO_MESSAGES),
        })
      }
      // A policy that was told to end says itself what it leaves open.
      if (times?.isLate === true && !times.hasStopped) {
        this.#endLate(check, column)
        return false
      }
    }
    return true
  }

  /** A joined check without time left has judged nothing that it did not fail. */
  #endLate(check: JoinedCheck, column: Column, error?: unknown): void {
    this.#tellLate(check, error)
    for (const [ref, { identity, judged }] of this.subjects.list.entries()) {
      if (judged && column.get(ref) === undefined && matches(check.match, identity)) column.skip(ref)
    }
    column.breakOff()
  }

  /** Tells of each check once that it has no time left; `error` is how a policy ended that was told so. */
  #tellLate(check: Check, error?: unknown): void {
    if (this.#times === undefined || this.#late.has(check)) return
    this.#late.add(check)
    const controls = this.#times.controlsOf(check)
    const [who, whose] = controls.length === 1 ? ['control', 'it'] : ['controls', 'each']
    this.problems.push({
      code: 'scan/control-timeout',
      message: `${who} ${controls.join(', ')}: the check ${check.name} was stopped, since ${whose} took longer than ${this.#times.limitMs / 1000} s`,
      hint: 'What it did not judge is shown as skipped. Give controls more time, or let them look at less.',
      ...(error instanceof CheckFailure ? error.place : {}),
    })
  }

  #planFor(identity: Identity): KindPlan {
    const key = `${identity.group}/${identity.version}/${identity.kind}`
    let plan = this.#kinds.get(key)
    if (plan === undefined) {
      const column = (check: Check): Column => this.columns.get(check) ?? new Column(check)
      const applies = (each: { readonly match: readonly Match[] }): boolean => matches(each.match, identity)
      plan = {
        local: this.#local.filter(applies).map((check) => [check, column(check)]),
        matched: this.#joined.filter((check) => check.tests === 'matched' && applies(check)).map(column),
        projections: this.#projections.filter(applies),
        isReported: [...this.#reported].some(
          (check) => applies(check) || (check.shape === 'joined' && check.needs.some(applies)),
        ),
      }
      this.#kinds.set(key, plan)
    }
    return plan
  }

  #countUnknown({ identity }: Resource): void {
    const kind = `${apiVersionOf(identity)}/${identity.kind}`
    this.unknownWorkloads.set(kind, (this.unknownWorkloads.get(kind) ?? 0) + 1)
  }

  /** A check that throws cannot judge, or has a bug: it costs its own verdicts, never the scan. */
  #broke(name: string, resource: Resource | undefined, error: unknown): void {
    const told = this.#told.get(name) ?? 0
    this.#told.set(name, told + 1)
    if (told >= MOST_PROBLEMS) return
    const what = error instanceof Error ? error.message : String(error)
    const of = resource === undefined ? '' : ` on ${resource.identity.kind}/${resource.identity.name}`
    const isKnown = error instanceof CheckFailure
    this.problems.push({
      code: isKnown ? error.code : 'scan/check-failed',
      message: isKnown ? `${what}${of}` : `the check ${name} broke off${of}: ${what}`,
      hint: isKnown
        ? error.hint
        : 'What it did not judge is shown as skipped. This is a bug in kubescape: please report it.',
      ...(isKnown
        ? error.place
        : resource?.origin === undefined
          ? {}
          : { file: resource.origin.file, line: resource.origin.line }),
    })
    if (told + 1 === MOST_PROBLEMS) {
      this.problems.push({
        code: 'scan/more-problems',
        message: `the check ${name} has more problems, which are not listed`,
        hint: 'Everything that it did not judge is shown as skipped.',
      })
    }
  }
}
