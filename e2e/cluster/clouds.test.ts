/** Scans of a cluster that looks like one of EKS, with what its nodes and its cloud say. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { answers, eksCluster } from '../../packages/sources/testing/cloud-answers.ts'
import { fakePrograms, type FakePrograms } from '../../packages/sources/testing/fake-programs.ts'
import { podYaml, writeFiles } from '../folder.ts'
import { statusOf, type JsonReport } from '../json-report.ts'
import { kubescape, root, type Run } from '../kubescape.ts'
import { startCluster, type Cluster } from './testbed/cluster.ts'

let cluster: Cluster
let programs: FakePrograms

const node = (name: string): string => `apiVersion: v1
kind: Node
metadata:
  name: ${name}
  labels:
    alpha.eksctl.io/cluster-name: shop
    eks.amazonaws.com/nodegroup: workers
    topology.kubernetes.io/region: eu-west-1
spec: {providerID: 'aws:///eu-west-1a/i-${name}'}
`

beforeAll(async () => {
  cluster = await startCluster()
  await cluster.apply([node('one'), node('two')].join('---\n'))
})
afterAll(() => cluster.stop())

beforeEach(() => {
  programs?.remove()
  programs = fakePrograms()
})
afterAll(() => programs.remove())

/** Scans with the programs of this file before all others. */
function scan(...args: readonly string[]): Run {
  const PATH = `${programs.env['PATH'] ?? ''}:${process.env['PATH'] ?? ''}`
  return kubescape(['scan', ...args, '--kubeconfig', cluster.kubeconfig], { env: { PATH } })
}

function report({ stdout, stderr }: Run): JsonReport {
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as JsonReport
}

/** What AWS says, of a cluster at the address of this one. */
function answerAs(isSafe: boolean): void {
  const { cluster: described } = eksCluster(isSafe) as { cluster: object }
  programs.add('aws', {
    ...answers(isSafe).aws,
    'eks describe-cluster': { json: { cluster: { ...described, endpoint: cluster.url } } },
  })
}

describe('a control plane that a provider runs', () => {
  test('is named once, and in no score', () => {
    const { stdout, code } = scan('framework', 'cis-v1.23-t1.0.1,cis-eks-t1.8.0')
    expect(code).toBe(0)
    expect(stdout).toMatch(/- the control plane is run by EKS: \d\d controls about it cannot be judged\n/)
    const { summaryDetails, scanCoverage } = report(scan('framework', 'cis-v1.23-t1.0.1', '-f', 'json'))
    expect(summaryDetails.controls['C-0113']).toBeUndefined()
    expect(scanCoverage.notEvaluatedControls.map(({ controlID }) => controlID)).not.toContain('C-0113')
    expect(scanCoverage.notEvaluatedControls.map(({ controlID }) => controlID)).toContain('C-0170')
  })
})

describe('--cloud-describe', () => {
  const CONTROLS = ['C-0066', 'C-0067', 'C-0221', 'C-0223', 'C-0227', 'C-0228', 'C-0229', 'C-0285']
  const scanCloud = (...args: readonly string[]): Run =>
    scan('framework', 'cis-eks-t1.8.0,allcontrols', '--cloud-describe', ...args)

  test.each([
    ['passes what is safe', true, 'passed'],
    ['fails what is not', false, 'failed'],
  ])('%s, and tells what it runs', (_, isSafe, expected) => {
    answerAs(isSafe)
    const result = scanCloud('-f', 'json')
    const { summaryDetails, scanCoverage } = report(result)
    expect(scanCoverage.problems).toEqual([])
    const statuses = CONTROLS.map((id) => [id, summaryDetails.controls[id]?.status])
    expect(statuses).toEqual(CONTROLS.map((id) => [id, expected]))
    expect(result.stderr).toContain(
      '\nRunning aws eks describe-cluster --name shop --region eu-west-1 --output json\nRunning aws ecr ',
    )
    expect(programs.runs()).toHaveLength(3)
  })

  test('runs nothing unless it is asked for, and says that it could', () => {
    answerAs(true)
    const { stderr } = scan('framework', 'cis-eks-t1.8.0')
    expect(programs.runs()).toEqual([])
    expect(stderr).toMatch(/\d+ controls need .* --cloud-describe/)
  })

  test('that is denied costs nothing but the controls that need it', () => {
    programs.add('aws', {
      'eks describe-cluster': {
        shell: 'echo "An error occurred (AccessDeniedException): not authorized" >&2; exit 254',
      },
    })
    const result = scanCloud('-f', 'json')
    const { scanCoverage, summaryDetails } = report(result)
    expect(result.code).toBe(0)
    expect(scanCoverage.problems).toMatchObject([{ code: 'cloud/denied' }])
    expect(scanCoverage.notEvaluatedControls.map(({ controlID }) => controlID)).toEqual(
      expect.arrayContaining(CONTROLS),
    )
    expect(summaryDetails.controls['C-0057']?.status).toBe('passed')
    expect(programs.runs()).toHaveLength(1)
  })
})

