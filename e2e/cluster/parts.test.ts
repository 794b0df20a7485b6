/** Parts of a cluster: kinds and labels, types whose servers are down, the cluster around a Pod; and who is told of a scan. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect, discover, loadClusters } from '@kubescape/cluster'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scanJson, type JsonReport } from '../json-report.ts'
import { kubescape, startKubescape } from '../kubescape.ts'
import { startReceiver } from '../receiver.ts'
import { SHOP } from './shop.ts'
import { startCluster, type Cluster } from './testbed/cluster.ts'
import { eventually } from './testbed/eventually.ts'

let cluster: Cluster

beforeAll(async () => {
  cluster = await startCluster()
  // The route is of a type that this cluster does not have.
  await cluster.apply(SHOP.replace(/---\napiVersion: gateway[^]*?(?=---\n)/, ''))
})
afterAll(() => cluster.stop())

const ALL = ['scan', 'framework', 'allcontrols']

function scan(...args: readonly string[]): JsonReport {
  return scanJson([...args, '--kubeconfig', cluster.kubeconfig]).report
}

/** Statuses by control and object. */
function verdicts({ summaryDetails }: JsonReport): Record<string, string> {
  const all = Object.values(summaryDetails.controls).flatMap(({ controlID, resourceIDs }) =>
    Object.entries(resourceIDs).map(([id, status]) => [`${controlID} ${id}`, status] as const),
  )
  return Object.fromEntries(all)
}

describe('a filter', () => {
  const isOf =
    (...parts: readonly string[]) =>
    ([key]: readonly [string, string]): boolean =>
      parts.some((part) => key.includes(part))

  test.each<[string, string, ReturnType<typeof isOf>]>([
    ['--include-kinds', 'Deployment', isOf('/Deployment/')],
    ['--label-selector', 'app in (web)', isOf('/shop/Deployment/web')],
    ['--label-selector', 'app,app!=web', isOf('/bank/Deployment/ledger')],
  ])('%s "%s" gives the verdicts of a whole scan on what is left', (flag, value, isLeft) => {
    const whole = verdicts(scan(...ALL))
    const part = verdicts(scan(...ALL, flag, value))
    const expected = Object.entries(whole).filter(isLeft)
    expect(expected.length).toBeGreaterThan(20)
    // Subjects of bindings are judged by what was joined, whichever kinds are wanted.
    expect(Object.fromEntries(Object.entries(part).filter(([key]) => !key.includes('Binding/')))).toEqual(
      Object.fromEntries(expected),
    )
  })

  test('of kinds needs no right to others', async () => {
    await cluster.apply(`apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: deployments}
rules:
- {apiGroups: [apps], resources: [deployments], verbs: [list]}
- {apiGroups: [''], resources: [configmaps], resourceNames: [kubescape-exceptions], verbs: [list]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: deployments}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: deployments}
subjects: [{kind: User, apiGroup: rbac.authorization.k8s.io, name: deployer}]
`)
    const kubeconfig = await cluster.kubeconfigFor('deployer')
    const args = ['scan', 'control', 'C-0057', '--include-kinds', 'deployment', '--kubeconfig', kubeconfig]
    const { report } = scanJson(args)
    expect(report.scanCoverage.failedGVRPulls).toEqual([])
    expect(report.summaryDetails.controls['C-0057']?.resourceIDs).toEqual({
      'apps/v1/shop/Deployment/web': 'failed',
      'apps/v1/bank/Deployment/ledger': 'passed',
    })
    const asked = kubescape([...args, '--dry-run'])
    expect([asked.code, asked.stdout]).toEqual([0, 'All 1 type may be read, for 1 control.\n'])
  })

  test('of kinds that no control looks at is an error, not a clean cluster', () => {
    const args = ['scan', 'control', 'C-0057', '--include-kinds', 'Secret', '--kubeconfig', cluster.kubeconfig]
    const { code, stderr, stdout } = kubescape(args)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('has none of the types that these controls look at')
  })
})

