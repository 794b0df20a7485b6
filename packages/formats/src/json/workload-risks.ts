/** Workloads by risk: with what it is made of (v3), or as published, by attack paths alone (v2). */
import { SEVERITIES, type Ref, type Report, type WorkloadRisk } from '@kubescape/results'

/** The entries of `workloads`, the riskiest first. */
export function* workloadRisks(report: Report): Generator<string> {
  const idOf = (ref: Ref): string => report.subjects[ref]?.id ?? ''
  for (const { ref, risk, findings, exposure, replicas, attackPaths } of report.priorities()) {
    yield JSON.stringify({
      resourceID: idOf(ref),
      risk,
      findings: { score: findings.score, controlIDs: findings.controls.map(({ control }) => control.id) },
      exposure: {
        reach: exposure.reach,
        factor: exposure.factor,
        by: exposure.by.map(({ control, refs }) => ({ controlID: control.id, resourceIDs: refs.map(idOf) })),
      },
      replicas: { count: replicas.count, factor: shortNumber(replicas.factor) },
      attackPaths: attackPaths.map(({ track, score, severity, steps }) => ({
        attackTrack: track,
        score: shortNumber(score),
        severity,
        steps: steps.map(({ name, control }) => ({ name, controlID: control.id })),
      })),
    })
  }
}

/** `prioritizedResource`: severities are numbers, 4 for Critical down to 1 for Low. */
export function prioritizedResource(resourceID: string, { attackPaths }: WorkloadRisk): object {
  const vectors = attackPaths.map(({ track, score, severity, steps }) => ({
    attackTrackName: track,
    type: '',
    score: shortNumber(score),
    severity: SEVERITIES.length - 1 - SEVERITIES.indexOf(severity),
    vector: steps.map(({ name, control }) => ({ controlID: control.id, category: name })),
  }))
  return {
    prioritizedResource: {
      resourceID,
      score: shortNumber(vectors.reduce((sum, vector) => sum + vector.score, 0)),
      severity: Math.max(...vectors.map((vector) => vector.severity)),
      priorityVector: vectors,
    },
  }
}

/** Without the noise of binary fractions. */
function shortNumber(value: number): number {
  return Number(value.toPrecision(12))
}
