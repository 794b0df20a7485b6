/** One SARIF log with one run; results in the order of severity, written one by one. */
import { shortFloat, type ControlResult, type Report, type Repository, type Verdict } from '@kubescape/results'

import type { RenderContext } from '../format.ts'
import { normalized } from '../source-names.ts'
import { MOST_CHARACTERS, MOST_RESULTS, MOST_RULES, MOST_SHOWN } from './limits.ts'
import { notifications } from './notification.ts'
import { ResultWriter, type Aspect } from './result.ts'
import { ruleOf } from './rule.ts'

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

/** How much is written at most; hosts refuse more. */
export interface Budget {
  readonly results: number
  /** Characters of all results. */
  readonly characters: number
}

/** Renders the report. */
export function render(report: Report, context: RenderContext): Generator<string> {
  return renderWithin(report, context, { results: MOST_RESULTS, characters: MOST_CHARACTERS })
}

/** Renders as much of the report as the budget lets, the worst first, and says in the run and as a warning what was left out. */
export function* renderWithin(report: Report, context: RenderContext, budget: Budget): Generator<string> {
  const writer = new ResultWriter(report, context)
  const controls = reportedControls(report)
  yield `{"$schema":"${SCHEMA}","version":"2.1.0","runs":[{"tool":{"driver":${JSON.stringify(driver(report, controls))}}`
  yield `,"automationDetails":${JSON.stringify({ id: automationId(report) })},"columnKind":"utf16CodeUnits"`
  const repository = report.metadata.input.kind === 'cluster' ? undefined : report.metadata.input.repository
  const base = repository?.isRemote === true ? { description: { text: repository.url } } : { uri: writer.names.rootUri }
  yield `,"originalUriBaseIds":${JSON.stringify({ SRCROOT: base })}${provenance(repository)},"results":[`
  let [count, length, left] = [0, 0, 0]
  for (const [verdict, ruleIndex, aspect] of aspects(report, controls)) {
    const isFull = count >= budget.results || length >= budget.characters
    const result = isFull ? '' : writer.write(verdict, ruleIndex, aspect)
    if (result === undefined) continue
    if (isFull || length + result.length > budget.characters) {
      left++
      length = budget.characters
      continue
    }
    yield count === 0 ? result : `,${result}`
    count++
    length += result.length
  }
  const cuts = cutsOf(count, left)
  for (const cut of cuts) context.warn(`SARIF: ${cut}`)
  const invocation = {
    executionSuccessful: true,
    startTimeUtc: report.metadata.generationTime,
    toolExecutionNotifications: notifications(report, writer.names, cuts),
  }
  const { complianceScore, complianceWithoutExceptions, coverage } = report
  const properties = {
    complianceScore: shortFloat(complianceScore),
    complianceWithoutExceptions: shortFloat(complianceWithoutExceptions),
    coverageScore: shortFloat(coverage.coverageScore),
  }
  yield `],"invocations":[${JSON.stringify(invocation)}],"properties":${JSON.stringify(properties)}}]}\n`
}

/** Which commit of which repository was scanned; nothing where that is not known. */
function provenance(repository: Repository | undefined): string {
  if (repository === undefined || repository.url === '' || repository.commit === undefined) return ''
  const details = {
    repositoryUri: repository.url,
    revisionId: repository.commit.hash,
    ...(repository.branch === '' ? {} : { branch: repository.branch }),
    mappedTo: { uriBaseId: 'SRCROOT' },
  }
  return `,"versionControlProvenance":${JSON.stringify([details])}`
}

/** Controls with something to say, the worst first. */
function reportedControls({ controls }: Report): ControlResult[] {
  return controls
    .filter(({ counters }) => counters.failed + counters.excluded + counters.skipped > 0)
    .toSorted((a, b) => b.control.baseScore - a.control.baseScore)
    .slice(0, MOST_RULES)
}

/** What counts, then what people should look at, and last what is accepted: each with the worst controls first. */
function* aspects(
  report: Report,
  controls: readonly ControlResult[],
): Generator<readonly [verdict: Verdict, ruleIndex: number, aspect: Aspect]> {
  for (const aspect of ['failed', 'review', 'excepted'] as const) {
    for (const [ruleIndex, control] of controls.entries()) {
      if (!hasAspect(control, aspect)) continue
      for (const verdict of report.byControl(control)) {
        if (isOf(verdict, aspect)) yield [verdict, ruleIndex, aspect]
      }
    }
  }
}

function hasAspect({ counters }: ControlResult, aspect: Aspect): boolean {
  if (aspect === 'review') return counters.skipped > 0
  return aspect === 'failed' ? counters.failed > 0 : counters.failed + counters.excluded > 0
}

function isOf({ status, subStatus, rules }: Verdict, aspect: Aspect): boolean {
  if (aspect === 'failed') return status === 'failed'
  if (aspect === 'excepted') return status === 'excluded' || rules.some(({ excepted }) => excepted.length > 0)
  return status === 'skipped' && (subStatus === 'requires review' || subStatus === 'manual review')
}

function driver({ metadata }: Report, controls: readonly ControlResult[]): object {
  return {
    name: 'kubescape',
    informationUri: 'https://kubescape.io',
    version: metadata.version,
    rules: controls.map(ruleOf),
  }
}

/** `kubescape/<what was scanned>/`: reports with different ids do not replace each other on their host. */
function automationId({ metadata: { input } }: Report): string {
  const target =
    input.kind === 'cluster'
      ? input.context
      : input.paths.map((path) => normalized(path.replace(/^(?:[a-z+]+:\/)?\/+/, '')) || '.').join(',')
  return `kubescape/${target}/`
}

function cutsOf(written: number, left: number): string[] {
  if (left > 0) {
    return [
      `${left} of ${written + left} results are left out, those of the least severity: hosts of code scanning refuse larger uploads. Scan fewer files or controls at once to see all.`,
    ]
  }
  if (written <= MOST_SHOWN) return []
  return [`there are ${written} results; GitHub shows the ${MOST_SHOWN} of the highest severity.`]
}
