/** Scans of a live cluster: the same verdicts as from a dump of it, filters, rights that are missing, servers that go away. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JsonReport } from '../json-report.ts'
import { kubescape, launcher, type Run } from '../kubescape.ts'
import { startLoadedCluster } from './loaded.ts'
import { startCluster, type Cluster } from './testbed/cluster.ts'

let cluster: Cluster

beforeAll(async () => {
  cluster = await startLoadedCluster({ controllerManager: true })
})
afterAll(() => cluster.stop())

const SCAN = ['scan', 'framework', 'allcontrols']

interface Scanned extends Run {
  readonly report: JsonReport
}

function scan(kubeconfig: string, ...args: readonly string[]): Scanned {
  const result = kubescape([...SCAN, '--kubeconfig', kubeconfig, '-f', 'json', ...args])
  return { ...result, report: (result.stdout === '' ? {} : JSON.parse(result.stdout)) as JsonReport }
}

/**
 * Statuses by control and object; the file of an object does not count, nor the order of those that make a subject.
 * Leases of API servers come and go by themselves: a starting server removes those of its predecessors.
 */
function verdicts(report: JsonReport): Map<string, string> {
  const name = (id: string): string => {
    const parts = id.replaceAll(/path=\d+\/api=/g, '').split('/')
    return (id.includes('RoleBinding/') ? parts.toSorted() : parts).join('/')
  }
  const all = Object.values(report.summaryDetails.controls).flatMap(({ controlID, resourceIDs }) =>
    Object.entries(resourceIDs)
      .filter(([id]) => !id.includes('/Lease/apiserver-'))
      .map(([id, status]): [string, string] => [`${controlID} ${name(id)}`, status]),
  )
  return new Map(all.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Everything that the cluster has, as kubectl prints it. */
async function dump(...args: readonly string[]): Promise<string> {
  const { stdout: types } = await cluster.kubectl(['api-resources', '--verbs=list', '-o', 'name'])
  const names = types
    .trim()
    .split('\n')
    .filter((name) => !/^(?:events|componentstatuses)\b/.test(name))
  const { stdout } = await cluster.kubectl(['get', names.join(','), '-A', '-o', 'yaml', ...args])
  const { stdout: version } = await cluster.kubectl(['version', '-o', 'json'])
  const data = JSON.stringify((JSON.parse(version) as { serverVersion: object }).serverVersion)
  const info = `apiVersion: apiserverinfo.kubescape.cloud/v1beta0\nkind: APIServerInfo\nmetadata: {name: version}\ndata: ${data}\n`
  const file = join(cluster.folder, 'dump.yaml')
  writeFileSync(file, `${stdout}\n---\n${info}`)
  return file
}

describe('a scan of a cluster', () => {
  test('says which cluster it is, and gives the verdicts of a dump of it', async () => {
    const live = scan(cluster.kubeconfig)
    expect(live.stderr).toContain(`Scanning the cluster of context`)
    expect(live.stderr).toContain(cluster.url)
    const file = await dump()
    const fromFile = kubescape([...SCAN, '--as-cluster', file, '-f', 'json'])
    const expected = verdicts(JSON.parse(fromFile.stdout) as JsonReport)
    expect(expected.size).toBeGreaterThan(200)
    expect(verdicts(live.report)).toEqual(expected)
    expect(live.report.clusterName).not.toBe('')
    expect(live.report.scanCoverage.failedGVRPulls).toEqual([])
  })

  test('without anything named judges every framework that applies', () => {
    const { stdout, code } = kubescape(['scan', '--kubeconfig', cluster.kubeconfig])
    expect(code).toBe(0)
    for (const name of ['NSA', 'MITRE', 'SOC2', 'cis-v1.23-t1.0.1', 'cis-v1.12.0']) expect(stdout).toContain(name)
    expect(stdout).not.toContain('cis-eks')
    expect(stdout).toContain('Riskiest workloads')
  })

  test('judges what a workload made only once', () => {
    const { report } = scan(cluster.kubeconfig)
    const ids = Object.keys(report.summaryDetails.controls['C-0057']?.resourceIDs ?? {})
    expect(ids.some((id) => id.includes('/Deployment/'))).toBe(true)
    expect(ids.filter((id) => id.includes('/ReplicaSet/'))).toEqual([])
  })

  test('shows values of what it has let go of', () => {
    const { stdout } = kubescape(['scan', 'control', 'C-0057', '--kubeconfig', cluster.kubeconfig, '-v'])
    expect(stdout).toMatch(/privileged.*true/)
  })
})

describe('filters', () => {
  test.each([
    ['--include-namespaces', 'shop'],
    ['--exclude-namespaces', 'kube-system,default'],
  ])('%s %s judge the same as of a dump', async (flag, names) => {
    const live = verdicts(scan(cluster.kubeconfig, flag, names).report)
    const file = await dump()
    const { stdout } = kubescape([...SCAN, '--as-cluster', file, '-f', 'json', flag, names])
    expect(live).toEqual(verdicts(JSON.parse(stdout) as JsonReport))
    expect([...live.keys()].filter((key) => key.includes('/kube-system/') && !key.includes('RoleBinding'))).toEqual([])
  })
})

const rightsOf = (name: string, rules: string): string => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: ${name}}
rules: ${rules}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: ${name}}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${name}}
subjects: [{kind: User, apiGroup: rbac.authorization.k8s.io, name: ${name}}]
`

describe('rights', () => {
  test('to list are all that it needs', async () => {
    await cluster.apply(rightsOf('lister', '[{apiGroups: ["*"], resources: ["*"], verbs: [list]}]'))
    const { report } = scan(await cluster.kubeconfigFor('lister'))
    expect(report.scanCoverage.failedGVRPulls).toEqual([])
    expect(verdicts(report)).toEqual(verdicts(scan(cluster.kubeconfig).report))
  })

  test('that are missing make no control pass', async () => {
    const rules = `[{apiGroups: [apps, batch], resources: ["*"], verbs: [list]}, {apiGroups: [""], resources: [pods, services, namespaces], verbs: [list]}]`
    await cluster.apply(rightsOf('crippled', rules))
    const kubeconfig = await cluster.kubeconfigFor('crippled')
    const { report, code } = scan(kubeconfig)
    expect(code).toBe(0)
    const coverage = report.scanCoverage
    expect(coverage.degraded).toBe(true)
    const failed = coverage.failedGVRPulls.map(({ gvr }) => gvr)
    expect(failed).toContain('/v1/secrets')
    expect(failed).toContain('rbac.authorization.k8s.io/v1/clusterroles')
    expect(failed).not.toContain('/v1/pods')
    const notEvaluated = coverage.notEvaluatedControls.map(({ controlID }) => controlID)
    // Needs roles, secrets and accounts; and nobody may say that these were fine.
    for (const id of ['C-0015', 'C-0035', 'C-0255', 'C-0261']) {
      expect(notEvaluated).toContain(id)
      expect(report.summaryDetails.controls[id]).toBeUndefined()
    }
    expect(report.summaryDetails.controls['C-0057']?.status).toBe('failed')
    const { stdout } = kubescape([...SCAN, '--kubeconfig', kubeconfig])
    expect(stdout).toMatch(/types could not be read: /)
  })

  test('to nothing at all end the scan with what to do', async () => {
    const { code, stderr, stdout } = scan(await cluster.kubeconfigFor('nobody'))
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain('nothing could be read from the cluster')
    expect(stderr).toContain('kubescape rbac generate')
  })

  test('in one namespace are enough for that namespace, and coverage says so', async () => {
    await cluster.apply(`apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: shopkeeper, namespace: shop}
