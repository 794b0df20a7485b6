/** Lists of a real server whose tokens expire between two pages. */
import { connect, discover, listObjects, loadClusters, type ApiResource, type KubeClient } from '@kubescape/cluster'
import { asMap, asText } from '@kubescape/resources'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCluster, type Cluster } from './testbed/cluster.ts'

const NAMES = Array.from({ length: 12 }, (_, at) => `item-${String(at).padStart(2, '0')}`)

let cluster: Cluster
let client: KubeClient
let configMaps: ApiResource

beforeAll(async () => {
  cluster = await startCluster()
  const [target] = await loadClusters({ kubeconfig: cluster.kubeconfig })
  if (target === undefined) throw new Error('the testbed has no context')
  client = connect(target)
  const { resources } = await discover(client)
  const found = resources.find(({ group, kind }) => group === '' && kind === 'ConfigMap')
  if (found === undefined) throw new Error('the server has no ConfigMaps')
  configMaps = found
  const manifests = NAMES.map(
    (name) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: default}\n`,
  )
  await cluster.apply(manifests.join('---\n'))
})
afterAll(async () => {
  client.close()
  await cluster.stop()
})

const byName = { namespace: 'default', fieldSelector: 'metadata.name!=kube-root-ca.crt', limit: 5 }

test('a list whose token expired goes on, and gives every object once', async () => {
  const list = listObjects(client, configMaps, byName)
  const names: string[] = []
  let outcome
  for (let step = await list.next(); ; step = await list.next()) {
    if (step.done === true) {
      outcome = step.value
      break
    }
    names.push(asText(asMap(step.value['metadata'])?.['name']) ?? '')
    if (names.length !== 2) continue
    // What follows happens while the first page is being read.
    await cluster.compact()
    await cluster.stopApiServer('SIGKILL')
    await cluster.startApiServer()
  }
  expect(names).toEqual(NAMES)
  expect(outcome).toMatchObject({ count: NAMES.length, isInconsistent: true })
})

test('a list that nothing disturbs is of one moment', async () => {
  const list = listObjects(client, configMaps, byName)
  let step = await list.next()
  while (step.done !== true) step = await list.next()
  expect(step.value).toEqual({ count: NAMES.length, pages: 3, isInconsistent: false })
})
