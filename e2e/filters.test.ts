import { describe, expect, test } from 'vitest'
import { temporaryFolder, writeFiles } from './folder.ts'
import { scanJson, statusOf, type JsonReport } from './json-report.ts'
import { kubescape } from './kubescape.ts'

function workload(kind: string, name: string, namespace: string, labels: string): string {
  const metadata = `{name: ${name}${namespace === '' ? '' : `, namespace: ${namespace}`}, labels: ${labels}}`
  return `apiVersion: apps/v1
kind: ${kind}
metadata: ${metadata}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: a, image: a}]}
---
`
}

const folder = temporaryFolder()
writeFiles(folder, {
  'all.yaml': [
    workload('Deployment', 'web', 'shop', '{tier: front, env: prod}'),
    workload('Deployment', 'api', 'shop', '{tier: back, env: test}'),
    workload('StatefulSet', 'db', 'data', '{tier: back, env: prod}'),
    workload('DaemonSet', 'agent', '', '{env: prod}'),
    'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\n',
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: all, namespace: shop}\nspec: {podSelector: {}, policyTypes: [Ingress, Egress]}\n',
  ].join(''),
})

function scan(...flags: readonly string[]): JsonReport {
  const { code, report } = scanJson(['scan', 'all.yaml', ...flags], { cwd: folder })
  expect(code).toBe(0)
  return report
}

/** Names of the workloads that were judged. */
function judged(report: JsonReport): string[] {
  const ids = Object.keys(report.summaryDetails.controls['C-0016']?.resourceIDs ?? {})
  return ids.map((id) => id.split('/').at(-1) ?? '').toSorted()
}

test('without a filter all workloads are judged', () => {
  expect(judged(scan())).toEqual(['agent', 'api', 'db', 'web'])
})

describe('namespaces', () => {
  test.each([
    ['--include-namespaces', 'shop', ['api', 'web']],
    ['--include-namespaces', 'shop,data', ['api', 'db', 'web']],
    ['--include-namespaces', 'default', ['agent']],
    ['--exclude-namespaces', 'shop', ['agent', 'db']],
    ['--exclude-namespaces', ' shop , default ', ['db']],
    ['-e', 'data', ['agent', 'api', 'web']],
  ])('%s %s: no namespace counts as default', (flag, value, expected) => {
    const report = scan(flag, value)
    expect(judged(report)).toEqual(expected)
    const names = report.resources.map(({ object }) => object.metadata?.name)
    expect(names).toEqual(expect.arrayContaining(expected))
  })

  test('that were left out are neither judged nor printed', () => {
    const report = scan('--include-namespaces', 'data')
    expect(report.resources.map(({ object }) => object.metadata?.name)).toEqual(['db'])
    expect(report.summaryDetails.ResourceCounters.failedResources).toBe(1)
  })

  test('a flag may be repeated', () => {
    expect(judged(scan('--exclude-namespaces', 'shop', '--exclude-namespaces', 'data'))).toEqual(['agent'])
  })
})

describe('kinds', () => {
  test.each([
    ['--include-kinds', 'Deployment', ['api', 'web']],
    ['--include-kinds', 'statefulset,DAEMONSET', ['agent', 'db']],
    ['--exclude-kinds', 'Deployment', ['agent', 'db']],
  ])('%s %s', (flag, value, expected) => {
    expect(judged(scan(flag, value))).toEqual(expected)
  })
})

describe('labels', () => {
  test.each([
    ['tier=back', ['api', 'db']],
    ['tier==front', ['web']],
    ['tier!=back', ['agent', 'web']],
    ['tier in (front, back)', ['api', 'db', 'web']],
    ['tier notin (front)', ['agent', 'api', 'db']],
    ['tier', ['api', 'db', 'web']],
    ['!tier', ['agent']],
    ['tier=back,env=prod', ['db']],
    ['env in (prod),!tier', ['agent']],
  ])('%s', (selector, expected) => {
    expect(judged(scan('--label-selector', selector))).toEqual(expected)
  })

  test.each(['tier in front', 'tier=(a)', 'a,,b', '=x', 'tier in ('])(
    '%s is refused with the part that cannot be read',
    (selector) => {
      const { code, stdout, stderr } = kubescape(['scan', 'all.yaml', '--label-selector', selector], { cwd: folder })
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(/^error: --label-selector cannot be read: .*\nWrite it as for kubectl -l/)
    },
  )
})

describe('what filters leave out still counts for what is judged', () => {
  test.each([
    ['--include-kinds', 'Deployment'],
    ['--exclude-kinds', 'NetworkPolicy'],
    ['--label-selector', 'tier'],
  ])('%s %s: a network policy that is not judged still protects', (flag, value) => {
    const report = scan(flag, value)
    expect({ web: statusOf(report, 'C-0260', 'web'), api: statusOf(report, 'C-0260', 'api') }).toEqual({
      web: 'passed',
      api: 'passed',
    })
  })

  test('and one that is not there does not', () => {
    expect(statusOf(scan('--include-kinds', 'StatefulSet'), 'C-0260', 'db')).toBe('failed')
  })
})

describe('severities', () => {
  test('--min-severity and --max-severity choose what is shown, and scores are those of what remains', () => {
    const all = scan()
    const shown = scan('--min-severity', 'medium', '--max-severity', 'high')
    const severities = new Set(shown.results.map(({ severity }) => severity))
    expect(severities).toEqual(new Set(['Medium', 'High']))
    const wanted = all.results.filter(({ severity }) => severity === 'Medium' || severity === 'High')
    expect(shown.results).toEqual(wanted)
    const mean = wanted.reduce((sum, { complianceScore }) => sum + complianceScore, 0) / wanted.length
    expect(Math.abs(shown.summaryDetails.complianceScore - mean)).toBeLessThan(0.01)
    expect(shown.summaryDetails.score).toBe(all.summaryDetails.score)
  })
})

describe('controls', () => {
  test('--include-controls and --exclude-controls choose what runs', () => {
    const ids = (...flags: readonly string[]): string[] => scan(...flags).results.map(({ controlID }) => controlID)
    expect(ids('--include-controls', 'c-0057, Host PID/IPC privileges')).toEqual(['C-0038', 'C-0057'])
    expect(ids('--include-controls', 'C-0057,C-0016', '--skip-controls', 'C-0016')).toEqual(['C-0057'])
    expect(ids('--exclude-controls', 'C-0016,C-0017')).not.toEqual(expect.arrayContaining(['C-0016']))
  })
})
