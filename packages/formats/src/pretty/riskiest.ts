/** The workloads to repair first, each with what its risk is made of. */
import type { AttackPath, WorkloadRisk } from '@kubescape/results'

import { count, type Page } from './page.ts'
import { subjectName } from './subject-name.ts'
import { visible } from './visible.ts'
import { paragraph } from './wrap.ts'

const SHOWN = 3
const WORST_SHOWN = 3

/** The riskiest workloads; nothing when there is only one, which has nothing to be compared with. */
export function* renderRiskiest(page: Page): Generator<string> {
  const { report, paints, textWidth } = page
  const risks = report.priorities()
  if (risks.length < 2) return
  yield paints.bold('Riskiest workloads')
  for (const [at, risk] of risks.slice(0, SHOWN).entries()) {
    yield `  ${at + 1}. ${visible(subjectName(report, risk.ref))}: risk ${paints.bold(String(risk.risk))}`
    for (const text of reasons(page, risk)) yield* paragraph('     ', text, textWidth)
  }
  yield ''
}

function reasons({ report }: Page, { findings, exposure, replicas, attackPaths }: WorkloadRisk): string[] {
  const exposedBy = exposure.by.flatMap(({ refs, control }) =>
    refs.length === 0 ? [control.name] : refs.map((ref) => subjectName(report, ref)),
  )
  const reach = {
    internet: `open to the internet by ${listed([...new Set(exposedBy)])}`,
    node: `open at its node (${listed([...new Set(exposedBy)])})`,
    cluster: 'not known to be open to the outside',
  }[exposure.reach]
  const worst = findings.controls.slice(0, WORST_SHOWN).map(({ control }) => `${control.name} (${control.id})`)
  return [
    `${findings.score} by ${count(findings.controls.length, 'finding')} x ${exposure.factor} ${reach} x ${Number(replicas.factor.toFixed(1))} for ${count(replicas.count, 'replica')}`,
    `worst: ${worst.join(', ')}`,
    ...[...Map.groupBy(attackPaths, ({ track }) => track)].map(([track, paths]) => `${track}: ${chain(paths)}`),
  ].map(visible)
}

/** The steps of a track, each with every control that opens it. */
function chain(paths: readonly AttackPath[]): string {
  const steps = new Map<string, Set<string>>()
  for (const { name, control } of paths.flatMap((path) => path.steps)) {
    steps.set(name, (steps.get(name) ?? new Set()).add(control.id))
  }
  return [...steps].map(([name, ids]) => `${name} (${[...ids].join(', ')})`).join(' > ')
}

function listed(names: readonly string[]): string {
  const [first = '', ...others] = names
  return others.length === 0 ? first : `${first} and ${others.length} more`
}