test('a type whose server is down makes no control pass, and the others are judged', async () => {
  await cluster.apply(`apiVersion: v1
kind: Service
metadata: {name: gone, namespace: default}
spec: {type: ExternalName, externalName: localhost, ports: [{port: 1}]}
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1beta0.imagedata.kubescape.cloud}
spec:
  group: imagedata.kubescape.cloud
  version: v1beta0
  groupPriorityMinimum: 100
  versionPriority: 100
  insecureSkipTLSVerify: true
  service: {name: gone, namespace: default, port: 1}
`)
  const report = await eventually('the server knows of the group', () => {
    const asked = scan('scan', 'control', 'C-0237,C-0057')
    return asked.scanCoverage.failedGVRPulls.length > 0 && asked
  })
  expect(report.scanCoverage.failedGVRPulls).toEqual([
    {
      gvr: expect.stringMatching(/^imagedata\.kubescape\.cloud\/.*ImageSignatures$/) as string,
      error: expect.stringContaining('are not known') as string,
    },
  ])
  expect(report.scanCoverage.notEvaluatedControls.map(({ controlID }) => controlID)).toEqual(['C-0237'])
  expect(report.summaryDetails.controls['C-0237']).toBeUndefined()
  expect(report.summaryDetails.controls['C-0057']?.status).toBe('failed')
  await cluster.kubectl(['delete', 'apiservice', 'v1beta0.imagedata.kubescape.cloud'])
})

test('the control plane is judged by its static Pods, and not at all where there are none', async () => {
  const control = (id: string): JsonReport => scan('scan', 'control', id)
  const ids = ['C-0113', 'C-0145', 'C-0151', 'C-0153']
  const before = control(ids.join())
  expect(before.scanCoverage.notEvaluatedControls.map(({ controlID }) => controlID)).toEqual(ids)
  const flags = {
    'kube-apiserver': ['--anonymous-auth=true'],
    'kube-controller-manager': ['--profiling=true'],
    'kube-scheduler': ['--profiling=false'],
    etcd: ['--cert-file=/a.crt', '--key-file=/a.key'],
  }
  const pods = Object.entries(flags).map(([name, args]) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${name}-node-1`, namespace: 'kube-system', labels: { component: name, tier: 'control-plane' } },
    spec: { containers: [{ name, image: `registry.k8s.io/${name}`, command: [name, ...args] }] },
  }))
  await cluster.apply(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: pods }))
  const { summaryDetails, scanCoverage } = control(ids.join())
  expect(ids.map((id) => summaryDetails.controls[id]?.status)).toEqual(['failed', 'failed', 'passed', 'passed'])
  expect(scanCoverage.notEvaluatedControls).toEqual([])
})

test('a Pod finds the cluster around it by its service account', async () => {
  const folder = join(cluster.folder, 'serviceaccount')
  mkdirSync(folder)
  copyFileSync(cluster.caPath, join(folder, 'ca.crt'))
  writeFileSync(join(folder, 'token'), await cluster.tokenFor('shop', 'robot'))
  writeFileSync(join(folder, 'namespace'), 'shop\n')
  const { hostname, port } = new URL(cluster.url)
  const env = { HOME: cluster.folder, KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port }
  const [target] = await loadClusters({ env, serviceAccountFolder: folder })
  expect(target).toMatchObject({ context: 'in-cluster', namespace: 'shop', server: cluster.url })
  const client = connect(target!, { env: {} })
  try {
    expect((await discover(client)).resources.length).toBeGreaterThan(50)
    // Itself, and nobody else.
    const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' }
    const answer = await client.request('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', review)
    expect(answer).toMatchObject({ status: { userInfo: { username: 'system:serviceaccount:shop:robot' } } })
  } finally {
    client.close()
  }
})

test('a server and a collector that are named are told of the scan of a cluster', async () => {
  const server = await startReceiver(() => ({ status: 201 }))
  const collector = await startReceiver(() => ({ status: 200, body: '{}' }))
  const args = [...ALL, '--kubeconfig', cluster.kubeconfig, '-o', join(cluster.folder, 'told.json'), '-f', 'json']
  const env = { OTEL_SDK_DISABLED: 'false', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }
  const { code, stderr } = await startKubescape([...args, '--submit', '--server', server.url], { env }).ended
  expect([code, stderr]).toEqual([0, expect.stringContaining('Report submitted') as string])
  const [report] = server.received
  const sent = JSON.parse(report?.body ?? '') as { clusterName: string; results: object[] }
  expect(sent.clusterName).toBe('testbed')
  expect(sent.results.length).toBeGreaterThan(10)
  expect(report?.body).not.toContain('bm90LXRvLWJlLXNlZW4')
  const traces = collector.received.find(({ url }) => url === '/v1/traces')?.body ?? ''
  for (const name of ['"scan"', '"find input"', '"plan"', '"read"', '"join"', '"report"', '"write json"', '"submit"'])
    expect(traces).toContain(`"name":${name}`)
  expect(traces).toContain('"kubescape.input.kind","value":{"stringValue":"cluster"}')
  expect(traces).not.toContain('shop')
})
