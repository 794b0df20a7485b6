/** The workload view: where every kind keeps its pods. */
import { describe, expect, test } from 'vitest'

import { identityOf } from './identity.ts'
import { matches } from './match.ts'
import type { Value, ValueMap } from './index.ts'
import type { Resource } from './resource.ts'
import { hasUnknownPodTemplate, workloadOf, WORKLOADS, WORKLOADS_AND_CONTROLLERS, type Workload } from './workload.ts'

function resourceOf(object: ValueMap): Resource {
  return { identity: identityOf(object)!, object }
}

function viewOf(object: ValueMap): Workload {
  return workloadOf(resourceOf(object))!
}

/** The object with `template` at the end of the path. */
function nest(path: readonly string[], template: ValueMap): ValueMap {
  return path.reduceRight<ValueMap>((below, key) => ({ [key]: below }), template)
}

const KINDS: [kind: string, apiVersion: string, template: readonly string[], podPath: string][] = [
  ['Pod', 'v1', [], 'spec'],
  ['ReplicationController', 'v1', ['spec', 'template'], 'spec.template.spec'],
  ['Deployment', 'apps/v1', ['spec', 'template'], 'spec.template.spec'],
  ['ReplicaSet', 'apps/v1', ['spec', 'template'], 'spec.template.spec'],
  ['DaemonSet', 'apps/v1', ['spec', 'template'], 'spec.template.spec'],
  ['StatefulSet', 'apps/v1', ['spec', 'template'], 'spec.template.spec'],
  ['Job', 'batch/v1', ['spec', 'template'], 'spec.template.spec'],
  ['CronJob', 'batch/v1', ['spec', 'jobTemplate', 'spec', 'template'], 'spec.jobTemplate.spec.template.spec'],
]

describe.each(KINDS)('the view of a %s', (kind, apiVersion, path, podPath) => {
  const template = {
    metadata: { labels: { app: 'web' } },
    spec: {
      hostPID: true,
      containers: [{ name: 'main', image: 'a:1' }],
      initContainers: [{ name: 'first' }, { name: 'second' }],
      ephemeralContainers: [{ name: 'debug' }],
    },
  }
  const view = viewOf({ apiVersion, kind, ...nest(path, template) })

  test('gives every container its exact path, regular ones first', () => {
    expect(view.containers.map((container) => [container.name, container.list, container.path])).toEqual([
      ['main', 'containers', `${podPath}.containers[0]`],
      ['first', 'initContainers', `${podPath}.initContainers[0]`],
      ['second', 'initContainers', `${podPath}.initContainers[1]`],
      ['debug', 'ephemeralContainers', `${podPath}.ephemeralContainers[0]`],
    ])
    expect(view.containers[0]?.at('image')).toBe(`${podPath}.containers[0].image`)
    expect(view.containers[0]?.image).toBe('a:1')
  })

  test('gives the containers of the lists that are asked for', () => {
    const named = (...lists: Parameters<typeof view.containersIn>[0]): string[] =>
      view.containersIn(lists).map((container) => container.name)
    expect(named('containers')).toEqual(['main'])
    expect(named('ephemeralContainers', 'initContainers')).toEqual(['first', 'second', 'debug'])
    expect(named('containers', 'initContainers', 'ephemeralContainers')).toHaveLength(4)
  })

  test('gives the pod spec and the labels of the pods with their paths', () => {
    expect(view.get('hostPID')).toBe(true)
    expect(view.at('hostPID')).toBe(`${podPath}.hostPID`)
    expect(view.podLabels).toEqual({ app: 'web' })
    expect(view.podLabelsPath).toBe(podPath.replace(/spec$/, 'metadata.labels'))
  })
})

test('labels of the object itself are kept apart from labels of its pods', () => {
  const view = viewOf({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', labels: { own: 'yes' } },
    spec: { template: { metadata: { labels: { pods: 'yes' } } } },
  })
  expect(view.ownLabels).toEqual({ own: 'yes' })
  expect(view.podLabels).toEqual({ pods: 'yes' })
  expect(view.namespace).toBe('default')
})

