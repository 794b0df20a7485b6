/** Exceptions that a cluster keeps: they count by themselves, and a scan that may not read them says so. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { temporaryFolder, writeFiles } from '../folder.ts'
import { scanJson, type JsonRun } from '../json-report.ts'
import { CUSTOM_TYPES, customTypes } from './custom-types.ts'
import { SHOP } from './shop.ts'
import { startCluster, type Cluster } from './testbed/cluster.ts'

const types = ['SecurityException', 'ClusterSecurityException'].map((kind) => {
  const plural = `${kind.toLowerCase()}s`
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.kubescape.io` },
    spec: {
      group: 'kubescape.io',
      names: { kind, plural, singular: kind.toLowerCase() },
      scope: kind.startsWith('Cluster') ? 'Cluster' : 'Namespaced',
      versions: [{ name: 'v1beta1', served: true, storage: true, schema }],
    },
  }
})

const EXCEPTIONS = `apiVersion: kubescape.io/v1beta1
kind: SecurityException
metadata: {name: web, namespace: shop}
spec:
  reason: it loads kernel modules
  posture: [{controlID: C-0057, action: ignore}]
  match: {resources: [{kind: Deployment, name: web}]}
---
apiVersion: kubescape.io/v1beta1
kind: ClusterSecurityException
metadata: {name: bank}
spec:
  posture: [{controlID: C-0013, action: alert_only}]
  match: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: bank}}}
---
apiVersion: v1
kind: Namespace
metadata: {name: kubescape}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: kubescape-exceptions, namespace: kubescape}
data:
  exceptions.json: |
    {"exceptions": [{"name": "ledger", "controls": ["C-0016"], "resources": [{"namespace": "bank", "name": "ledger"}]}]}
`

/** May list what the controls look at, and nothing of exceptions. */
const AUDITORS = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: auditors}
rules:
- {apiGroups: [policy], resources: [podsecuritypolicies], verbs: [list]}
- {apiGroups: ['', apps, batch], resources: [pods, nodes, replicationcontrollers, deployments, replicasets, statefulsets, daemonsets, jobs, cronjobs], verbs: [list]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: auditors}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: auditors}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: auditors}]
`

const folder = temporaryFolder()
let cluster: Cluster

beforeAll(async () => {
  cluster = await startCluster()
  await cluster.apply(customTypes())
  await cluster.kubectl(['wait', '--for=condition=established', ...CUSTOM_TYPES.map((name) => `crd/${name}`)])
  await cluster.apply(SHOP)
})
afterAll(() => cluster?.stop())

function scan(kubeconfig = cluster.kubeconfig, ...args: readonly string[]): JsonRun {
  return scanJson(['scan', 'control', 'C-0057,C-0013,C-0016', '--kubeconfig', kubeconfig, ...args])
}

/** Names of exceptions with what they cover. */
function covered({ report }: JsonRun): string[] {
  return report.results.flatMap(({ controlID, resources }) =>
    resources.flatMap(({ name, exceptions = [] }) => exceptions.map((each) => `${each.name}: ${controlID} ${name}`)),
  )
}

test('a cluster without any, and without their types, has none, and nothing is missing', () => {
  const run = scan()
  expect(covered(run)).toEqual([])
  expect(run.report.scanCoverage).toMatchObject({ policyDegradations: [], degraded: false, coverageScore: 100 })
})

describe('a cluster with some', () => {
  beforeAll(async () => {
    await cluster.apply(types.map((type) => JSON.stringify(type)).join('\n---\n'))
    await cluster.kubectl([
      'wait',
      '--for=condition=established',
      ...types.map(({ metadata }) => `crd/${metadata.name}`),
    ])
    await cluster.apply(EXCEPTIONS)
  })

  test('has them count', () => {
    const run = scan()
    expect(covered(run)).toEqual(['bank: C-0013 ledger', 'ledger: C-0016 ledger', 'web: C-0057 web'])
    expect(run.report.scanCoverage.policyDegradations).toEqual([])
    const narrow = scan(cluster.kubeconfig, '--include-namespaces', 'shop')
    expect(covered(narrow)).toEqual(['web: C-0057 web'])
  })

  test('has them beside those of a file, which may be for this cluster', () => {
    const file = JSON.stringify([
      {
        name: 'file',
        policyType: 'postureExceptionPolicy',
        resources: [{ attributes: { cluster: '[a-z-]+', name: 'web' } }],
        posturePolicies: [{ controlID: 'C-0013' }],
      },
    ])
    const run = scan(cluster.kubeconfig, '--exceptions', join(writeFiles(folder, { 'file.json': file }), 'file.json'))
    expect(covered(run)).toContain('file: C-0013 web')
    expect(covered(run)).toContain('web: C-0057 web')
  })

  test('says what could not be read to who may not, and judges without', async () => {
    const kubeconfig = await cluster.kubeconfigFor('auditor', ['auditors'])
    await cluster.apply(AUDITORS)
    const run = scan(kubeconfig)
    expect(run.report.scanCoverage.failedGVRPulls).toEqual([])
    expect(covered(run)).toEqual([])
    expect(run.report.scanCoverage).toMatchObject({ degraded: true, coverageScore: 85 })
    expect(run.report.scanCoverage.policyDegradations.map(({ component }) => component)).toEqual(
      Array.from({ length: 3 }, () => 'exceptions'),
    )
    expect(run.stderr).toMatch(/exceptions of ConfigMap kubescape\/kubescape-exceptions could not be read: .*forbidden/)
    expect(run.stderr).toContain('kubescape rbac generate')
  })
})
