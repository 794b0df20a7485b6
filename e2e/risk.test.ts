/** What to repair first: the riskiest workloads, in the overview and in JSON. */
import { describe, expect, test } from 'vitest'
import { scanJson, type ResourceResult } from './json-report.ts'
import { kubescape } from './kubescape.ts'

const { report } = scanJson(['scan', 'examples/shop'])
const workloads = report.workloads ?? []

describe('workloads in JSON', () => {
  test('come riskiest first, and each product is that of its parts', () => {
    expect(workloads.length).toBeGreaterThan(3)
    const risks = workloads.map(({ risk }) => risk)
    expect(risks).toEqual(risks.toSorted((a, b) => b - a))
    for (const { risk, findings, exposure, replicas } of workloads) {
      expect(risk).toBeCloseTo(findings.score * exposure.factor * replicas.factor, 1)
      const scores = findings.controlIDs.map((id) => report.summaryDetails.controls[id]?.scoreFactor ?? 0)
      expect(findings.score).toBe(scores.reduce((sum, score) => sum + score, 0))
    }
  })

  test('name only controls that the workload failed', () => {
    for (const { resourceID, findings } of workloads) {
      for (const id of findings.controlIDs) {
        expect([id, report.summaryDetails.controls[id]?.resourceIDs[resourceID]]).toEqual([id, 'failed'])
      }
    }
  })

  test('have the paths in layout v2 as published', () => {
    const { report: byResource } = scanJson<ResourceResult & { prioritizedResource?: { score: number } }>([
      'scan',
      'examples/shop',
      '--format-version',
      'v2',
    ])
    const published = byResource.results.flatMap(({ resourceID, prioritizedResource }) =>
      prioritizedResource === undefined ? [] : [[resourceID, prioritizedResource.score]],
    )
    const open = workloads.filter(({ attackPaths }) => attackPaths.length > 0)
    expect(open.length).toBeGreaterThan(0)
    expect(new Map(published as [string, number][])).toEqual(
      new Map(
        open.map(({ resourceID, attackPaths }) => [
          resourceID,
          Number(attackPaths.reduce((sum, { score }) => sum + score, 0).toPrecision(12)),
        ]),
      ),
    )
  })

  test('are none when controls are asked for one by one', () => {
    expect(scanJson(['scan', 'control', 'C-0057', 'examples/shop']).report.workloads).toEqual([])
  })
})

test('the overview begins with the three riskiest and says why', () => {
  const { stdout } = kubescape(['scan', 'examples/shop'])
  const block = stdout.slice(stdout.indexOf('Riskiest workloads'), stdout.indexOf('Workload\n'))
  const names = workloads.slice(0, 3).map(({ resourceID }) => resourceID.split('/').at(-1) ?? '')
  expect(block.match(/^ {2}\d\. .*$/gm)?.map((line) => line.replace(/^.*\/(.*): risk.*$/, '$1'))).toEqual(names)
  expect(block).toContain('open to the internet by Ingress shop/shop')
  expect(block).toContain('service-destruction: Initial Access (C-0256) > Denial of service (C-0270, C-0271)')
})

describe('explain', () => {
  test('shows a manifest that fails and one that passes, inputs and references', () => {
    const { stdout, code } = kubescape(['explain', 'C-0057'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Fails\n {2}apiVersion: /m)
    expect(stdout).toMatch(/^Passes\n {2}apiVersion: /m)
    expect(stdout).toContain('https://kubernetes.io/docs/concepts/security/pod-security-standards/')
    expect(kubescape(['explain', 'C-0012']).stdout).toMatch(
      /sensitiveValues: .*\n {4}list of pattern values; default: /,
    )
  })

  test('shows the inputs that an example is judged with', () => {
    expect(kubescape(['explain', 'C-0078']).stdout).toMatch(/^Both with --controls-config\n {2}\{/m)
  })

  test('shows no manifest of what a person judges', () => {
    expect(kubescape(['explain', 'C-0242']).stdout).not.toMatch(/^Fails$/m)
  })
})
