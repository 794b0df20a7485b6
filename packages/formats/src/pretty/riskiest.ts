/** The workloads to repair first, each with what its risk is made of. */
import { landingNamespace, type AttackPath, type Ref, type WorkloadRisk } from '@kubescape/results'

import { command, count, quoted, type Page } from './page.ts'
import { subjectName } from './subject-name.ts'
import { visible } from '../visible.ts'
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
    const words = workloadWords(page, risk.ref)
    if (words !== undefined) yield `     ${paints.dim(command(page, ['scan', 'workload', ...words].join(' ')))}`
  }
  yield ''
}

/** What names the workload and no other one of the scan, as arguments; undefined where nothing does. */
function workloadWords({ report }: Page, ref: Ref): string[] | undefined {
  const { identity, origin } = report.subjects[ref] ?? {}
  if (identity === undefined || !isNameable(identity.name)) return undefined
  const twins = report.subjects.filter(
    (each) =>
      each.related === undefined &&
      each.identity.kind === identity.kind &&
      each.identity.name === identity.name &&
      each !== report.subjects[ref],
  )
  const name = (namespace: string): string => [namespace, identity.kind, identity.name].filter(Boolean).join('/')
  if (twins.length === 0) return [quoted(name(identity.namespace))]
  const namespace = landingNamespace(identity)
  const beside = twins.filter((each) => landingNamespace(each.identity) === namespace)
  if (beside.length === 0) return [quoted(name(namespace))]
  if (origin === undefined || beside.some((each) => each.origin?.file === origin.file)) return undefined
  return [quoted(name(namespace)), '--file-path', quoted(origin.file)]
}

/** Names that no server would take may have a slash. */
function isNameable(name: string): boolean {
  return name !== '' && !name.includes('/')
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
