/** Newline-delimited JSON: every line is a finding with all that is known of it, and there is nothing but findings. */
import {
  findingKey,
  resourceKeys,
  verdictKey,
  type ControlResult,
  type Finding,
  type Ref,
  type Report,
  type RuleVerdict,
} from '@kubescape/results'

import type { Evidence } from '../evidence.ts'
import { valueSetOf } from '../finding-text.ts'
import type { RenderContext } from '../format.ts'
import { namedResource, notPassed } from '../listing.ts'

/** Renders the report. */
export function* render(report: Report, { evidence }: RenderContext): Generator<string> {
  const writer = new LineWriter(report, evidence)
  for (const result of report.controls) {
    for (const { ref, rules } of notPassed(report, result)) {
      for (const rule of rules) yield* writer.lines(result, ref, rule)
    }
  }
}

function describeControl({ control, severity, frameworks }: ControlResult): string {
  return members({ controlID: control.id, controlName: control.name, severity, frameworks })
}

/** Writes lines as text: the same resources stand under many controls, and what stays the same is made once. */
class LineWriter {
  readonly #report: Report
  readonly #evidence: Evidence
  readonly #keys: readonly string[]
  readonly #resources = new Map<Ref, string>()
  readonly #controls = new Map<ControlResult, string>()

  constructor(report: Report, evidence: Evidence) {
    this.#report = report
    this.#evidence = evidence
    this.#keys = resourceKeys(report)
    evidence.prepare({ stablePaths: true })
  }

  /** What a rule says of a resource: a line for each field, or one for all of it where no single field is at fault. */
  *lines(result: ControlResult, ref: Ref, rule: RuleVerdict): Generator<string> {
    if (rule.status === 'passed') return
    const { check, status, subStatus, findings, excepted, exceptions, messages } = rule
    const said = messages.length === 0 ? '' : `,"messages":${JSON.stringify(messages)}`
    const head = `{${this.#control(result)},${this.#resource(ref)},"rule":${JSON.stringify(check.name)}`
    const outcome = `"status":"${status}","subStatus":"${subStatus}"`
    const line = (outcomeOf: string, finding: Finding | undefined, accepted: string): string =>
      `${head},${outcomeOf},${this.#place(result, ref, check.name, finding)},"exceptions":${accepted}${said}}\n`
    const names = JSON.stringify(exceptions.map(({ name }) => name))
    for (const finding of findings) yield line(outcome, finding, '[]')
    for (const finding of excepted) yield line('"status":"excluded","subStatus":"w/exceptions"', finding, names)
    if (findings.length + excepted.length === 0) yield line(outcome, undefined, names)
  }

  #control(result: ControlResult): string {
    let written = this.#controls.get(result)
    if (written === undefined) this.#controls.set(result, (written = describeControl(result)))
    return written
  }

  #resource(ref: Ref): string {
    let written = this.#resources.get(ref)
    if (written === undefined) {
      const valueSet = valueSetOf(this.#report, ref) || null
      const { id, apiVersion, kind, namespace, name } = namedResource(this.#report, ref)
      this.#resources.set(ref, (written = members({ resourceID: id, apiVersion, kind, namespace, name, valueSet })))
    }
    return written
  }

  #place({ control }: ControlResult, ref: Ref, rule: string, finding: Finding | undefined): string {
    const resourceKey = this.#keys[ref] ?? ''
    if (finding === undefined) {
      const origin = this.#report.subjects[ref]?.origin
      const { file = null, line = null } = origin ?? {}
      return members({ file, line, ...NO_FIELD, fingerprint: verdictKey(resourceKey, control.id) })
    }
    const { role, path, fix } = finding
    const place = this.#evidence.place(ref, finding)
    return members({
      file: place.file === '' ? null : place.file,
      line: place.line || null,
      column: place.column || null,
      exact: place.line === 0 ? null : place.exact,
      path,
      presentValue: place.present === undefined ? null : String(place.present),
      fixAction: fix?.action ?? null,
      fixPath: fix?.path ?? null,
      fixValue: fix?.action === 'set' ? fix.value : null,
      values: place.values,
      fingerprint: findingKey(resourceKey, control.id, { rule, role, path: place.stablePath }),
    })
  }
}

const NO_FIELD = {
  column: null,
  exact: null,
  path: null,
  presentValue: null,
  fixAction: null,
  fixPath: null,
  fixValue: null,
  values: [],
}

/** An object without its braces. */
function members(object: object): string {
  return JSON.stringify(object).slice(1, -1)
}
