/** The XML that JUnit made common, in the shape that the schema of Jenkins (junit-10.xsd) describes. */
import type { ControlResult, FrameworkResult, Report, Verdict } from '@kubescape/results'

import type { Evidence } from '../evidence.ts'
import { valueSetOf } from '../finding-text.ts'
import type { RenderContext } from '../format.ts'
import { allResources, controlUrl, exceptionsOf, findingsOf, messagesOf, namedResource, notPassed } from '../listing.ts'
import { valueText } from '../value-text.ts'
import { xmlAttribute, xmlText } from './xml.ts'

/** A suite: a framework, or all controls where they were asked for one by one. */
type Suite = Pick<FrameworkResult, 'name' | 'controls' | 'counters' | 'complianceScore' | 'complianceWithoutExceptions'>

/** Renders the report. */
export function* render(report: Report, { evidence }: RenderContext): Generator<string> {
  const suites: readonly Suite[] = report.frameworks.length > 0 ? report.frameworks : [{ ...report, name: 'kubescape' }]
  const controls = suites.flatMap((suite) => suite.controls)
  const { tests, failures } = countsOf(controls)
  yield '<?xml version="1.0" encoding="UTF-8"?>\n'
  yield `<testsuites name="Kubescape Scanning" tests="${tests}" failures="${failures}" errors="0" time="0">\n`
  for (const [at, suite] of suites.entries()) yield* renderSuite(report, suite, at, evidence)
  yield '</testsuites>\n'
}

function* renderSuite(report: Report, suite: Suite, at: number, evidence: Evidence): Generator<string> {
  const { tests, failures, skipped } = countsOf(suite.controls)
  // Of the readers of this format some know no fractions of seconds.
  const timestamp = report.metadata.generationTime.replace(/\.\d+/, '')
  yield `  <testsuite name="${xmlAttribute(suite.name)}" id="${at}" tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}" time="0" timestamp="${xmlAttribute(timestamp)}">\n`
  const { counters, complianceScore, complianceWithoutExceptions } = suite
  const properties = {
    complianceScore: complianceScore.toFixed(2),
    complianceWithoutExceptions: complianceWithoutExceptions.toFixed(2),
    failedResources: counters.failed,
    passedResources: counters.passed,
    skippedResources: counters.skipped,
    excludedResources: counters.excluded,
  }
  yield '    <properties>\n'
  for (const [name, value] of Object.entries(properties)) yield `      <property name="${name}" value="${value}"/>\n`
  yield '    </properties>\n'
  for (const result of suite.controls) yield* renderCase(report, suite, result, evidence)
  yield '  </testsuite>\n'
}

function* renderCase(report: Report, suite: Suite, result: ControlResult, evidence: Evidence): Generator<string> {
  const { control, status, counters } = result
  const name = `name="${xmlAttribute(control.name)}" classname="${xmlAttribute(`${suite.name}/${control.id}`)}" time="0"`
  if (status === 'passed' && counters.excluded === 0) {
    yield `    <testcase ${name}/>\n`
    return
  }
  yield `    <testcase ${name}>\n`
  if (status === 'failed') yield* renderFailure(report, result, evidence)
  if (status === 'skipped') yield `      <skipped message="${xmlAttribute(skipMessage(result))}"/>\n`
  yield* renderOutput(report, result, evidence)
  yield '    </testcase>\n'
}

function* renderFailure(report: Report, result: ControlResult, evidence: Evidence): Generator<string> {
  const { control, severity, counters } = result
  const message = `${control.id} ${control.name} (${severity}) failed on ${counters.failed} of ${resources(allResources(result))}`
  yield `      <failure type="Control" message="${xmlAttribute(message)}">`
  const url = controlUrl(control)
  yield xmlText(`Remediation: ${control.repair}\n${url === '' ? '' : `More: ${url}\n`}`)
  for (const verdict of notPassed(report, result)) {
    if (verdict.status === 'failed') yield xmlText(`${resourceLine(report, verdict, evidence)}\n`)
  }
  yield '</failure>\n'
}

/** What is neither a failure nor a pass: resources that exceptions accept, and those that a person has to look at. */
function* renderOutput(report: Report, result: ControlResult, evidence: Evidence): Generator<string> {
  const { excluded, skipped } = result.counters
  if (excluded + skipped === 0) return
  yield '      <system-out>'
  if (excluded > 0) yield `${resources(excluded)} excluded by exceptions\n`
  if (skipped > 0) yield `${resources(skipped)} not judged\n`
  for (const verdict of notPassed(report, result)) {
    if (verdict.status === 'failed') continue
    yield xmlText(`${verdict.status}: ${resourceLine(report, verdict, evidence)}${exceptionText(verdict)}\n`)
  }
  yield '</system-out>\n'
}

/** One resource on one line; names from outside cannot break it. */
function resourceLine(report: Report, verdict: Verdict, evidence: Evidence): string {
  const { apiVersion, kind, namespace, name, file, line } = namedResource(report, verdict.ref)
  const { findings, excepted } = findingsOf(verdict)
  const [first] = [...findings, ...excepted]
  const place = first === undefined ? undefined : evidence.place(verdict.ref, first)
  const where = place === undefined || place.line === 0 ? `${file}:${line}` : `${place.file}:${place.line}`
  const source = file === '' ? '' : `; sourcePath: ${where}`
  const values = place === undefined ? '' : valueText(place)
  const advice = values === '' ? '' : `; ${values}`
  const valueSet = valueSetOf(report, verdict.ref)
  const set = valueSet === '' ? '' : `; values: ${valueSet}`
  const said = messagesOf(verdict).map((message) => `; message: ${message}`)
  return oneLine(
    `apiVersion: ${apiVersion}; kind: ${kind}; namespace: ${namespace}; name: ${name}${set}${source}${advice}${said.join('')}`,
  )
}

function exceptionText(verdict: Verdict): string {
  const exceptions = exceptionsOf(verdict).map(({ name, reason }) => (reason === '' ? name : `${name} (${reason})`))
  return exceptions.length === 0 ? '' : oneLine(`; exceptions: ${exceptions.join(', ')}`)
}

function skipMessage({ info, subStatus, counters }: ControlResult): string {
  const reason = info === '' ? subStatus : info
  return counters.skipped === 0 ? reason : `${reason} (${resources(counters.skipped)})`
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\u0085\u2028\u2029]+/g, ' ')
}

function resources(amount: number): string {
  return amount === 1 ? '1 resource' : `${amount} resources`
}

function countsOf(controls: readonly ControlResult[]): { tests: number; failures: number; skipped: number } {
  const amount = (status: string): number => controls.filter((control) => control.status === status).length
  return { tests: controls.length, failures: amount('failed'), skipped: amount('skipped') }
}
