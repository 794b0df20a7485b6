/** Layout v3: one entry per control with the resources that did not pass and why. */
import {
  apiVersionOf,
  shortFloat,
  type ControlResult,
  type Exception,
  type Finding,
  type Ref,
  type Report,
  type Verdict,
} from '@kubescape/results'

import { valueSetOf } from '../finding-text.ts'
import { messagesOf } from '../listing.ts'
import type { RenderContext } from '../format.ts'

/** The entries of `results` with the commas between them, in pieces. */
export function* resultsByControl(report: Report, context: RenderContext): Generator<string> {
  const writer = new ResourceWriter(report, context)
  for (const [at, result] of report.controls.entries()) {
    yield `${at === 0 ? '' : ','}${JSON.stringify(summary(result)).slice(0, -1)},"resources":[`
    const { failed, skipped, excluded } = result.counters
    if (failed + skipped + excluded > 0) {
      let isFirst = true
      for (const verdict of report.byControl(result)) {
        if (verdict.status === 'passed') continue
        yield isFirst ? writer.write(verdict) : `,${writer.write(verdict)}`
        isFirst = false
      }
    }
    yield ']}'
  }
}

function summary(result: ControlResult): object {
  const { passed, failed, skipped, excluded } = result.counters
  return {
    controlID: result.control.id,
    name: result.control.name,
    severity: result.severity,
    scoreFactor: result.control.baseScore,
    status: result.status,
    statusInfo: { status: result.status, subStatus: result.subStatus, info: result.info },
    complianceScore: shortFloat(result.complianceScore),
    complianceWithoutExceptions: shortFloat(result.complianceWithoutExceptions),
    score: shortFloat(result.score),
    frameworks: result.frameworks,
    description: result.control.why,
    remediation: result.control.repair,
    resourcesResult: {
      failedResources: failed,
      passedResources: passed,
      skippedResources: skipped,
      excludedResources: excluded,
      allResources: passed + failed + skipped + excluded,
    },
  }
}

/** The exceptions of a resource, as a member of it. */
function named(exceptions: ReadonlySet<Exception>): string {
  const entries = Array.from(exceptions, ({ name, reason, owner, expires }) => ({
    name,
    ...(reason === '' ? {} : { reason }),
    ...(owner === '' ? {} : { owner }),
    ...(expires === '' ? {} : { expires }),
  }))
  return `,"exceptions":${JSON.stringify(entries)}`
}

/** Writes resources as text: the same ones stand under many controls, and what stays the same is made once. */
class ResourceWriter {
  readonly #report: Report
  readonly #context: RenderContext
  readonly #heads = new Map<Ref, string>()
  readonly #texts = new Map<string, string>()

  constructor(report: Report, context: RenderContext) {
    this.#report = report
    this.#context = context
  }

  write(verdict: Verdict): string {
    const { ref, status, subStatus, rules } = verdict
    const findings: string[] = []
    const excepted: string[] = []
    const exceptions = new Set<Exception>()
    const related = new Set<string>()
    const messages = messagesOf(verdict)
    for (const rule of rules) {
      for (const finding of rule.excepted) excepted.push(this.#finding(ref, finding))
      for (const each of rule.exceptions) exceptions.add(each)
      for (const finding of rule.findings) findings.push(this.#finding(ref, finding))
      for (const each of rule.related) related.add(this.#report.subjects[each.ref]?.id ?? '')
    }
    const reason = subStatus === '' ? '' : `,"subStatus":${this.#text(subStatus)}`
    const others = related.size === 0 ? '' : `,"relatedResourceIDs":${JSON.stringify([...related])}`
    const accepted = exceptions.size === 0 ? '' : `,"exceptedFindings":[${excepted.join(',')}]${named(exceptions)}`
    const said = messages.length === 0 ? '' : `,"messages":${JSON.stringify(messages)}`
    return `${this.#head(ref)},"status":"${status}"${reason},"findings":[${findings.join(',')}]${said}${accepted}${others}}`
  }

  /** What identifies the resource, without the closing brace. */
  #head(ref: Ref): string {
    let head = this.#heads.get(ref)
    if (head === undefined) {
      const subject = this.#report.subjects[ref]
      const { kind = '', namespace = '', name = '' } = subject?.identity ?? {}
      const valueSet = valueSetOf(this.#report, ref)
      head = JSON.stringify({
        resourceID: subject?.id ?? '',
        // Subjects of role bindings have a group and no version.
        apiVersion: subject === undefined ? '' : apiVersionOf(subject.identity).replace(/\/$/, ''),
        kind,
        namespace,
        name,
        ...(subject?.origin === undefined ? {} : { file: subject.origin.file, line: subject.origin.line }),
        ...(valueSet === '' ? {} : { valueSet }),
      }).slice(0, -1)
      this.#heads.set(ref, head)
    }
    return head
  }

  #finding(ref: Ref, finding: Finding): string {
    const { path, fix } = finding
    const place = this.#context.evidence.place(ref, finding)
    const where =
      place.line === 0
        ? ''
        : `,"file":${this.#text(place.file)},"line":${place.line},"column":${place.column},"exact":${place.exact}`
    const calls = place.calls.length === 0 ? '' : `,"calls":${JSON.stringify(place.calls)}`
    const values = place.values.length === 0 ? '' : `,"values":${JSON.stringify(place.values)}`
    const present = place.present === undefined ? '' : `,"presentValue":${JSON.stringify(String(place.present))}`
    return `{"path":${this.#text(path)}${where}${calls}${present}${values}${fix === undefined ? '' : `,"fix":${this.#fix(fix)}`}}`
  }

  #fix(fix: NonNullable<Finding['fix']>): string {
    const value = fix.action === 'set' ? `,"value":${this.#text(fix.value)}` : ''
    return `{"action":"${fix.action}","path":${this.#text(fix.path)}${value}}`
  }

  /** A JSON string. Paths, files and reasons repeat, so they are written once. */
  #text(text: string): string {
    let written = this.#texts.get(text)
    if (written === undefined) this.#texts.set(text, (written = JSON.stringify(text)))
    return written
  }
}
