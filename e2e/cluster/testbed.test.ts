import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCluster, type Cluster } from './testbed/cluster.ts'
import { eventually } from './testbed/eventually.ts'
import { canSeeProcesses, listeningAddresses, processesWith } from './testbed/processes.ts'

interface List {
  readonly metadata: { readonly continue?: string }
  readonly items: readonly { readonly metadata: { readonly name: string } }[]
}

const configMap = (name: string): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}}
data: {made: by-the-test}
`

/** Who may read ConfigMaps. */
const readers = (subject: string): string => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
rules:
- {apiGroups: [''], resources: [configmaps], verbs: [get, list]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: reader}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
subjects:
- ${subject}
`

function megabytes(cluster: Cluster): string {
  const all = Object.entries(cluster.memoryBytes())
  return all.map(([name, bytes]) => `${name} ${(bytes / 1e6).toFixed(0)} MB`).join(', ')
}

/** Answers a question of admission with no. */
async function refuse(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { request } = (await json(incoming)) as { request: { uid: string } }
  const response = { uid: request.uid, allowed: false, status: { message: 'not on my watch' } }
  outgoing.setHeader('Content-Type', 'application/json')
  outgoing.end(JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response }))
}

async function timed<T>(what: string, work: Promise<T>): Promise<T> {
  const start = performance.now()
  const value = await work
  console.log(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`)
  return value
}

describe('an API server and its store', () => {
  let cluster: Cluster

  beforeAll(async () => {
    cluster = await timed('etcd and the API server start', startCluster())
    console.log(megabytes(cluster))
  })
  afterAll(() => cluster?.stop())

  /** One page of two ConfigMaps. */
  async function page(token = ''): Promise<{ status: number; reason?: string; names: string[]; token: string }> {
    const path = `/api/v1/namespaces/pages/configmaps?limit=2&continue=${encodeURIComponent(token)}`
    const answer = await cluster.request(path)
    const list = answer.json() as Partial<List> & { reason?: string }
    return {
      status: answer.status,
      ...(list.reason === undefined ? {} : { reason: list.reason }),
      names: (list.items ?? []).map(({ metadata }) => metadata.name),
      token: list.metadata?.continue ?? '',
    }
  }

  test('it keeps what kubectl applies, and tells the version it was built from', async () => {
    await cluster.apply(configMap('kept'))
    const { stdout } = await cluster.kubectl(['get', 'configmap', 'kept', '-o', 'jsonpath={.data.made}'])
    expect(stdout).toBe('by-the-test')
    const versions = await cluster.kubectl(['version', '-o', 'json'])
    const { clientVersion, serverVersion } = JSON.parse(versions.stdout) as Record<string, { gitVersion: string }>
    expect(serverVersion?.gitVersion).toBe('v1.37.2')
    expect(clientVersion).toMatchObject({ gitVersion: serverVersion?.gitVersion })
  })

  test('it refuses what Kubernetes refuses, in its words', async () => {
    await expect(cluster.apply(configMap('Not_A_Name'))).rejects.toThrow(/Invalid value: "Not_A_Name"/)
  })

  test('it accepts Pods, privileged ones too, and custom resources', async () => {
    await cluster.apply(`apiVersion: v1
kind: Pod
metadata: {name: privileged}
spec:
  containers:
  - {name: main, image: nginx, securityContext: {privileged: true}}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: lamps.test.example}
spec:
  group: test.example
  names: {kind: Lamp, plural: lamps}
  scope: Namespaced
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}
`)
    await eventually('lamps are served', async () => {
      await cluster.apply('{apiVersion: test.example/v1, kind: Lamp, metadata: {name: green}}')
      return true
    })
    const { stdout } = await cluster.kubectl(['get', 'pods,lamps.test.example', '-o', 'name'])
    expect(stdout).toBe('pod/privileged\nlamp.test.example/green\n')
  })

  test('users with a certificate may do what their groups may', async () => {
    const kubeconfig = await cluster.kubeconfigFor('jane/doe', ['auditors', 'staff'])
    const who = await cluster.kubectl(['auth', 'whoami', '-o', 'jsonpath={.status.userInfo}'], { kubeconfig })
    expect(JSON.parse(who.stdout)).toMatchObject({
      username: 'jane/doe',
      groups: ['auditors', 'staff', 'system:authenticated'],
    })
    const before = await cluster.kubectl(['get', 'configmap', 'kept'], { kubeconfig })
    expect(before.code).toBe(1)
    expect(before.stderr).toContain('User "jane/doe" cannot get resource "configmaps"')

    await cluster.apply(readers('{apiGroup: rbac.authorization.k8s.io, kind: Group, name: auditors}'))
    await eventually('the group may read', async () => {
      const { code } = await cluster.kubectl(['get', 'configmap', 'kept'], { kubeconfig })
      return code === 0
    })
    const write = await cluster.kubectl(['delete', 'configmap', 'kept'], { kubeconfig })
    expect(write.stderr).toContain('cannot delete resource "configmaps"')
  })

  test('service accounts may do what they are bound to', async () => {
    await cluster.apply(`apiVersion: v1
