import { describe, expect, test } from 'vitest'
import {
  scanJson,
  type ControlSummary,
  type ControlVerdict,
  type ResourceCounters,
  type ResourceResult,
  type SeverityCounters,
  type Status,
} from './json-report.ts'
import { run } from './kubescape.ts'

const SHOP = ['scan', 'examples/shop']
const { report, stdout } = scanJson(SHOP)
const { report: byResource } = scanJson<ResourceResult>([...SHOP, '--format-version', 'v2'])
const { summaryDetails: summary, results, resources } = report
const controls = Object.values(summary.controls)

/** Severity by base score, as documented for years. */
function bandOf(score: number): string {
  return score >= 9 ? 'Critical' : score >= 7 ? 'High' : score >= 4 ? 'Medium' : score >= 1 ? 'Low' : 'Unknown'
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function countersOf(statuses: readonly Status[]): ResourceCounters {
  const count = (wanted: Status): number => statuses.filter((status) => status === wanted).length
  return {
    passedResources: count('passed'),
    failedResources: count('failed'),
    skippedResources: count('skipped'),
    excludedResources: 0,
  }
}

const failuresPerControl = results
  .filter(({ resourcesResult }) => resourcesResult.failedResources > 0)
  .map(({ controlID, name, resourcesResult }) => `${controlID}: ${name} - ${resourcesResult.failedResources} failures`)

describe('programs that people wrote for jq', () => {
  const hasJq = run('jq', ['--version']).code === 0
  const PROGRAM = `.results[] | select(.resourcesResult.failedResources > 0) | "\\(.controlID): \\(.name) - \\(.resourcesResult.failedResources) failures"`

  function jq(flags: string, program: string): string {
    return run('jq', [flags, program], { stdin: stdout }).stdout.trim()
  }

  test(`the score${hasJq ? '' : ' (skipped: jq is not installed)'}`, ({ skip }) => {
    skip(!hasJq, 'jq is not installed')
    expect(Number(jq('-r', '.summaryDetails.complianceScore'))).toBeCloseTo(summary.complianceScore, 4)
  })

  test(`a line per failed control${hasJq ? '' : ' (skipped: jq is not installed)'}`, ({ skip }) => {
    skip(!hasJq, 'jq is not installed')
    expect(jq('-r', PROGRAM).split('\n')).toEqual(failuresPerControl)
    expect(failuresPerControl.length).toBeGreaterThan(30)
    expect(failuresPerControl).toContainEqual(expect.stringMatching(/^C-0057: Privileged container - \d+ failures$/))
  })

  test(`severity from scoreFactor${hasJq ? '' : ' (skipped: jq is not installed)'}`, ({ skip }) => {
    skip(!hasJq, 'jq is not installed')
    const bands = 'if . >= 9 then "Critical" elif . >= 7 then "High" elif . >= 4 then "Medium" else "Low" end'
    const lines = jq('-r', `.summaryDetails.controls[] | "\\(.severity) \\(.scoreFactor | ${bands})"`).split('\n')
    expect(lines).toHaveLength(controls.length)
    for (const line of lines) expect(line).toMatch(/^(\w+) \1$/)
  })

  test('the same members are there for any language', () => {
    expect(summary.complianceScore).toBeGreaterThan(0)
    expect(summary.complianceScore).toBeLessThan(100)
    for (const each of [...controls, ...results]) expect(each.severity).toBe(bandOf(each.scoreFactor))
  })
})

describe('counts', () => {
  test('of a control are the same wherever they stand', () => {
    expect(results.map(({ controlID }) => controlID)).toEqual(Object.keys(summary.controls))
    for (const result of results) {
      const { ResourceCounters: counters, resourceIDs, status } = summary.controls[result.controlID]!
      const { passedResources, failedResources, skippedResources, excludedResources, allResources } =
        result.resourcesResult
      expect(failedResources).toBe(counters.failedResources)
      expect(skippedResources).toBe(counters.skippedResources)
      expect(passedResources + excludedResources).toBe(counters.passedResources)
      expect(passedResources + failedResources + skippedResources + excludedResources).toBe(allResources)
      expect(countersOf(Object.values(resourceIDs))).toEqual(counters)
      expect(result.status).toBe(status)
    }
  })

  test('of the resources that are listed are those of the counters', () => {
    for (const { resources: listed, resourcesResult } of results) {
      const count = (wanted: Status): number => listed.filter(({ status }) => status === wanted).length
      expect(count('failed')).toBe(resourcesResult.failedResources)
      expect(count('skipped')).toBe(resourcesResult.skippedResources)
      expect(count('passed')).toBe(0)
    }
  })

  test('of a framework and of the scan count every resource once, by its worst status', () => {
    const worst = (own: readonly ControlSummary[]): ResourceCounters => {
      const statuses = new Map<string, Status>()
      for (const [id, status] of own.flatMap(({ resourceIDs }) => Object.entries(resourceIDs))) {
        const known = statuses.get(id)
        if (status === 'failed' || known === undefined || (status === 'skipped' && known === 'passed'))
          statuses.set(id, status)
      }
      return countersOf([...statuses.values()])
    }
    expect(summary.ResourceCounters).toEqual(worst(controls))
    expect(summary.frameworks.length).toBeGreaterThan(1)
    for (const framework of summary.frameworks) {
      expect(framework.ResourceCounters).toEqual(worst(Object.values(framework.controls)))
    }
  })

  test('by severity add up', () => {
    const tally = (count: (result: ControlVerdict) => number): SeverityCounters => {
      const of = (severity: string): number => sum(results.filter((each) => each.severity === severity).map(count))
      return {
        criticalSeverity: of('Critical'),
        highSeverity: of('High'),
        mediumSeverity: of('Medium'),
        lowSeverity: of('Low'),
      }
    }
    expect(summary.resourcesSeverityCounters).toEqual(tally(({ resourcesResult }) => resourcesResult.failedResources))
    expect(summary.controlsSeverityCounters).toEqual(tally(({ status }) => (status === 'failed' ? 1 : 0)))
  })
})

describe('scores follow the published formulas', () => {
  const byId = new Map(resources.map((each) => [each.resourceID, each]))

  /** Replicas count 1.1 each from two on, vectors as their heaviest part; the shop has no status, so a DaemonSet counts 1. */
  function weight(id: string): number {
    const object = byId.get(id)?.object as { spec?: { replicas?: number }; relatedObjects?: { resourceID: string }[] }
    if (object.relatedObjects !== undefined)
      return Math.max(1, ...object.relatedObjects.map((each) => weight(each.resourceID)))
    const replicas = object.spec?.replicas ?? 0
    return replicas > 1 ? 1.1 * replicas : 1
  }

  function compliance({
    status,
    ResourceCounters: { passedResources, failedResources, skippedResources },
  }: ControlSummary): number {
    const all = passedResources + failedResources + skippedResources
    return status === 'passed' ? 100 : all === 0 ? 0 : (100 * passedResources) / all
  }

  function risk(own: readonly ControlSummary[]): number {
    let [failed, all] = [0, 0]
    for (const { resourceIDs, scoreFactor } of own) {
      for (const [id, status] of Object.entries(resourceIDs)) {
        all += weight(id) * scoreFactor
        if (status === 'failed') failed += weight(id) * scoreFactor
      }
    }
    return all === 0 ? 0 : (100 * failed) / all
  }

  test('compliance and risk of every control', () => {
    for (const control of controls) {
      expect(Math.abs(control.complianceScore - compliance(control))).toBeLessThan(0.01)
      expect(Math.abs(control.score - risk([control]))).toBeLessThan(0.01)
    }
    for (const { controlID, score, complianceScore } of results) {
      expect({ score, complianceScore }).toEqual({
        score: summary.controls[controlID]!.score,
        complianceScore: summary.controls[controlID]!.complianceScore,
      })
    }
  })

  test('compliance and risk of every framework and of the whole scan', () => {
    const groups = [
      ...summary.frameworks.map((each) => ({ ...each, own: Object.values(each.controls) })),
      { ...summary, own: controls },
    ]
    for (const { score, complianceScore, own } of groups) {
      expect(own.length).toBeGreaterThan(10)
      expect(Math.abs(complianceScore - sum(own.map(compliance)) / own.length)).toBeLessThan(0.01)
      expect(Math.abs(score - risk(own))).toBeLessThan(0.01)
    }
  })

  test('weights matter: the shop has workloads with several replicas', () => {
    expect(resources.some(({ resourceID }) => weight(resourceID) > 2)).toBe(true)
  })
})

describe('identifiers', () => {
  test('are unique, and every one that is mentioned is in resources', () => {
    const ids = resources.map(({ resourceID }) => resourceID)
    const known = new Set(ids)
    expect(known.size).toBe(ids.length)
    const mentioned = [
      ...controls.flatMap(({ resourceIDs }) => Object.keys(resourceIDs)),
      ...results.flatMap((result) =>
        result.resources.flatMap((each) => [each.resourceID, ...(each.relatedResourceIDs ?? [])]),
      ),
      ...byResource.results.map(({ resourceID }) => resourceID),
    ]
    expect(mentioned.filter((id) => !known.has(id))).toEqual([])
  })

  test('stay the same from run to run, and with other controls', () => {
    const again = scanJson(['scan', 'framework', 'nsa', 'examples/shop']).report
    expect(again.resources.length).toBeGreaterThan(10)
    for (const { resourceID } of again.resources) expect(resources.map((each) => each.resourceID)).toContain(resourceID)
  })
})

/** Layout v2 has the published members only. */
function withoutExceptionScores(key: string, value: unknown): unknown {
  return key === 'complianceWithoutExceptions' ? undefined : value
}

describe('layout v2', () => {
  test('has the same summary and resources', () => {
    expect(byResource.summaryDetails).toEqual(JSON.parse(JSON.stringify(summary, withoutExceptionScores)))
    expect(byResource.resources).toEqual(resources)
  })

  test('has an entry per resource, in the order of their ids, with the verdicts of v3', () => {
    const ids = byResource.results.map(({ resourceID }) => resourceID)
    expect(ids).toEqual(ids.toSorted())
    const verdicts = byResource.results.flatMap(({ resourceID, controls: own }) =>
      own.map(({ controlID, status }) => `${controlID} ${resourceID} ${status.status}`),
    )
    const expected = controls.flatMap(({ controlID, resourceIDs }) =>
      Object.entries(resourceIDs).map(([id, status]) => `${controlID} ${id} ${status}`),
    )
    expect(verdicts.toSorted()).toEqual(expected.toSorted())
  })

  test('names the failed paths that v3 names', () => {
    const privileged = byResource.results.find(({ resourceID }) => resourceID.endsWith('/Pod/debug'))
    const rules = privileged?.controls.find(({ controlID }) => controlID === 'C-0057')?.rules ?? []
    expect(rules.flatMap(({ paths }) => paths.map(({ failedPath }) => failedPath))).toContain(
      'spec.containers[0].securityContext.privileged',
    )
  })
})
