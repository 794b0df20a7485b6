/**
 * What a Kubernetes 1.21 serves: answers of a kube-apiserver 1.21.14 as they came, by their paths, and beside them those of a
 * metrics server, which is no part of it. `e2e/cluster/old-server/record.ts` makes the record.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asList, asMap, asText, asTexts, field, type Value } from '@kubescape/resources'

import type { Asked, Reply } from './fake-api.ts'
import { statusReply } from './fake-api.ts'

const RECORD = JSON.parse(readFileSync(join(import.meta.dirname, 'kubernetes-1.21.json'), 'utf8')) as Record<
  string,
  Value
>

const METRICS = { groupVersion: 'metrics.k8s.io/v1beta1', version: 'v1beta1' }
const READ = ['get', 'list']

/** Answers by path. */
const ANSWERS = new Map<string, Value>([
  ...Object.entries(RECORD),
  [
    '/apis',
    {
      ...asMap(RECORD['/apis'] ?? null),
      groups: [
        ...asList(field(RECORD, '/apis', 'groups')),
        { name: 'metrics.k8s.io', versions: [METRICS], preferredVersion: METRICS },
      ],
    },
  ],
  [
    '/apis/metrics.k8s.io/v1beta1',
    {
      kind: 'APIResourceList',
      apiVersion: 'v1',
      groupVersion: METRICS.groupVersion,
      resources: [
        { name: 'nodes', singularName: '', namespaced: false, kind: 'NodeMetrics', verbs: READ },
        { name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs: READ },
      ],
    },
  ],
])

/** Answers as a 1.21 does, to whom asks for its version too; groups that are named `down` have no server behind them. */
export function answerAs121({ path }: Pick<Asked, 'path'>, down: readonly string[] = []): Reply {
  const answer = ANSWERS.get(path)
  if (answer === undefined) return statusReply(404, 'NotFound', 'the server could not find the requested resource')
  const [, , group = '', version] = path.split('/')
  if (version !== undefined && down.includes(group)) return { status: 503, body: 'service unavailable\n' }
  return { body: answer }
}

/** The same in one document for each root, as later servers answer; groups that are named `stale` have no server behind them. */
export function answerAggregated({ path }: Asked, stale: readonly string[] = []): Reply {
  const groups = path === '/api' ? [coreGroup()] : asList(field(answerOf('/apis'), 'groups'))
  const items = groups.map((group) => {
    const name = asText(field(group, 'name')) ?? ''
    const versions = asList(field(group, 'versions')).map((entry) => {
      const version = asText(field(entry, 'version')) ?? ''
      const listed = asList(field(answerOf(name === '' ? `/api/${version}` : `/apis/${name}/${version}`), 'resources'))
      const resources = listed
        .filter((item) => !isPart(item))
        .map((item) => aggregated(item, { group: name, version }, listed.filter(isPart)))
      return { version, freshness: stale.includes(name) ? 'Stale' : 'Current', resources }
    })
    return { metadata: { name }, versions }
  })
  return { body: { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items } }
}

function answerOf(path: string): Value {
  return ANSWERS.get(path) ?? null
}

function coreGroup(): Value {
  return { name: '', versions: asTexts(field(answerOf('/api'), 'versions')).map((version) => ({ version })) }
}

/** True of a part of objects of a type, such as `pods/log`. */
function isPart(item: Value): boolean {
  return asText(field(item, 'name'))?.includes('/') === true
}

/** A type with the parts of its objects. */
function aggregated(item: Value, home: { group: string; version: string }, parts: readonly Value[]): Value {
  const name = asText(field(item, 'name')) ?? ''
  const own = parts.filter((part) => asText(field(part, 'name'))?.startsWith(`${name}/`) === true)
  return {
    resource: name,
    responseKind: { ...home, kind: field(item, 'kind') ?? '' },
    scope: field(item, 'namespaced') === true ? 'Namespaced' : 'Cluster',
    verbs: asTexts(field(item, 'verbs')),
    subresources: own.map((part) => ({
      subresource: (asText(field(part, 'name')) ?? '').slice(name.length + 1),
      responseKind: { ...home, kind: field(part, 'kind') ?? '' },
      verbs: asTexts(field(part, 'verbs')),
    })),
  }
}
