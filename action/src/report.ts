/** What the action tells of a scan, read from its JSON report. */
import { isAbsolute, relative, sep } from 'node:path'

import { workflowCommand } from './workflow.ts'

/** The parts of the JSON report, layout v3, that are used here. */
export interface JsonReport {
  readonly summaryDetails: {
    readonly complianceScore: number
    readonly controlsSeverityCounters: Readonly<Record<`${Severity}Severity`, number>>
  }
  readonly results: readonly JsonControl[]
}

interface JsonControl {
  readonly controlID: string
  readonly name: string
  readonly severity: string
  readonly status: string
  readonly remediation: string
  readonly resources: readonly JsonResource[]
}

interface JsonResource {
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly status: string
  readonly file?: string | null
  readonly line?: number | null
  readonly findings?: readonly JsonFinding[]
}

interface JsonFinding {
  readonly path: string
  readonly file?: string | null
  readonly line?: number | null
  readonly column?: number | null
}

type Severity = 'critical' | 'high' | 'medium' | 'low'

const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low']
const LEVELS: Readonly<Record<string, string>> = { critical: 'error', high: 'error', medium: 'warning' }
/** A job shows no more. */
const MOST_ANNOTATIONS = 50
/** Fields that an annotation names. */
const MOST_FIELDS = 5

/** The outputs that count. */
export function countsOf({ summaryDetails, results }: JsonReport): Record<string, number> {
  const { complianceScore, controlsSeverityCounters: counters } = summaryDetails
  return {
    'compliance-score': complianceScore,
    'failed-controls': results.filter(({ status }) => status === 'failed').length,
    ...Object.fromEntries(SEVERITIES.map((severity) => [severity, counters[`${severity}Severity`]])),
  }
}

/**
 * Commands that mark failures at their lines, the worst first; one for each control and resource.
 * @param workspace absolute path of the folder that GitHub names files relative to
 */
export function annotationsOf({ results }: JsonReport, workspace: string): string[] {
  const failures = results
    .filter(({ status }) => status === 'failed')
    .toSorted((a, b) => rank(a) - rank(b))
    .flatMap((control) =>
      control.resources.filter(({ status }) => status === 'failed').map((resource) => ({ control, resource })),
    )
  const shown = failures.slice(0, MOST_ANNOTATIONS)
  const commands = shown.map(({ control, resource }) => annotationOf(control, resource, workspace))
  if (shown.length === failures.length) return commands
  const text = `The worst ${shown.length} of ${failures.length} failures are marked; the report has all.`
  return [...commands, workflowCommand('notice', { title: 'kubescape' }, text)]
}

function annotationOf(control: JsonControl, resource: JsonResource, workspace: string): string {
  const { findings = [] } = resource
  const place: Partial<JsonFinding> = findings.find(({ file }) => file) ?? {}
  const file = place.file ?? resource.file ?? ''
  const fields = findings
    .map(({ path }) => path)
    .filter(Boolean)
    .slice(0, MOST_FIELDS)
  const named = [resource.kind, [resource.namespace, resource.name].filter(Boolean).join('/')].filter(Boolean).join(' ')
  const where = fields.length === 0 ? '' : `: ${fields.join(', ')}`
  return workflowCommand(
    LEVELS[control.severity.toLowerCase()] ?? 'notice',
    {
      file: file === '' ? undefined : withinWorkspace(file, workspace),
      line: place.line ?? resource.line ?? undefined,
      col: place.column ?? undefined,
      title: `${control.controlID} ${control.name}`,
    },
    `${named}${where}\n${control.remediation}`,
  )
}

/** What is reported relative to the folder of the scan, as GitHub names it. */
function withinWorkspace(file: string, workspace: string): string {
  const path = isAbsolute(file) ? relative(workspace, file) : file
  return path.split(sep).join('/')
}

function rank({ severity }: JsonControl): number {
  const at = (SEVERITIES as readonly string[]).indexOf(severity.toLowerCase())
  return at === -1 ? SEVERITIES.length : at
}