rules: [{apiGroups: ["*"], resources: ["*"], verbs: [list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: shopkeeper, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: shopkeeper}
subjects: [{kind: User, apiGroup: rbac.authorization.k8s.io, name: shopkeeper}]
`)
    const kubeconfig = await cluster.kubeconfigFor('shopkeeper')
    const { report } = scan(kubeconfig, '--include-namespaces', 'shop')
    expect(report.summaryDetails.controls['C-0057']?.status).toBe('failed')
    const part = report.scanCoverage.partialGVRPulls.map(({ gvr, selector }) => `${gvr} ${selector}`)
    // What lives in the namespace was read; only joins that reach beyond it lack something.
    expect(part).toContain('rbac.authorization.k8s.io/v1/rolebindings metadata.namespace=shop')
    expect(part).not.toContain('apps/v1/deployments metadata.namespace=shop')
    const notEvaluated = report.scanCoverage.notEvaluatedControls.map(({ controlID }) => controlID)
    expect(notEvaluated).toContain('C-0261')
    expect(notEvaluated).not.toContain('C-0256')
  })
})

describe('a server that goes away', () => {
  test('and comes back in the middle of a scan costs nothing but time', async () => {
    const expected = verdicts(scan(cluster.kubeconfig).report)
    const output = join(cluster.folder, 'restarted.json')
    const child = spawn(launcher, [...SCAN, '--kubeconfig', cluster.kubeconfig, '-f', 'json', '-o', output], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const ended = once(child, 'close') as Promise<[number]>
    // It has said which cluster it scans: the server has answered, and the lists begin.
    await once(child.stderr, 'data')
    await cluster.stopApiServer('SIGKILL')
    await cluster.startApiServer()
    const [code] = await ended
    expect(code).toBe(0)
    expect(verdicts(JSON.parse(readFileSync(output, 'utf8')) as JsonReport)).toEqual(expected)
  })

  test('for good ends the scan with a clear word', async () => {
    const away = await startCluster()
    const kubeconfig = readFileSync(away.kubeconfig, 'utf8')
    await away.stop()
    const file = join(cluster.folder, 'away.kubeconfig')
    writeFileSync(file, kubeconfig)
    const { code, stderr } = scan(file)
    expect(code).toBe(1)
    expect(stderr).toMatch(/refused|certificate|read/i)
    expect(stderr).not.toMatch(/\n +at /)
  })
})

describe('contexts', () => {
  test('are scanned one after another, each into a file of its own', async () => {
    const other = await startCluster()
    try {
      await other.apply('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: only-here, namespace: default}\n')
      const folder = cluster.folder
      const first = await contextOf(cluster.kubeconfig)
      const second = join(folder, 'second.kubeconfig')
      writeFileSync(second, readFileSync(other.kubeconfig, 'utf8').replaceAll(first, 'second'))
      const result = kubescape(
        [
          'scan',
          'control',
          'C-0057,C-0030',
          '--kube-context',
          `${first},second`,
          '-f',
          'json',
          '-o',
          join(folder, 'both'),
        ],
        { env: { KUBECONFIG: `${cluster.kubeconfig}:${second}` } },
      )
      expect([result.code, result.stderr]).toEqual([0, expect.stringContaining('context second')])
      const reports = [first, 'second'].map(
        (name) => JSON.parse(readFileSync(join(folder, `both-${name}.json`), 'utf8')) as JsonReport,
      )
      expect(reports.map(({ clusterName }) => clusterName)).toEqual([first, 'second'])
      expect(reports[0]?.summaryDetails.controls['C-0057']?.status).toBe('failed')
      expect(reports[1]?.summaryDetails.controls['C-0057']?.ResourceCounters.failedResources).toBe(0)
    } finally {
      await other.stop()
    }
  })

  test('that do not exist are an error with the nearest', async () => {
    const { code, stderr } = kubescape(['scan', '--kubeconfig', cluster.kubeconfig, '--kube-context', 'nowhere'])
    expect(code).toBe(1)
    expect(stderr).toContain('nowhere')
  })
})

async function contextOf(kubeconfig: string): Promise<string> {
  const { stdout } = await cluster.kubectl(['config', 'current-context'], { kubeconfig })
  return stdout.trim()
}
