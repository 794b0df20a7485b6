/** What to repair first: the risk of each workload, from what it failed, who can reach it, and how often it runs. */
import {
  ATTACK_TRACKS,
  LIBRARY,
  severityOf,
  type AttackStep,
  type AttackTrack,
  type Check,
  type ControlDeclaration,
} from '@kubescape/controls'
import { matches, WORKLOADS_AND_CONTROLLERS, type Ref } from '@kubescape/resources'
import type { AttackPath, ControlResult, Subject, WorkloadRisk } from '@kubescape/results'

import type { JudgedControl } from './judgement.ts'
import { RANK_OF } from './ranks.ts'
import type { Selection } from './selection.ts'

/** A control of the report, with what its checks said. */
interface Decided {
  readonly result: ControlResult
  readonly judged: JudgedControl
  readonly ranks: Uint8Array
}

const REACH_FACTORS = { internet: 2, node: 1.5, cluster: 1 } as const
const MOST_REPLICAS = 10

/** Controls that a scan by frameworks judges besides its own: without knowing what is exposed, no workload stands out. */
export function sideControls(selection: Selection, controls: readonly ControlDeclaration[]): ControlDeclaration[] {
  if (selection.frameworks.length === 0) return []
  const ids = new Set(controls.map(({ id }) => id))
  return LIBRARY.filter((control) => control.exposes !== undefined && !ids.has(control.id))
}

/** Every workload with findings, the riskiest first; equals by their identifiers. */
export function prioritise(
  subjects: readonly Subject[],
  decided: readonly Decided[],
  side: readonly JudgedControl[],
): WorkloadRisk[] {
  const worstFirst = decided
    .filter(({ result }) => result.control.isOperational !== true)
    .toSorted((a, b) => b.result.control.baseScore - a.result.control.baseScore)
  const exposing = [...decided.map(({ judged }) => judged), ...side].filter(
    ({ control }) => control.exposes !== undefined,
  )
  const risks: WorkloadRisk[] = []
  for (const [ref, subject] of subjects.entries()) {
    if (!subject.judged || subject.related !== undefined || !matches(WORKLOADS_AND_CONTROLLERS, subject.identity))
      continue
    const failed = worstFirst.filter(({ ranks }) => ranks[ref] === RANK_OF.failed)
    if (failed.length > 0) risks.push(riskOf(ref, subject.replicas, failed, exposing))
  }
  const idOf = ({ ref }: WorkloadRisk): string => subjects[ref]?.id ?? ''
  return risks.toSorted((a, b) => b.risk - a.risk || (idOf(a) < idOf(b) ? -1 : 1))
}

function riskOf(
  ref: Ref,
  replicas: number,
  failed: readonly Decided[],
  exposing: readonly JudgedControl[],
): WorkloadRisk {
  const findings = distinct(ref, failed)
  const score = findings.reduce((sum, { control }) => sum + control.baseScore, 0)
  const exposure = exposureOf(ref, exposing)
  const factor = 1 + Math.min(replicas, MOST_REPLICAS) / 10
  const controls = [...exposure.by.map(({ control }) => control), ...failed.map(({ result }) => result.control)]
  return {
    ref,
    risk: Math.round(score * exposure.factor * factor * 10) / 10,
    findings: { score, controls: findings },
    exposure,
    replicas: { count: replicas, factor },
    attackPaths: attackPathsOf([...new Set(controls)], 1 + replicas / 10),
  }
}

/** Leaves out controls all of whose failed checks a control before them has failed for. */
function distinct(ref: Ref, failed: readonly Decided[]): ControlResult[] {
  const seen = new Set<Check>()
  return failed
    .filter(({ judged }) => {
      const checks = judged.columns.filter((column) => column.get(ref) === 'failed').map(({ check }) => check)
      const isNew = checks.some((check) => !seen.has(check))
      for (const check of checks) seen.add(check)
      return isNew
    })
    .map(({ result }) => result)
}

function exposureOf(ref: Ref, exposing: readonly JudgedControl[]): WorkloadRisk['exposure'] {
  const by = exposing.flatMap(({ control, columns }) => {
    const failed = columns.filter((column) => column.get(ref) === 'failed')
    const refs = failed.flatMap(({ failures }) => failures.get(ref)?.related.map((related) => related.ref) ?? [])
    return failed.length === 0 ? [] : [{ control, refs: [...new Set(refs)] }]
  })
  const reaches = by.map(({ control }) => control.exposes)
  const reach = reaches.includes('internet') ? 'internet' : reaches.includes('node') ? 'node' : 'cluster'
  return { reach, factor: REACH_FACTORS[reach], by }
}

/** Every chain from the first step of a track to a last one in which each step is opened by one of the controls. */
function attackPathsOf(controls: readonly ControlDeclaration[], factor: number): AttackPath[] {
  const attacking = controls.filter(({ attackSteps }) => attackSteps !== undefined)
  if (attacking.length < 2) return []
  return (Object.keys(ATTACK_TRACKS) as AttackTrack[]).flatMap((track) =>
    chainsOf(track, ATTACK_TRACKS[track], attacking).map((steps) => {
      const scores = steps.map(({ control }) => control.baseScore)
      return {
        track,
        steps,
        score: scores.reduce((product, score) => product * score, factor),
        severity: severityOf(Math.max(...scores)),
      }
    }),
  )
}

function chainsOf(
  track: AttackTrack,
  step: AttackStep,
  controls: readonly ControlDeclaration[],
): AttackPath['steps'][] {
  const openers = controls.filter(({ attackSteps }) => attackSteps?.[track] === step.name)
  if (openers.length === 0) return []
  const rests = step.next === undefined ? [[]] : step.next.flatMap((next) => chainsOf(track, next, controls))
  return openers.flatMap((control) => rests.map((rest) => [{ name: step.name, control }, ...rest]))
}