describe('a workload of an odd shape', () => {
  const containers = (value: Value): readonly [number, string][] =>
    viewOf({ apiVersion: 'v1', kind: 'Pod', spec: { containers: value } }).containers.map(({ index, name }) => [
      index,
      name,
    ])

  test.each([null, 'nginx', 3, {}, []])('has no containers when the list is %j', (value) => {
    expect(containers(value)).toEqual([])
  })

  test('leaves out containers that are no maps and keeps the place of the others', () => {
    expect(containers([null, { name: 'a' }, 'nginx', [], { name: 7 }, {}])).toEqual([
      [1, 'a'],
      [4, '7'],
      [5, ''],
    ])
  })

  test.each([
    ['spec', { spec: null }],
    ['spec', { spec: 'text' }],
    ['spec', { spec: [] }],
    ['template', { spec: { template: null } }],
    ['template', { spec: { template: [{}] } }],
    ['pod spec', { spec: { template: { spec: 'text' } } }],
    ['labels', { spec: { template: { metadata: { labels: ['a'] } } } }],
  ])('has an empty view when its %s is of another type', (_what, rest) => {
    const view = viewOf({ apiVersion: 'apps/v1', kind: 'Deployment', ...rest })
    expect(view.containers).toEqual([])
    expect(view.podLabels).toEqual({})
    expect(view.get('hostPID')).toBeUndefined()
  })
})

test('a resource has one view', () => {
  const resource = resourceOf({ apiVersion: 'v1', kind: 'Pod' })
  expect(workloadOf(resource)).toBe(workloadOf(resource))
})

test.each(['Service', 'Rollout', 'constructor', 'PodTemplate'])('a %s has no workload view', (kind) => {
  expect(workloadOf(resourceOf({ apiVersion: 'v1', kind, spec: { template: {} } }))).toBeUndefined()
})

describe('the workload kinds', () => {
  const among = (apiVersion: string, kind: string): boolean[] =>
    [WORKLOADS, WORKLOADS_AND_CONTROLLERS].map((kinds) =>
      matches(kinds, resourceOf({ apiVersion, kind, metadata: {} }).identity),
    )

  test.each([
    ['v1', 'Pod'],
    ['apps/v1', 'Deployment'],
    ['apps/v1beta2', 'StatefulSet'],
    ['extensions/v1beta1', 'Deployment'],
    ['extensions/v1beta1', 'DaemonSet'],
    ['batch/v1', 'Job'],
    ['batch/v1beta1', 'CronJob'],
    ['batch/v2alpha1', 'CronJob'],
  ])('include %s %s', (apiVersion, kind) => {
    expect(among(apiVersion, kind)).toEqual([true, true])
  })

  test('include ReplicationController only where it is asked for', () => {
    expect(among('v1', 'ReplicationController')).toEqual([false, true])
  })

  test.each([
    ['apps/v1', 'Pod'],
    ['v1', 'Deployment'],
    ['example.com/v1', 'Deployment'],
    ['batch/v1', 'Workflow'],
  ])('do not include %s %s', (apiVersion, kind) => {
    expect(among(apiVersion, kind)).toEqual([false, false])
  })
})

describe('a pod template of a kind that is not known', () => {
  const hasTemplate = (kind: string, rest: ValueMap): boolean =>
    hasUnknownPodTemplate(resourceOf({ apiVersion: 'example.com/v1', kind, ...rest }))
  const pods = { spec: { containers: [] } }

  test.each([
    ['spec.template', { spec: { template: pods } }],
    ['spec.podTemplate', { spec: { podTemplate: pods } }],
    ['spec.jobTemplate', { spec: { jobTemplate: { spec: { template: pods } } } }],
    ['template', { template: pods }],
  ])('is found at %s', (_where, object) => {
    expect(hasTemplate('Rollout', object)).toBe(true)
  })

  test('of a SandboxTemplate is seen by its own controls, and unknown to the others', () => {
    const sandbox = { spec: { podTemplate: { spec: { containers: [{ name: 'a' }] } } } }
    expect(hasTemplate('SandboxTemplate', sandbox)).toBe(true)
    const view = viewOf({ apiVersion: 'example.com/v1', kind: 'SandboxTemplate', ...sandbox })
    expect(view.containers.map(({ path }) => path)).toEqual(['spec.podTemplate.spec.containers[0]'])
  })

  test('is none where containers are no list, or where the kind is known', () => {
    expect(hasTemplate('Rollout', { spec: { template: { spec: { containers: 'all' } } } })).toBe(false)
    expect(hasTemplate('Rollout', { spec: { containers: [] } })).toBe(false)
    expect(hasTemplate('Deployment', { spec: { template: pods } })).toBe(false)
  })
})
