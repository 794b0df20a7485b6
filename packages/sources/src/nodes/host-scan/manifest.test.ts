import { describe, expect, test } from 'vitest'

import { asList, asMap, field, type Value, type ValueMap } from '@kubescape/resources'

import { companionManifests, jobManifest, namespaceManifest } from './manifest.ts'
import { leftoverOf, ownNamespace, type HostScanRun } from './run.ts'

const RUN: HostScanRun = {
  id: 'abc123',
  namespace: ownNamespace('abc123'),
  isOwnNamespace: true,
  image: 'registry.example/kubescape:v1',
  asksMetadataService: false,
  deadlineSeconds: 210,
  expires: '2026-01-02T03:04:05.000Z',
}
const JOB = { name: 'node-facts-abc123-0', node: 'node-1' }

const job = jobManifest(RUN, JOB, true)
const pod = field(job, 'spec', 'template', 'spec')
const [container] = asList(field(pod, 'containers'))
const companion = (kind: string): ValueMap | undefined =>
  companionManifests(RUN, JOB, { uid: 'u' }).find((object) => object['kind'] === kind)

describe('the Pod of a node', () => {
  test.each<readonly [string, Value | undefined, Value]>([
    ['takes no privilege', field(container, 'securityContext', 'privileged'), false],
    ['gains none', field(container, 'securityContext', 'allowPrivilegeEscalation'), false],
    ['has no capability', field(container, 'securityContext', 'capabilities'), { drop: ['ALL'] }],
    ['writes to no disk of its own', field(container, 'securityContext', 'readOnlyRootFilesystem'), true],
    ['makes ordinary system calls', field(pod, 'securityContext', 'seccompProfile'), { type: 'RuntimeDefault' }],
    ['is not in the network of the node', field(pod, 'hostNetwork'), false],
    ['sees no process of the node but by files', field(pod, 'hostPID'), false],
    ['shares no memory with the node', field(pod, 'hostIPC'), false],
    ['gets no token by default', field(pod, 'automountServiceAccountToken'), false],
    ['learns of no services', field(pod, 'enableServiceLinks'), false],
    ['goes to every node', field(pod, 'tolerations'), [{ operator: 'Exists' }]],
    ['does not try again', field(pod, 'restartPolicy'), 'Never'],
  ])('%s', (_what, value, expected) => {
    expect(value).toEqual(expected)
  })

  test('reads the root of the node, and mounts nothing else of it', () => {
    const [host, ...others] = asList(field(pod, 'volumes'))
    expect(host).toEqual({ name: 'host', hostPath: { path: '/', type: 'Directory' } })
    expect(others.flatMap((volume) => Object.keys(asMap(volume) ?? {}))).toEqual(['name', 'projected'])
    for (const mount of asList(field(container, 'volumeMounts'))) expect(mount).toMatchObject({ readOnly: true })
  })

  test('has a token that is over soon', () => {
    const [, token] = asList(field(pod, 'volumes'))
    expect(asList(field(token, 'projected', 'sources'))[0]).toEqual({
      serviceAccountToken: { path: 'token', expirationSeconds: 600 },
    })
  })

  test('has bounds for all that it could use up', () => {
    const { requests, limits } = asMap(field(container, 'resources')) as Record<string, ValueMap>
    expect(Object.keys(requests ?? {})).toEqual(['cpu', 'memory', 'ephemeral-storage'])
    expect(Object.keys(limits ?? {})).toEqual(['cpu', 'memory', 'ephemeral-storage'])
  })

  test('collects into the Secret of its node', () => {
    expect(asList(field(container, 'command')).slice(-2)).toEqual([
      '--publish',
      'kubescape-host-scan-abc123/node-facts-abc123-0',
    ])
  })

  test('asks the metadata service of the cloud only where it is told to', () => {
    const asking = jobManifest({ ...RUN, asksMetadataService: true }, JOB, true)
    const [first] = asList(field(asking, 'spec', 'template', 'spec', 'containers'))
    expect(asList(field(container, 'command'))).not.toContain('--metadata-service')
    expect(asList(field(first, 'command')).at(-1)).toBe('--metadata-service')
  })
})

describe('the Job of a node', () => {
  test('waits, is given up, and is removed by itself', () => {
    expect(job['spec']).toMatchObject({
      suspend: true,
      backoffLimit: 0,
      activeDeadlineSeconds: 210,
      ttlSecondsAfterFinished: 300,
    })
    expect(field(jobManifest(RUN, JOB, false), 'spec', 'suspend')).toBeUndefined()
  })

  test('owns all that its Pod needs', () => {
    const owner = [{ apiVersion: 'batch/v1', kind: 'Job', name: JOB.name, uid: 'u' }]
    const companions = companionManifests(RUN, JOB, { uid: 'u' })
    expect(companions.map((object) => field(object, 'metadata', 'ownerReferences'))).toEqual(
      companions.map(() => owner),
    )
  })
})

describe('the rights of a node', () => {
  test('are to fill one Secret, by its name', () => {
    expect(companion('Role')?.['rules']).toEqual([
      { apiGroups: [''], resources: ['secrets'], resourceNames: [JOB.name], verbs: ['patch'] },
    ])
    expect(companion('RoleBinding')).toMatchObject({
      roleRef: { kind: 'Role', name: JOB.name },
      subjects: [{ kind: 'ServiceAccount', name: JOB.name, namespace: RUN.namespace }],
    })
    expect(companion('ServiceAccount')?.['automountServiceAccountToken']).toBe(false)
  })
})

describe('what a run has left', () => {
  const now = Date.parse('2026-01-02T03:04:06Z')
  const seen = (object: ValueMap, more: ValueMap = {}): ValueMap => ({
    ...object,
    metadata: { ...asMap(object['metadata']), uid: 'u', ...more },
  })

  test('is known by label, name and time', () => {
    const until = RUN.expires ?? ''
    const namespace = seen(namespaceManifest(RUN))
    expect(leftoverOf(namespace, 'Namespace', now)).toEqual({ name: RUN.namespace, uid: 'u', isExpired: true, until })
    expect(leftoverOf(namespace, 'Namespace', now - 5000)).toMatchObject({ isExpired: false })
    expect(leftoverOf(seen(job), 'Job', now)).toMatchObject({ name: JOB.name, isExpired: true })
  })

  test.each<readonly [string, ValueMap]>([
    ['another name', { name: 'kube-system' }],
    ['the name of another run', { name: ownNamespace('other') }],
    ['no time', { annotations: {} }],
    ['a time that is none', { annotations: { 'kubescape.io/host-scan-expires': 'soon' } }],
    ['a label that no run has', { labels: { 'kubescape.io/host-scan': '' }, name: ownNamespace('') }],
    ['no label', { labels: {} }],
  ])('is not what has %s', (_what, more) => {
    expect(leftoverOf(seen(namespaceManifest(RUN), more), 'Namespace', now)).toBeUndefined()
    expect(leftoverOf(seen(namespaceManifest(RUN)), 'Job', now)).toBeUndefined()
  })
})
