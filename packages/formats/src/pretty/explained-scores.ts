/** The scores of a report with their formulas and numbers, for whoever asks why they are what they are. */
import { explainScores, type ComplianceExplanation, type Contributor, type Report } from '@kubescape/results'

import { preciseScore } from '../score.ts'
import { visible } from '../visible.ts'
import { makePaints, type Paints } from './paint.ts'
import type { Column } from './table-layout.ts'
import { renderTable } from './table.ts'
import { paragraph, wrap } from './wrap.ts'

const MOST_CONTROLS = 10
const MOST_OF_FRAMEWORK = 3

const COLUMNS: readonly Column[] = [
  { header: 'Control name', flexible: true },
  { header: 'Control', whole: true },
  { header: 'Costs', align: 'right' },
  { header: 'Compliance', align: 'right' },
  { header: 'Resources', whole: true },
]

/** The section, line by line. */
export function* renderExplainedScores(
  report: Report,
  width: number,
  paints: Paints = makePaints(false),
): Generator<string> {
  const { compliance, risk, coverage, frameworks } = explainScores(report)
  yield paints.bold('How the scores come about')
  yield* paragraph('Compliance: ', mean(compliance), width)
  yield* paragraph(
    '  = ',
    `100 - ${points(compliance.failures)} for failed resources - ${points(compliance.undecided)} for what is skipped and needs a person or data`,
    width,
  )
  yield* paragraph('  ', exceptions(compliance), width)
  yield* paragraph(
    'Risk: ',
    `${preciseScore(risk.score)} = 100 x ${amount(risk.failedWeight)} / ${amount(risk.allWeight)}, failed weight by all weight; a resource weighs the base score of the control, times 1.1 for each replica from two on`,
    width,
  )
  const { deductions } = coverage
  yield* paragraph(
    'Coverage: ',
    `${preciseScore(coverage.coverageScore)} = 100 x ${coverage.evaluatedControls} / ${coverage.totalControls} controls evaluated${deductions > 0.005 ? ` - ${points(deductions)} for what was read in part only` : ''}`,
    width,
  )
  yield ''
  const costly = compliance.contributors.slice(0, MOST_CONTROLS)
  if (costly.length > 0) {
    yield paints.bold(
      costly.length === compliance.contributors.length
        ? 'What costs points'
        : `What costs most points, ${costly.length} of ${compliance.contributors.length} controls`,
    )
    yield* renderTable({ columns: COLUMNS, rows: costly.map(rowOf), width, header: paints.dim })
    yield ''
  }
  for (const { name, compliance: own, risk: ownRisk } of frameworks) {
    yield* wrap(`${visible(name)}: ${mean(own)}; risk ${preciseScore(ownRisk.score)}`, width)
    const most = own.contributors.slice(0, MOST_OF_FRAMEWORK)
    if (most.length > 0) {
      const costs = most.map((each) => `${each.controlID} ${points(each.points)}`).join(', ')
      yield* paragraph('  costs most: ', visible(costs), width)
    }
  }
}

function mean({ complianceScore, sum, controls }: ComplianceExplanation): string {
  if (controls === 0) return '0.00, as no control was evaluated'
  return `${preciseScore(complianceScore)} = ${points(sum)} / ${controls}, the mean over ${controls} ${controls === 1 ? 'control' : 'controls'}`
}

function exceptions(compliance: ComplianceExplanation): string {
  const { complianceScore, exceptions: gained } = compliance
  if (gained === 0) return 'Nothing of it rests on exceptions.'
  return `${points(gained)} of it rest on exceptions: without them it would be ${preciseScore(complianceScore - gained)}`
}

function rowOf(each: Contributor): { text: string }[] {
  const parts = [
    ...(each.failedResources > 0 ? [`${each.failedResources} failed`] : []),
    ...(each.skippedResources > 0 ? [`${each.skippedResources} skipped`] : []),
  ]
  const resources = each.allResources === 0 ? 'needs a person' : `${parts.join(', ')} of ${each.allResources}`
  return [each.name, each.controlID, points(each.points), `${preciseScore(each.complianceScore)}%`, resources].map(
    (text) => ({
      text,
    }),
  )
}

function points(value: number): string {
  return value.toFixed(2)
}

/** Sums of weights have no more digits than people can use. */
function amount(value: number): string {
  return String(Number(value.toFixed(1)))
}
