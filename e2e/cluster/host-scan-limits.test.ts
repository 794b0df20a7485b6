/** Host scans that cannot be, and facts of nodes that somebody else keeps in the cluster. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kubescape } from '../kubescape.ts'
import { COLLECT, FRAMEWORK, PlayedCluster, verdicts } from './host-scans.ts'
import { PlayedKubelets } from './played-kubelet.ts'
import { eventually } from './testbed/eventually.ts'

let played: PlayedCluster

beforeAll(async () => {
  played = await PlayedCluster.start()
})
afterAll(() => played?.[Symbol.asyncDispose]())

describe('what cannot be', () => {
  test('is no reason to judge nothing else, and fails the command', async () => {
    await played.cluster.apply(`apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: looker}
rules: [{apiGroups: ["*"], resources: ["*"], verbs: [list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: looker}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: looker}
subjects: [{kind: User, apiGroup: rbac.authorization.k8s.io, name: looker}]
`)
    const kubeconfig = await played.cluster.kubeconfigFor('looker')
    const { code, stderr, report } = await played.scan(...FRAMEWORK, ...COLLECT, '--kubeconfig', kubeconfig).ended
    expect(code).toBe(1)
    expect(stderr).toContain('Facts of nodes could not be collected: ')
    expect(stderr).toContain('everything else was judged')
    const { nodes, notEvaluatedControls } = report.scanCoverage
    expect(nodes.find(({ name }) => name === 'good')?.reason).toContain('cannot create resource "namespaces"')
    expect(notEvaluatedControls.map(({ controlID }) => controlID)).toContain('C-0172')
    expect(report.summaryDetails.controls['C-0185']).toBeDefined()
  })

  test('that no node gives facts is no success when nothing else was asked for', async () => {
    const args = ['--host-scan-nodes', 'no=such', ...COLLECT]
    const { code, stderr } = await played.scan('scan', 'control', 'C-0172', ...args).ended
    expect(code).toBe(1)
    expect(stderr).toMatch(/error: no node of the cluster .* gave facts; the first, bad: it was left out/)
  })

  test('a namespace that is not there is not made', async () => {
    const { code, stderr } = await played.scan(...FRAMEWORK, ...COLLECT, '--host-scan-namespace', 'nowhere').ended
    expect(code).toBe(1)
    expect(stderr).toContain('there is no namespace nowhere')
  })

  test('a Pod that admission refuses is told with its words', async () => {
    await played.cluster.apply(
      '{apiVersion: v1, kind: Namespace, metadata: {name: strict, labels: {pod-security.kubernetes.io/enforce: restricted}}}',
    )
    const args = [
      '--host-scan-namespace',
      'strict',
      '--host-scan-timeout',
      '8s',
      '--host-scan-nodes',
      'kubernetes.io/hostname=good',
    ]
    const { report } = await played.scan(...FRAMEWORK, ...COLLECT, ...args).ended
    expect(report.scanCoverage.nodes.find(({ name }) => name === 'good')?.reason).toMatch(
      /^its Job could make no Pod: .*violates PodSecurity/,
    )
  })

  test('an image is needed, and where it is from is for the user to say', () => {
    const { code, stderr } = kubescape(['scan', '--kubeconfig', played.cluster.kubeconfig, '--enable-host-scan'])
    expect(code).toBe(1)
    expect(stderr).toContain('--host-scan-image')
  })
})

test('facts of files stand beside a cluster', async () => {
  const file = join(played.cluster.folder, 'good.yaml')
  const { root } = played.machines.good
  kubescape(['node-facts', '--root', root, '--node-name', 'good', '-o', file])
  const { code, stderr, report } = await played.scan(...FRAMEWORK, '--facts', file).ended
  expect([code, stderr]).toEqual([0, expect.stringContaining('no facts of 11 of 12 nodes')])
  expect(verdicts(report, 'good').get('C-0172 KubeletInfo/good')).toBe('passed')
})

describe('facts that the cluster keeps', () => {
  beforeAll(async () => {
    await played.cluster.apply(`apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: kubeletinfos.hostdata.kubescape.cloud}
spec:
  group: hostdata.kubescape.cloud
  names: {kind: KubeletInfo, plural: kubeletinfos}
  scope: Cluster
  versions:
  - {name: v1beta1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
`)
    await eventually('the objects are taken', async () => {
      await played.cluster.apply(`apiVersion: hostdata.kubescape.cloud/v1beta1
kind: KubeletInfo
metadata: {name: good}
spec: {nodeName: good, cmdLine: kubelet --anonymous-auth=true}
---
apiVersion: hostdata.kubescape.cloud/v1beta1
kind: KubeletInfo
metadata: {name: bad}
spec: {nodeName: bad, cmdLine: ''}
status: {error: 'no kubelet was found'}
`)
      return true
    })
  })

  test('are judged without being asked for, and nodes without them are named', async () => {
    const { code, report } = await played.scan('scan', 'control', 'C-0172').ended
    expect(code).toBe(0)
    expect(verdicts(report, 'good', 'bad')).toEqual(new Map([['C-0172 KubeletInfo/good', 'failed']]))
    const { nodes, problems } = report.scanCoverage
    expect(nodes.find(({ name }) => name === 'good')).toMatchObject({ facts: 1 })
    expect(nodes.filter(({ reason }) => reason?.includes('has written none')).length).toBe(11)
    expect(problems.map(({ message }) => message)).toEqual([
      'KubeletInfo of the node bad holds no facts: no kubelet was found',
    ])
  })

  test('give way to those that are collected', async () => {
    await using _kubelets = new PlayedKubelets(played.cluster, played.nodes)
    const args = ['--host-scan-nodes', 'kubernetes.io/hostname=good']
    const { report } = await played.scan('scan', 'control', 'C-0172', ...COLLECT, ...args).ended
    expect(verdicts(report, 'good')).toEqual(new Map([['C-0172 KubeletInfo/good', 'passed']]))
  })

  test('can be left alone', async () => {
    const { report } = await played.scan(...FRAMEWORK, '--host-scan=false').ended
    expect(report.scanCoverage.notEvaluatedControls.map(({ controlID }) => controlID)).toContain('C-0172')
    expect(report.scanCoverage.nodes).toEqual([])
  })
})
