/** Coverage: what could be read and evaluated, out of what was asked. */
import { kindsOf, type ControlDeclaration } from '@kubescape/controls'
import {
  coverageScore,
  type ControlResult,
  type ScanProblem,
  type Coverage,
  typePath,
  type Unjudged,
  type UnreadType,
} from '@kubescape/results'

import { OTHER_PLATFORMS, type Absence } from './absence.ts'
import type { ScanTarget } from './applicability.ts'
import type { Plan } from './plan.ts'
import type { Selection } from './selection.ts'
import type { SourceCoverage } from './source.ts'

/** A control that says nothing. */
export interface LeftOut {
  readonly control: ControlDeclaration
  /** The types that could not be read for it; none when data that it needs are not there. */
  readonly unread: readonly UnreadType[]
  /** What the platform has to do with that. */
  readonly absence: Absence | undefined
}

const FOR_CLUSTERS = 'applies to clusters only; use --as-cluster if these files are a dump of a cluster'

/** Draws up the coverage of a scan. */
export function describeCoverage(parts: {
  readonly plan: Plan
  readonly selection: Selection
  readonly target: ScanTarget
  readonly source: SourceCoverage
  readonly results: readonly ControlResult[]
  /** Controls that apply but say nothing. */
  readonly leftOut: readonly LeftOut[]
  /** What is wrong with the policies that it judges by. */
  readonly policyProblems: readonly ScanProblem[]
  /** Problems that take nothing from the coverage. */
  readonly doubts: readonly ScanProblem[]
}): Coverage {
  const { plan, selection, target, source, results } = parts
  const isAsked = ({ control, absence }: LeftOut): boolean =>
    selection.named || (absence?.isFinal !== true && (target === 'cluster' || control.scope.includes('file')))
  const leftOut = parts.leftOut.filter(isAsked)
  const notEvaluated: Unjudged[] = [
    ...leftOut.map((each) => ({ controlID: each.control.id, name: each.control.name, ...reasonOf(each) })),
    ...results
      .filter((result) => result.subStatus === 'notEvaluated')
      .map((result) => ({
        controlID: result.control.id,
        name: result.control.name,
        reason: result.info,
        missing: result.control.needs?.kinds ?? [],
      })),
  ]
  const asked = new Set([...results, ...leftOut].map(({ control }) => control))
  const absences = new Map(parts.leftOut.map(({ control, absence }) => [control, absence]))
  const total = asked.size
  const evaluated = total - notEvaluated.length
  const { documents } = source
  const unreadTypes = source.unreadTypes ?? []
  const inPart = unreadTypes.filter(({ partOf }) => partOf !== undefined).length
  const nodes = source.nodes ?? []
  const policyDegradations = source.policyDegradations ?? []
  // Nodes without facts are one gap, however many they are: what is judged by facts is judged in part.
  const isLackingNodes = nodes.some(({ reason }) => reason !== undefined)
  const partial = documents.unread + documents.unreadableFiles + inPart + Number(isLackingNodes)
  // What a policy that cannot be compiled says when it is asked was said when it was read.
  const policyProblems = distinct([...parts.policyProblems, ...plan.problems])
  const problems = [...source.problems, ...policyProblems, ...parts.doubts]
  return {
    coverageScore: coverageScore({ evaluated, total, partial, degradations: policyDegradations.length }),
    degraded:
      notEvaluated.length + partial + unreadTypes.length + policyProblems.length + policyDegradations.length > 0,
    evaluatedControls: evaluated,
    totalControls: total,
    notEvaluated,
    notApplicable: selection.controls
      .filter((control) => !asked.has(control))
      .map((control) => ({
        controlID: control.id,
        name: control.name,
        reason: absences.get(control)?.reason ?? (target === 'file' ? FOR_CLUSTERS : OTHER_PLATFORMS),
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
    unreadTypes,
    nodes,
    policyDegradations,
    problems,
  }
}

function distinct(problems: readonly ScanProblem[]): readonly ScanProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()]
}

function reasonOf({ control, unread, absence }: LeftOut): Pick<Unjudged, 'reason' | 'missing'> {
  if (absence?.isFinal !== true && unread.length > 0) return unreadReason(unread)
  return absence === undefined ? needReason(control) : { reason: absence.reason, missing: [] }
}

function needReason(control: ControlDeclaration): Pick<Unjudged, 'reason' | 'missing'> {
  return {
    reason: `needs ${control.needs?.what ?? `objects of ${kindsOf(control).join(', ')}`}`,
    missing: control.needs?.kinds ?? kindsOf(control),
  }
}

function unreadReason(unread: readonly UnreadType[]): Pick<Unjudged, 'reason' | 'missing'> {
  const names = [...new Set(unread.map(({ resource }) => resource))]
  return { reason: `needs ${names.join(', ')}, which could not be read`, missing: unread.map(typePath) }
}
