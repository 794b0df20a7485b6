/** A scan of an API server of 2021: no discovery in one document, types in versions that are gone by now. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { startApi, type Asked, type FakeApi, type Reply } from '../packages/cluster/testing/fake-api.ts'
import { answerAs121 } from '../packages/cluster/testing/kubernetes-1.21.ts'
import { temporaryFolder } from './folder.ts'
import type { JsonReport } from './json-report.ts'
import { startKubescape } from './kubescape.ts'

const CONTAINERS = [{ name: 'main', image: 'nginx', securityContext: { privileged: true } }]
const POD = { spec: { containers: CONTAINERS, hostNetwork: true } }

/** Objects by the path of their list. */
const OBJECTS: Readonly<Record<string, object>> = {
  '/api/v1/namespaces': { metadata: { name: 'shop' } },
  '/api/v1/nodes': { metadata: { name: 'a' }, status: { nodeInfo: { kubeletVersion: 'v1.21.14' } } },
  '/apis/autoscaling/v1/horizontalpodautoscalers': {
    metadata: { name: 'grow', namespace: 'default', uid: 'g' },
    spec: { maxReplicas: 3, scaleTargetRef: { kind: 'Deployment', name: 'web' } },
  },
  '/apis/batch/v1/cronjobs': {
    metadata: { name: 'nightly', namespace: 'shop', uid: 'n' },
    spec: { jobTemplate: { spec: { template: POD } } },
  },
  '/apis/networking.k8s.io/v1/ingresses': { metadata: { name: 'web', namespace: 'shop', uid: 'i' }, spec: {} },
  '/apis/policy/v1beta1/podsecuritypolicies': { metadata: { name: 'open', uid: 'p' }, spec: { privileged: true } },
}

/** A server of 1.21, without those types that are named. */
function answer(asked: Asked, missing: readonly string[] = []): Reply {
  const isDiscovery = /^\/(?:version|api(?:\/v1)?|apis(?:\/[^/]+){0,2})$/.test(asked.path)
  if (isDiscovery) return withoutTypes(asked.path.replace(/^\/apis?\//, ''), answerAs121(asked), missing)
  const object = OBJECTS[asked.path.replace('/v1beta1/cronjobs', '/v1/cronjobs')]
  return { body: { metadata: {}, items: object === undefined ? [] : [object as never] } }
}

function withoutTypes(groupVersion: string, reply: Reply, missing: readonly string[]): Reply {
  const { resources, ...list } = reply.body as { resources?: { name: string }[] }
  if (resources === undefined) return reply
  return { body: { ...list, resources: resources.filter(({ name }) => !missing.includes(`${groupVersion}/${name}`)) } }
}

let folder: string
beforeAll(() => {
  folder = temporaryFolder()
})

async function scan(server: FakeApi, ...args: readonly string[]): Promise<JsonReport> {
  const kubeconfig = join(folder, 'kubeconfig')
  const config = {
    'current-context': 'old',
    contexts: [{ name: 'old', context: { cluster: 'old', user: 'me' } }],
    clusters: [{ name: 'old', cluster: { server: server.url } }],
    users: [{ name: 'me', user: { token: 'abc' } }],
  }
  writeFileSync(kubeconfig, JSON.stringify(config))
  const { stdout, stderr, code } = await startKubescape(['scan', ...args, '--kubeconfig', kubeconfig, '-f', 'json'])
    .ended
  await server.close()
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout) as JsonReport
}

const lists = (server: FakeApi): string[] =>
  server.asked.map(({ path }) => path).filter((path) => path.split('/').length > 4)

test('reads each kind once, in the version that is served, and everything that is served', async () => {
  const server = await startApi((asked) => answer(asked))
  const report = await scan(server, 'framework', 'allcontrols')
  expect(report.scanCoverage.failedGVRPulls).toEqual([])
  expect(report.summaryDetails.controls['C-0057']?.resourceIDs).toMatchObject({
    'batch/v1/shop/CronJob/nightly': 'failed',
  })
  const asked = lists(server)
  expect(asked).toContain('/apis/policy/v1beta1/podsecuritypolicies')
  expect(asked.filter((path) => path.endsWith('/ingresses'))).toEqual(['/apis/networking.k8s.io/v1/ingresses'])
  expect(new Set(asked.filter((path) => !path.endsWith('/nodes'))).size).toBe(
    asked.filter((path) => !path.endsWith('/nodes')).length,
  )
})

test('judges CronJobs of a server that has them as v1beta1 only', async () => {
  const server = await startApi((asked) => answer(asked, ['batch/v1/cronjobs']))
  const report = await scan(server, 'control', 'C-0057')
  expect(lists(server)).toContain('/apis/batch/v1beta1/cronjobs')
  expect(report.summaryDetails.controls['C-0057']?.resourceIDs).toEqual({
    'batch/v1beta1/shop/CronJob/nightly': 'failed',
  })
})

test('judges in the versions of that time what has a later one', async () => {
  const server = await startApi((asked) => answer(asked))
  const report = await scan(server, 'control', 'C-0212')
  expect(report.scanCoverage.failedGVRPulls).toEqual([])
  expect(report.summaryDetails.controls['C-0212']?.resourceIDs).toMatchObject({
    'autoscaling/v1/default/HorizontalPodAutoscaler/grow': 'failed',
  })
})

test('does not judge what the server has in another version only', async () => {
  // A control that fails by what was read stays failed, so that goes too.
  const autoscalers = ['v1', 'v2beta1', 'v2beta2'].map((version) => `autoscaling/${version}/horizontalpodautoscalers`)
  const server = await startApi((asked) => answer(asked, ['policy/v1/poddisruptionbudgets', ...autoscalers]))
  const { scanCoverage, summaryDetails } = await scan(server, 'control', 'C-0057,C-0212')
  expect(scanCoverage.failedGVRPulls.map(({ gvr }) => gvr)).toEqual(['policy/v1/poddisruptionbudgets'])
  expect(scanCoverage.notEvaluatedControls.map(({ controlID }) => controlID)).toEqual(['C-0212'])
  expect(summaryDetails.controls['C-0212']).toBeUndefined()
})
