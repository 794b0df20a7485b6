/** Facts of the nodes of a real cluster, collected by Pods whose kubelet is this test. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { load, loadAll } from 'js-yaml'
import { jobManifest, type HostScanRun } from '../../packages/sources/src/index.ts'
import type { JsonReport } from '../json-report.ts'
import { kubescape } from '../kubescape.ts'
import { NODE_CANARIES } from '../mock-node.ts'
import { COLLECT, EXPIRES, FRAMEWORK, IMAGE, LABEL, PlayedCluster, verdicts, type Scanned } from './host-scans.ts'
import { PlayedKubelets, type SeenPod } from './played-kubelet.ts'
import { eventually } from './testbed/eventually.ts'

let played: PlayedCluster

beforeAll(async () => {
  played = await PlayedCluster.start()
})
afterAll(() => played?.[Symbol.asyncDispose]())

describe('a collection', () => {
  const rights: Record<string, string> = {}
  let scan: Scanned

  async function ask({ metadata, spec, ...pod }: SeenPod, kubelets: PlayedKubelets): Promise<void> {
    if (spec.nodeName !== 'good') return
    const kubeconfig = await kubelets.kubeconfigOf({ metadata, spec, ...pod })
    const own = spec.serviceAccountName
    const questions = [
      ['patch', `secrets/${own}`],
      ['get', `secrets/${own}`],
      ['update', `secrets/${own}`],
      ['delete', `secrets/${own}`],
      ['patch', `secrets/${own.replace(/\d+$/, '99')}`],
      ['create', 'secrets'],
      ['list', 'secrets'],
      ['get', 'pods'],
      ['create', 'pods'],
      ['get', 'nodes'],
      ['get', 'configmaps'],
      ['create', 'serviceaccounts/token'],
    ]
    for (const [verb = '', what = ''] of questions) {
      const { stdout } = await played.cluster.kubectl(['auth', 'can-i', verb, what, '-n', metadata.namespace], {
        kubeconfig,
      })
      rights[`${verb} ${what.replace(own, 'own')}`] = stdout.trim()
    }
    const { stdout } = await played.cluster.kubectl(['auth', 'can-i', 'patch', `secrets/${own}`, '-n', 'default'], {
      kubeconfig,
    })
    rights['patch elsewhere'] = stdout.trim()
  }

  beforeAll(async () => {
    await using kubelets = new PlayedKubelets(played.cluster, played.nodes)
    kubelets.onPod = (pod) => ask(pod, kubelets)
    const { ended } = played.scan(...FRAMEWORK, ...COLLECT, '--host-scan-timeout', '40s')
    scan = await ended
    await played.nothingIsLeft()
  })

  test('gives the verdicts that the facts of the nodes have in a folder', () => {
    expect([scan.code, scan.stderr]).toEqual([0, expect.stringContaining('Collecting facts of 9 nodes')])
    const folder = join(played.cluster.folder, 'facts')
    for (const [name, { root }] of Object.entries(played.machines)) {
      kubescape(['node-facts', '--root', root, '--node-name', name, '-o', join(folder, `${name}.yaml`)])
    }
    const { stdout } = kubescape([...FRAMEWORK, '--as-cluster', folder, '-f', 'json'])
    const expected = verdicts(JSON.parse(stdout) as JsonReport, 'good', 'bad')
    expect(expected.size).toBeGreaterThan(60)
    expect(verdicts(scan.report, 'good', 'bad')).toEqual(expected)
    expect([...expected].filter(([key, status]) => key.endsWith('/good') && status === 'failed')).toEqual([])
    expect([...expected].filter(([key, status]) => key.endsWith('/bad') && status === 'failed').length).toBeGreaterThan(
      20,
    )
  })

  test('says of every node what it gave, and why it gave nothing', () => {
    const { nodes } = scan.report.scanCoverage
    const byName = Object.fromEntries(nodes.map(({ name, facts, reason }) => [name, reason ?? facts]))
    expect(byName).toEqual({
      good: 9,
      bad: 9,
      'no-image': `its image could not be pulled: Back-off pulling image "${IMAGE}"`,
      killed: 'its Pod failed (OOMKilled)',
      silent: 'its Pod did not start in time',
      liar: 1,
      bomb: 'what it wrote cannot be read',
      empty: expect.stringContaining('its Pod failed (exit code 1): error: no facts could be collected below'),
      full: expect.stringMatching(/^its Pod was not scheduled: .*Too many pods/),
      windows: 'it runs windows; facts are those of Linux',
      fargate: 'it is a virtual node: nothing can be mounted there',
      broken: 'it is not ready',
    })
    expect(scan.report.scanCoverage.degraded).toBe(true)
  })

  test('takes from a node nothing but facts of itself', () => {
    expect(verdicts(scan.report, 'liar').get('C-0172 KubeletInfo/liar')).toBe('failed')
    const ids = scan.report.resources.map(({ resourceID }) => resourceID).filter((id) => id.endsWith('/liar'))
    expect(ids).toEqual([expect.stringContaining('/KubeletInfo/liar')])
  })

  test('lets the Pod of a node fill its own Secret, and nothing else', () => {
    const { 'patch secrets/own': own, ...others } = rights
    expect(own).toBe('yes')
    expect(Object.keys(others)).toHaveLength(12)
    expect(new Set(Object.values(others))).toEqual(new Set(['no']))
  })

  test('does not judge itself, and tells no secrets', () => {
    const all = JSON.stringify(scan.report)
    expect(all).not.toContain('kubescape-host-scan')
    expect(all).not.toContain('node-facts-')
    for (const canary of Object.values(NODE_CANARIES)) expect(all + scan.stderr).not.toContain(canary)
  })

  test('is told in one line for people', async () => {
    await using kubelets = new PlayedKubelets(played.cluster, played.nodes)
    const selector = 'kubernetes.io/hostname in (good,bad)'
    const args = ['scan', 'control', 'C-0172', ...COLLECT, '--host-scan-nodes', selector, '-f', 'pretty-printer']
    const { stdout } = await played.scan(...args).ended
    const words = stdout.replaceAll(/\s+/g, ' ')
    expect(words).toMatch(/2 resources judged among [1-9]\d* objects/)
    expect(words).toContain(
      '10 of 12 nodes gave no facts and are not judged: bomb, broken, empty, fargate, full, 5 more (it was left out by --host-scan-nodes)',
    )
    expect(kubelets.seen).toHaveLength(2)
  })

  test('is not begun when no control asks for facts', async () => {
    const { report, stderr } = await played.scan('scan', 'control', 'C-0057', ...COLLECT).ended
    expect(stderr).not.toContain('Collecting')
    expect(report.scanCoverage.nodes).toEqual([])
  })
})

describe('what is made', () => {
  const run: HostScanRun = {
    id: 'x',
    namespace: 'strict',
    isOwnNamespace: false,
    asksMetadataService: false,
    image: IMAGE,
    deadlineSeconds: 60,
  }

  test('is a Pod that breaks the strictest standard only where it reads the node as root', async () => {
    await played.cluster.apply(
      '{apiVersion: v1, kind: Namespace, metadata: {name: strict, labels: {pod-security.kubernetes.io/enforce: restricted}}}',
    )
    const { spec } = jobManifest(run, { name: 'node-facts-x-0', node: 'good' }, false) as {
      spec: { template: { spec: object } }
    }
    const metadata = { name: 'any', namespace: 'strict' }
    const serviceAccount = `{apiVersion: v1, kind: ServiceAccount, metadata: {name: node-facts-x-0, namespace: strict}}`
    await played.cluster.apply(serviceAccount)
    const pod = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata, spec: spec.template.spec })
    const { stderr } = await played.cluster.kubectl(['create', '--dry-run=server', '-f', '-'], { stdin: pod })
    const [, violations = ''] = /violates PodSecurity "restricted:latest": (.*)/.exec(stderr) ?? []
    const parts = violations.split(/, (?=\w+ ?(?:volume|!=|=))/).map((part) => part.replace(/ \(.*/, ''))
    expect(parts).toEqual(['restricted volume types', 'runAsNonRoot != true', 'runAsUser=0'])
  })

  test('is what the manifest command prints, and works by hand', async () => {
    const { stdout } = kubescape(['host-scan', 'manifest', '--host-scan-image', IMAGE, '--nodes', 'good,bad'])
    expect((loadAll(stdout) as { kind: string }[]).map(({ kind }) => kind)).toEqual([
      'Namespace',
      ...['good', 'bad'].flatMap(() => ['ServiceAccount', 'Role', 'RoleBinding', 'Secret', 'Job']),
    ])
    await using _kubelets = new PlayedKubelets(played.cluster, played.nodes)
    await played.cluster.apply(stdout)
    const namespace = 'kubescape-host-scan-byhand'
    await eventually('both Jobs are complete', async () => {
      const { stdout: jobs } = await played.cluster.kubectl(['get', 'jobs', '-n', namespace, '-o', 'yaml'])
      const { items } = load(jobs) as { items: { status?: { succeeded?: number } }[] }
      return items.length === 2 && items.every(({ status }) => status?.succeeded === 1)
    })
    const { stdout: filled } = await played.cluster.kubectl([
      'get',
      'secrets',
      '-n',
      namespace,
      '-o',
      'jsonpath={.items[*].data.facts}',
    ])
    expect(filled.split(' ')).toHaveLength(2)
    await played.cluster.kubectl(['delete', 'namespace', namespace])
  })
})

