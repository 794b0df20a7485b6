/** Coverage: what could be read and evaluated, out of what was asked. */
import { kindsOf, type ControlDeclaration } from '@kubescape/controls'
import {
  coverageScore,
  type ControlResult,
  type Coverage,
  type DocumentCounts,
  type ScanProblem,
  type Unjudged,
} from '@kubescape/results'

import type { ScanTarget } from './applicability.ts'
import type { Plan } from './plan.ts'
import type { Selection } from './selection.ts'

/** What the source of a scan says about its own reading. */
export interface SourceCoverage {
  readonly documents: DocumentCounts
  readonly problems: readonly ScanProblem[]
}

/** Draws up the coverage of a scan. */
export function describeCoverage(parts: {
  readonly plan: Plan
  readonly selection: Selection
  readonly target: ScanTarget
  readonly source: SourceCoverage
  readonly results: readonly ControlResult[]
  /** Controls that apply but had none of the data that they need. */
  readonly leftOut: readonly ControlDeclaration[]
}): Coverage {
  const { plan, selection, target, source, results } = parts
  const isForClusters = (control: ControlDeclaration): boolean =>
    target === 'file' && !selection.named && !control.scope.includes('file')
  const leftOut = parts.leftOut.filter((control) => !isForClusters(control))
  const notEvaluated: Unjudged[] = [
    ...leftOut.map((control) => ({
      controlID: control.id,
      name: control.name,
      reason: `needs ${control.needs?.what ?? `objects of ${kindsOf(control).join(', ')}`}`,
      missing: control.needs?.kinds ?? kindsOf(control),
    })),
    ...results
      .filter((result) => result.subStatus === 'notEvaluated')
      .map((result) => ({
        controlID: result.control.id,
        name: result.control.name,
        reason: result.info,
        missing: result.control.needs?.kinds ?? [],
      })),
  ]
  const asked = new Set([...results.map(({ control }) => control), ...leftOut])
  const total = asked.size
  const evaluated = total - notEvaluated.length
  const { documents } = source
  const partial = documents.unread + documents.unreadableFiles
  const problems = [...source.problems, ...plan.problems]
  return {
    coverageScore: coverageScore({ evaluated, total, partial }),
    degraded: notEvaluated.length > 0 || partial > 0 || plan.problems.length > 0,
    evaluatedControls: evaluated,
    totalControls: total,
    notEvaluated,
    notApplicable: selection.controls
      .filter((control) => !asked.has(control))
      .map((control) => ({
        controlID: control.id,
        name: control.name,
        reason: 'applies to clusters; scan a cluster, or a dump of one with --as-cluster',
        missing: [],
      })),
    vacuousFrameworks: selection.frameworks
      .filter(({ controls }) => {
        const own = results.filter((result) => controls.includes(result.control.id))
        return own.length > 0 && own.every((result) => result.subStatus === 'irrelevant')
      })
      .map(({ name }) => name),
    unknownWorkloads: [...plan.unknownWorkloads].map(([kind, count]) => ({ kind, count })),
    documents,
    problems,
  }
}