describe('--facts', () => {
  const kubelet = (name: string, permissions: number): string => `apiVersion: hostdata.kubescape.cloud/v1beta0
kind: KubeletInfo
metadata: {name: ${name}}
data:
  configFile:
    path: /var/lib/kubelet/config.yaml
    permissions: ${permissions}
`

  test('judges nodes by files, each with its place, and names those that nobody told of', () => {
    const folder = writeFiles(join(cluster.folder, 'facts'), {
      'one.yaml': `${kubelet('three', 0o644)}---\n${kubelet('one', 0o644)}`,
      'three.yaml': kubelet('three', 0o600),
      'pod.yaml': podYaml('stray'),
    })
    const result = scan('framework', 'cis-v1.23-t1.0.1', '--facts', folder, '-f', 'json')
    const found = report(result)
    expect(result.code).toBe(0)
    expect(found.summaryDetails.controls['C-0170']?.status).toBe('failed')
    expect(statusOf(found, 'C-0170', 'one')).toBe('failed')
    expect(statusOf(found, 'C-0170', 'three')).toBeUndefined()
    const verdict = found.results.find(({ controlID }) => controlID === 'C-0170')?.resources[0]
    expect(verdict).toMatchObject({ kind: 'KubeletInfo', name: 'one', file: join(folder, 'one.yaml'), line: 8 })
    expect(found.scanCoverage.problems.map(({ message }) => message)).toEqual([
      '1 object is no fact of nodes or clouds and was not judged: Pod (1)',
      'no facts of 1 of 2 nodes: two',
      'facts of nodes that the cluster does not have were not judged: three',
    ])
    expect(found.clusterName).not.toBe('')
  })

  test('of a cloud that cannot be reached are judged beside the cluster', () => {
    const file = join(root, 'packages/controls/examples/bad/c-0227.yaml')
    const { stdout } = scan('control', 'C-0227', '--facts', file, '-v')
    expect(stdout).toMatch(/── ClusterDescribe shop +\S*c-0227\.yaml:1 ──/)
    expect(stdout).toContain('Controls: 1 (Failed: 1, Passed: 0, Action required: 0)')
  })

  test('without any fact fail the command, and the cluster is judged all the same', () => {
    const folder = writeFiles(join(cluster.folder, 'wrong'), { 'pod.yaml': podYaml('stray') })
    const { code, stdout, stderr } = scan('framework', 'nsa', '--facts', folder)
    expect(code).toBe(1)
    expect(stderr).toContain('no facts of nodes or clouds are there')
    expect(stdout).toContain('Overall compliance score')
  })

  test('belong to one cluster', () => {
    const other = join(cluster.folder, 'other.kubeconfig')
    writeFileSync(other, readFileSync(cluster.kubeconfig, 'utf8').replaceAll('testbed', 'other'))
    const { code, stderr } = kubescape(['scan', '--kube-context', 'testbed,other', '--facts', 'facts'], {
      env: { KUBECONFIG: `${cluster.kubeconfig}:${other}` },
    })
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        /^error: --facts belongs to one cluster, and 2 were named\n.*--kube-context/,
      ) as string,
    })
  })
})
