/** One vulnerability for each failed control and resource in a file of the repository. GitLab's schema 15.2.4 says what goes where. */
import {
  findingKey,
  resourceKeys,
  verdictKey,
  type ControlResult,
  type Finding,
  type Report,
  type Severity,
  type Verdict,
} from '@kubescape/results'

import type { Evidence } from '../evidence.ts'
import { clipped, findingText, resourceText } from '../finding-text.ts'
import type { RenderContext } from '../format.ts'
import { controlUrl, exceptionsOf, findingsOf, messagesOf, worstFirst } from '../listing.ts'
import { SourceNames } from '../source-names.ts'

const VERSION = '15.2.4'
const SCHEMA = `https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/raw/v${VERSION}/dist/sast-report-format.json`
/** What the schema lets. */
const LONGEST_NAME = 255
const LONGEST_SOLUTION = 7000
/** Messages of the scan about itself; more is counted, not listed. */
const MOST_MESSAGES = 1000
/** Fields that a description names. */
const MOST_NAMED = 50
/** The object itself, as a finding. */
const WHOLE: Finding = { role: 'failed', path: '' }
const SCANNER = { id: 'kubescape', name: 'Kubescape' }
const SEVERITIES: Readonly<Record<Severity, string>> = {
  Critical: 'Critical',
  High: 'High',
  Medium: 'Medium',
  Low: 'Low',
  Unknown: 'Unknown',
}

/** Renders the report. */
export function* render(report: Report, { evidence, roots, warn }: RenderContext): Generator<string> {
  evidence.prepare({ wholeObjects: true, stablePaths: true })
  const names = new SourceNames(roots)
  const keys = resourceKeys(report)
  yield `{"version":"${VERSION}","schema":"${SCHEMA}","vulnerabilities":[`
  let [count, outside] = [0, 0]
  for (const control of worstFirst(report.controls)) {
    if (control.counters.failed === 0) continue
    for (const verdict of report.byControl(control)) {
      if (verdict.status !== 'failed') continue
      const written = vulnerability(report, verdict, { evidence, names, key: keys[verdict.ref] ?? '' })
      if (written === undefined) outside++
      else yield count++ === 0 ? written : `,${written}`
    }
  }
  const left =
    outside === 0 ? [] : [`${outside} failures are left out: their resources are in no file of the repository.`]
  for (const message of left) warn(`GitLab SAST: ${message}`)
  yield `],"scan":${JSON.stringify(scanOf(report, left))}}\n`
}

interface Sources {
  readonly evidence: Evidence
  readonly names: SourceNames
  /** The comparison key of the resource. */
  readonly key: string
}

/** Undefined for a resource that is in no file of the repository. */
function vulnerability(report: Report, verdict: Verdict, { evidence, names, key }: Sources): string | undefined {
  const { control, ref } = verdict
  const { id, name, why, repair } = control.control
  const { findings } = findingsOf(verdict)
  const [first] = findings
  const place = evidence.place(ref, first ?? WHOLE)
  const file = names.relative(place.file)
  if (file === undefined) return undefined
  const fields = findings
    .slice(0, MOST_NAMED)
    .map((finding) => `- ${findingText(report, ref, evidence.place(ref, finding))}`)
  const more = findings.length > fields.length ? [`- and ${findings.length - fields.length} more`] : []
  const resource = resourceText(report, ref)
  const url = controlUrl(control.control)
  const link = url === '' ? {} : { url }
  const [rule] = verdict.rules
  const isOneLine = place.path === '' || !place.exact
  return JSON.stringify({
    id:
      first === undefined
        ? verdictKey(key, id)
        : findingKey(key, id, { rule: rule?.check.name ?? '', role: first.role, path: place.stablePath }),
    category: 'sast',
    name: clipped(`${id} - ${name}`, LONGEST_NAME),
    message: `${resource}: ${name}`,
    description: [why, ...messagesOf(verdict), '', `${resource}:`, ...fields, ...more].join('\n'),
    severity: SEVERITIES[control.severity],
    solution: clipped(repair, LONGEST_SOLUTION),
    scanner: SCANNER,
    identifiers: [{ type: 'kubescape_control_id', name: id, value: id, ...link }],
    ...(url === '' ? {} : { links: [link] }),
    location: {
      file,
      ...(place.line > 0 && { start_line: place.line, end_line: isOneLine ? place.line : place.endLine }),
    },
  })
}

function scanOf(report: Report, left: readonly string[]): object {
  const { generationTime, version } = report.metadata
  const time = new Date(generationTime).toISOString().slice(0, 19)
  const tool = { ...SCANNER, url: 'https://kubescape.io', vendor: { name: 'Kubescape' }, version: version || 'unknown' }
  return {
    analyzer: tool,
    scanner: tool,
    type: 'sast',
    start_time: time,
    end_time: time,
    status: 'success',
    messages: messages(report, left),
  }
}

/** What could not be read or judged, and what exceptions accept. */
function messages(report: Report, left: readonly string[]): object[] {
  const { problems, notEvaluated } = report.coverage
  const all = [
    ...left.map((text) => ({ level: 'warn', value: text })),
    ...problems.map(({ message, file, line }) => ({
      level: 'warn',
      value: [file, line, message].filter(Boolean).join(': '),
    })),
    ...notEvaluated.map(({ controlID, name, reason }) => ({
      level: 'info',
      value: `${controlID} ${name} was not evaluated: ${reason}`,
    })),
    ...report.controls.flatMap((control) => excluded(report, control)).map((value) => ({ level: 'info', value })),
  ]
  const more = all.length - MOST_MESSAGES
  return more <= 0 ? all : [...all.slice(0, MOST_MESSAGES), { level: 'warn', value: `${more} more messages` }]
}

function excluded(report: Report, result: ControlResult): string[] {
  if (result.counters.excluded === 0) return []
  return [...report.byControl(result)]
    .filter(({ status }) => status === 'excluded')
    .map((verdict) => {
      const reasons = exceptionsOf(verdict).map(({ name, reason }) => (reason === '' ? name : `${name} (${reason})`))
      const { id, name } = result.control
      return `${id} ${name}: ${resourceText(report, verdict.ref)} is excluded by the exception ${reasons.join(', ')}`
    })
}