kind: ServiceAccount
metadata: {name: robot, namespace: default}
`)
    const kubeconfig = cluster.kubeconfigWithToken(await cluster.tokenFor('default', 'robot'))
    const who = await cluster.kubectl(['auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username}'], { kubeconfig })
    expect(who.stdout).toBe('system:serviceaccount:default:robot')
    const before = await cluster.kubectl(['get', 'configmaps'], { kubeconfig })
    expect(before.stderr).toContain('cannot list resource "configmaps"')

    await cluster.apply(readers('{kind: ServiceAccount, name: robot, namespace: default}'))
    await eventually('the service account may read', async () => {
      const { code } = await cluster.kubectl(['get', 'configmaps'], { kubeconfig })
      return code === 0
    })
    await expect(cluster.tokenFor('default', 'nobody')).rejects.toThrow('404')
  })

  test('it calls a webhook that the test itself serves', async () => {
    const { certificate, key } = cluster.serverPair
    await using server = createServer(
      { cert: readFileSync(certificate), key: readFileSync(key) },
      (incoming, outgoing) => void refuse(incoming, outgoing),
    )
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    await cluster.apply(`apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: guard}
webhooks:
- name: guard.test.example
  admissionReviewVersions: [v1]
  sideEffects: None
  rules: [{apiGroups: [''], apiVersions: [v1], resources: [secrets], operations: [CREATE]}]
  clientConfig: {url: 'https://127.0.0.1:${port}/', caBundle: ${readFileSync(cluster.caPath).toString('base64')}}