describe('nothing stays behind', () => {
  /** A scan that waits for a node which says nothing. */
  async function waiting(...args: readonly string[]): Promise<ReturnType<PlayedCluster['scan']>> {
    const scan = played.scan(
      'scan',
      'control',
      'C-0172',
      ...COLLECT,
      '--host-scan-nodes',
      'kubernetes.io/hostname=silent',
      ...args,
    )
    await eventually('the Job has a Pod', async () => (await played.objects('pods')).length === 1)
    return scan
  }

  test.each(['SIGINT', 'SIGTERM'] as const)('after %s', async (signal) => {
    await using _kubelets = new PlayedKubelets(played.cluster, played.nodes)
    const { child, ended } = await waiting()
    child.kill(signal)
    const { code, stderr } = await ended
    expect(code).toBe(1)
    expect(stderr).toContain('interrupted')
    await played.nothingIsLeft()
  })

  test('after SIGKILL, once its time is over and another scan begins; what others have is left alone', async () => {
    await using _kubelets = new PlayedKubelets(played.cluster, played.nodes)
    const past = '2020-01-01T00:00:00Z'
    await played.cluster.apply(`apiVersion: v1
kind: Namespace
metadata: {name: borrowed, labels: {${LABEL}: borrowed}, annotations: {${EXPIRES}: '${past}'}}
---
apiVersion: v1
kind: Namespace
metadata: {name: kubescape-host-scan-mine, labels: {app: mine}, annotations: {${EXPIRES}: '${past}'}}
---
apiVersion: v1
kind: Namespace
metadata: {name: kubescape-host-scan-timeless, labels: {${LABEL}: timeless}}
`)
    const { child, ended } = await waiting()
    child.kill('SIGKILL')
    await ended
    const namespace = (await played.objects('namespaces')).find((name) => /-[0-9a-f]{8}$/.test(name)) ?? ''
    expect(namespace).not.toBe('')

    const next = ['scan', 'control', 'C-0172', ...COLLECT, '--host-scan-nodes', 'kubernetes.io/hostname=good']
    const second = await played.scan(...next).ended
    expect(second.stderr).toContain(`Left the ${namespace.replace('/', ' ')} alone`)
    expect(await played.objects('namespaces')).toContain(namespace)

    await played.cluster.kubectl(['annotate', '--overwrite', namespace, `${EXPIRES}=${past}`])
    const third = await played.scan(...next).ended
    expect(third.stderr).toContain(`Removed the ${namespace.replace('/', ' ')}`)
    await eventually('it is gone', async () => {
      const left = await played.objects('namespaces')
      return left.length === 2 && left.every((name) => /\/(?:borrowed|kubescape-host-scan-timeless)$/.test(name))
    })
    const { code } = await played.cluster.kubectl(['get', 'namespace', 'kubescape-host-scan-mine'])
    expect(code).toBe(0)
    await played.cluster.kubectl([
      'delete',
      'namespace',
      'borrowed',
      'kubescape-host-scan-timeless',
      'kubescape-host-scan-mine',
    ])
  })

  test('in a namespace that was named, which stays with all that is not of the scan', async () => {
    await using _kubelets = new PlayedKubelets(played.cluster, played.nodes)
    await played.cluster.apply(`apiVersion: v1
kind: Namespace
metadata: {name: tools}
---
apiVersion: v1
kind: Secret
metadata: {name: node-facts-of-mine, namespace: tools, labels: {${LABEL}: mine}}
`)
    const named = ['--host-scan-namespace', 'tools']
    const { code, report, stderr } = await played.scan(...FRAMEWORK, ...COLLECT, ...named, '--host-scan-timeout', '20s')
      .ended
    expect([code, stderr]).toEqual([0, expect.stringContaining('in the namespace tools')])
    expect(verdicts(report, 'good', 'bad').size).toBeGreaterThan(60)
    await eventually('only what is not of the scan is left', async () => {
      const left = await played.objects()
      return left.length === 1 && left[0] === 'secret/node-facts-of-mine'
    })
    const killed = await waiting(...named)
    killed.child.kill('SIGKILL')
    await killed.ended
    const [job = ''] = await played.objects('jobs')
    await played.cluster.kubectl(['annotate', '--overwrite', '-n', 'tools', job, `${EXPIRES}=2020-01-01T00:00:00Z`])
    const next = await played.scan('scan', 'control', 'C-0172', ...COLLECT, ...named, '--host-scan-nodes', 'a=b').ended
    expect(next.stderr).toContain('Removed the Job node-facts-')
    await eventually('what the Job owned is gone too', async () => {
      return (await played.objects()).length === 1
    })
    await played.cluster.kubectl(['delete', 'namespace', 'tools'])
  })
})
