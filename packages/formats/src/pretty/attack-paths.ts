/** The attack tracks that are open in each workload, step below step, with the controls that open them. */
import type { AttackPath } from '@kubescape/results'

import type { Page } from './page.ts'
import { subjectName } from './subject-name.ts'
import { visible } from '../visible.ts'

/** The workloads with open tracks, the riskiest first; nothing when there are none. */
export function* renderAttackPaths({ report, paints }: Page): Generator<string> {
  const risks = report.priorities().filter(({ attackPaths }) => attackPaths.length > 0)
  if (risks.length === 0) return
  yield ''
  yield paints.bold('Attack paths')
  for (const { ref, attackPaths } of risks) {
    yield `  ${visible(subjectName(report, ref))}`
    for (const [track, paths] of Map.groupBy(attackPaths, (path) => path.track)) {
      yield `    ${track}`
      for (const [depth, step] of stepsOf(paths).entries()) yield `    ${'   '.repeat(depth)}└─ ${step}`
    }
  }
}

/** The steps of a track, each with every control that opens it. */
function stepsOf(paths: readonly AttackPath[]): string[] {
  const steps = new Map<string, Set<string>>()
  for (const { name, control } of paths.flatMap((path) => path.steps)) {
    steps.set(name, (steps.get(name) ?? new Set()).add(`${control.name} (${control.id})`))
  }
  return [...steps].map(([name, controls]) => visible(`${name}: ${[...controls].join(', ')}`))
}