`)
    await eventually('Secrets are refused', async () => {
      const { stderr } = await cluster.kubectl(['create', 'secret', 'generic', 'any', '--dry-run=server'])
      return stderr.includes('denied the request: not on my watch')
    })
  })

  test('the token of a paged list expires once the store has forgotten that moment', async () => {
    await cluster.apply('{apiVersion: v1, kind: Namespace, metadata: {name: pages}}')
    const names = ['a', 'b', 'c', 'd', 'e']
    const maps = names.map((name) => configMap(name).replace('}', ', namespace: pages}'))
    await cluster.apply(maps.join('---\n'))
    const first = await page()
    expect(first).toMatchObject({ status: 200, names: ['a', 'b'] })
    expect(await page(first.token)).toMatchObject({ status: 200, names: ['c', 'd'] })

    await cluster.compact()
    const expired = await timed(
      'a token expires',
      eventually('the token has expired', async () => {
        const answer = await page(first.token)
        return answer.status !== 200 && answer
      }),
    )
    expect(expired).toMatchObject({ status: 410, reason: 'Expired' })
    expect(await page()).toMatchObject({ status: 200, names: ['a', 'b'] })
  })

  test('a restarted API server has the same address, objects and users, and no memory of old lists', async () => {
    const kubeconfig = await cluster.kubeconfigFor('auditor', ['system:masters'])
    const { token } = await page()
    await cluster.compact()
    await expect(cluster.startApiServer()).rejects.toThrow('is running')
    await timed('the API server stops', cluster.stopApiServer())
    await expect(cluster.request('/readyz')).rejects.toThrow('ECONNREFUSED')
    await timed('the API server starts again', cluster.startApiServer())

    const { stdout } = await cluster.kubectl(['get', 'configmap', 'kept', '-o', 'name'], { kubeconfig })
    expect(stdout).toBe('configmap/kept\n')
    expect(await page(token)).toMatchObject({ status: 410, reason: 'Expired' })
  })

  test('a crashed API server comes back with the flags it is given', async () => {
    await cluster.stopApiServer('SIGKILL')
    await cluster.startApiServer(['--anonymous-auth=false', '--profiling=false'])
    const kubeconfig = cluster.kubeconfigWithToken('unknown')
    const { code, stderr } = await cluster.kubectl(['get', 'configmaps'], { kubeconfig })
    expect(code).toBe(1)
    expect(stderr).toContain('You must be logged in to the server')
    expect((await cluster.request('/debug/pprof/')).status).toBe(404)
  })

  test('a second cluster beside it knows nothing of the first', async () => {
    await using other = await startCluster()
    expect(other.url).not.toBe(cluster.url)
    const { stderr } = await other.kubectl(['get', 'configmap', 'kept'])
    expect(stderr).toContain('configmaps "kept" not found')
    const stranger = await other.kubectl(['get', 'configmaps', '--server', other.url], {
      kubeconfig: cluster.kubeconfig,
    })
    expect(stranger.stderr).toMatch(/certificate|logged in/)
    await expect(cluster.kubectl(['get', 'configmap', 'kept'])).resolves.toMatchObject({ code: 0 })
  })
})

describe('a control plane with controllers, a scheduler and played nodes', () => {
  let cluster: Cluster

  beforeAll(async () => {
    const parts = { controllerManager: true, scheduler: true, kwok: true }
    cluster = await timed('all five programs start', startCluster(parts))
    await timed('three nodes become ready', cluster.addNodes(3))
    console.log(megabytes(cluster))
  })
  afterAll(() => cluster?.stop())

  test('nodes are ready, and further ones get names of their own', async () => {
    await expect(cluster.addNodes(1)).resolves.toEqual(['node-3'])
    const { stdout } = await cluster.kubectl(['get', 'nodes', '--no-headers'])
    expect(stdout.match(/^node-[0-3] +Ready /gm)).toHaveLength(4)
  })

  test('a Deployment makes a ReplicaSet, that makes Pods, and they run on nodes', async () => {
    await cluster.kubectl(['create', 'deployment', 'web', '--image=nginx', '--replicas=4'])
    const rollout = await timed('four Pods run', cluster.kubectl(['rollout', 'status', 'deployment/web']))
    expect(rollout.code).toBe(0)
    const owners = 'jsonpath={range .items[*]}{.metadata.ownerReferences[0].kind}/{.status.phase} {end}'
    const replicaSets = await cluster.kubectl(['get', 'replicasets', '-l', 'app=web', '-o', owners])
    expect(replicaSets.stdout).toBe('Deployment/ ')
    const pods = await cluster.kubectl(['get', 'pods', '-l', 'app=web', '-o', owners])
    expect(pods.stdout).toBe('ReplicaSet/Running '.repeat(4))
    const nodes = await cluster.kubectl(['get', 'pods', '-l', 'app=web', '-o', 'jsonpath={.items[*].spec.nodeName}'])
    expect(nodes.stdout.split(' ')).toHaveLength(4)
  })

  test('a Job completes, and a deleted namespace takes all that was in it along', async () => {
    await cluster.kubectl(['create', 'namespace', 'short'])
    await eventually('the namespace has its service account', async () => {
      const { code } = await cluster.kubectl(['get', 'serviceaccount', 'default', '-n', 'short'])
      return code === 0
    })
    await cluster.kubectl(['create', 'job', 'once', '-n', 'short', '--image=busybox'])
    const wait = ['wait', 'job/once', '-n', 'short', '--for=condition=complete', '--timeout=60s']
    await expect(cluster.kubectl(wait)).resolves.toMatchObject({ code: 0 })
    const deletion = await timed('a namespace goes', cluster.kubectl(['delete', 'namespace', 'short']))
    expect(deletion.code).toBe(0)
    expect((await cluster.request('/apis/batch/v1/namespaces/short/jobs/once')).status).toBe(404)
  })

  test('all programs listen on 127.0.0.1 only', ({ skip }) => {
    skip(!canSeeProcesses, 'this system does not show what processes listen on')
    const pids = processesWith(cluster.folder)
    expect(pids).toHaveLength(5)
    const addresses = pids.flatMap(listeningAddresses)
    expect(addresses).toContain(new URL(cluster.url).host)
    expect(addresses.filter((address) => !address.startsWith('127.0.0.1:'))).toEqual([])
  })
})

describe('the end', () => {
  async function isGone(url: string): Promise<boolean> {
    try {
      await fetch(url)
      return false
    } catch {
      return true
    }
  }

  test('a stopped cluster leaves no process and no folder', async () => {
    const cluster = await startCluster()
    expect(existsSync(cluster.folder)).toBe(true)
    await cluster.stop()
    if (canSeeProcesses) expect(processesWith(cluster.folder)).toEqual([])
    expect(existsSync(cluster.folder)).toBe(false)
    expect(await isGone(`${cluster.etcdUrl}/health`)).toBe(true)
    await expect(cluster.stop()).resolves.toBeUndefined()
  })

  test('a program that does not start says why, and nothing is left of its cluster', async () => {
    const starting = startCluster({ apiServerFlags: ['--authorization-mode=Wishes'] })
    const message = await starting.then(String, String)
    expect(message).toContain('kube-apiserver did not start: it ended with code 1')
    expect(message).toMatch(/Wishes.* is not a valid mode/)
    const [, folder = ''] = /the end of (\S+)\/logs\/kube-apiserver.log:/.exec(message) ?? []
    expect(folder).toMatch(/kubescape-testbed-/)
    expect(existsSync(folder)).toBe(false)
    if (canSeeProcesses) expect(processesWith(folder)).toEqual([])
  })

  test('a killed test takes its cluster along', async () => {
    const script = `
      import { startCluster } from ${JSON.stringify(join(import.meta.dirname, 'testbed/cluster.ts'))}
      const cluster = await startCluster()
      console.log(JSON.stringify([cluster.folder, cluster.etcdUrl]))
      setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const lines = createInterface(child.stdout)
    const [line] = (await Promise.race([
      new Promise<[string]>((resolve) => lines.once('line', (text) => resolve([text]))),
      new Promise((_, reject) => child.once('exit', () => reject(new Error('the cluster did not start')))),
    ])) as [string]
    const [folder, etcdUrl] = JSON.parse(line) as [string, string]
    expect(existsSync(folder)).toBe(true)
    child.kill('SIGKILL')
    await eventually('the folder is gone', () => !existsSync(folder))
    await eventually('etcd is gone', () => isGone(`${etcdUrl}/health`))
    if (canSeeProcesses) await eventually('all processes are gone', () => processesWith(folder).length === 0)
    expect(existsSync(folder)).toBe(false)
  })
})
