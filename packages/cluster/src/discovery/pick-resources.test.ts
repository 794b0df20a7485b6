/** Which types are listed for what is wanted. */
import { beforeAll, describe, expect, test } from 'vitest'

import { matching, type Match } from '@kubescape/resources'

import { startApi } from '../../testing/fake-api.ts'
import { answerAs121 } from '../../testing/kubernetes-1.21.ts'
import { targetOf } from '../../testing/targets.ts'
import { connect } from '../connect.ts'
import type { ApiResource, Discovery } from './api-resource.ts'
import { discover } from './discover.ts'
import { pickResources } from './pick-resources.ts'
import { compareVersions } from './version-order.ts'

let of121: Discovery = { resources: [], failures: [] }

beforeAll(async () => {
  const api = await startApi((asked) => answerAs121(asked))
  const client = connect(targetOf(api.url), { env: {} })
  of121 = await discover(client)
  client.close()
  await api.close()
})

const path = ({ group, version, plural }: ApiResource): string => `${group}/${version}/${plural}`

const listed = (...wanted: Match[]): string[] => pickResources(of121, wanted).listed.map(path)

const type = (group: string, version: string, kind: string, more: Partial<ApiResource> = {}): ApiResource => ({
  group,
  version,
  kind,
  plural: `${kind.toLowerCase()}s`,
  namespaced: true,
  verbs: ['list'],
  isPreferred: false,
  ...more,
})

describe('of what is wanted', () => {
  test('each kind is listed once, in the version that the server prefers', () => {
    expect(listed(matching('batch/*', 'CronJob', 'Job'), matching('batch/v1', 'cronjob'))).toEqual([
      'batch/v1/cronjobs',
      'batch/v1/jobs',
    ])
  })

  test('a version that all can judge is listed, where some can judge no other', () => {
    const any = matching('batch/*', 'CronJob')
    expect(listed(any, matching('batch/v1beta1', 'CronJob'))).toEqual(['batch/v1beta1/cronjobs'])
    expect(listed(any, matching('batch/v1beta1', 'CronJob'), matching('batch/v1', 'CronJob'))).toEqual([
      'batch/v1/cronjobs',
    ])
  })

  test('the newest wanted version is listed where the preferred one is not wanted', () => {
    const v2 = ['v2', 'v2beta2', 'v2beta1'].map((version) =>
      matching(`autoscaling/${version}`, 'HorizontalPodAutoscaler'),
    )
    expect(listed(...v2)).toEqual(['autoscaling/v2beta2/horizontalpodautoscalers'])
  })

  test('kinds are found in whatever case', () => {
    expect(listed(matching('v1', 'SERVICEACCOUNT'))).toEqual(['/v1/serviceaccounts'])
  })

  test('any group means all that have the kind', () => {
    expect(listed(matching('*', 'Deployment', 'Pod'))).toEqual(['/v1/pods', 'apps/v1/deployments'])
  })

  test.each([
    ['Ingress', 'networking.k8s.io/v1/ingresses'],
    ['Event', 'events.k8s.io/v1/events'],
  ])('objects that two groups serve are listed once: %s', (kind, expected) => {
    expect(listed(matching('*', kind))).toEqual([expected])
  })

  test('the old group is listed where only that is wanted', () => {
    expect(listed(matching('extensions/*', 'Ingress'))).toEqual(['extensions/v1beta1/ingresses'])
    expect(listed(matching('v1', 'Event'))).toEqual(['/v1/events'])
  })

  test('objects of a name that two groups have for different things are listed twice', () => {
    const resources = [type('', 'v1', 'Service'), type('serving.knative.dev', 'v1', 'Service')]
    const picked = pickResources({ resources, failures: [] }, [matching('*', 'Service')])
    expect(picked.listed).toHaveLength(2)
  })

  test('what the server does not have is absent, and nothing worse', () => {
    const wanted = [
      matching('argoproj.io/v1alpha1', 'Rollout'),
      matching('v1', 'Pod', 'Unheard'),
      matching('*', 'Gateway'),
    ]
    const { absent, unreadable } = pickResources(of121, wanted)
    expect(absent).toEqual([
      { groups: ['argoproj.io'], versions: ['v1alpha1'], kinds: ['Rollout'] },
      { groups: [''], versions: ['v1'], kinds: ['Unheard'] },
      { groups: ['*'], versions: ['*'], kinds: ['Gateway'] },
    ])
    expect(unreadable).toEqual([])
  })

  test('what cannot be listed is unreadable', () => {
    const { listed: none, unreadable } = pickResources(of121, [
      matching('authorization.k8s.io/v1', 'SubjectAccessReview'),
    ])
    expect(none).toEqual([])
    expect(unreadable).toEqual([
      {
        group: 'authorization.k8s.io',
        version: 'v1',
        kind: 'SubjectAccessReview',
        resource: 'subjectaccessreviews',
        error: 'the server does not list objects of this type',
      },
    ])
  })

  test('what is served in other versions only is unreadable', () => {
    const { unreadable, absent } = pickResources(of121, [matching('policy/v2', 'poddisruptionbudget')])
    expect(absent).toEqual([])
    const error = 'it is served as v1, v1beta1 only, which is not what is judged'
    // Named as it is wanted: who wants it is known by that.
    expect(unreadable).toMatchObject([{ kind: 'PodDisruptionBudget', version: 'v2', error }])
  })

  test('any kind is all that can be listed, each once, without measurements and events', () => {
    const everything = listed(matching('*', '*'))
    expect(everything).toEqual(
      expect.arrayContaining(['/v1/pods', '/v1/secrets', 'apps/v1/deployments', 'policy/v1beta1/podsecuritypolicies']),
    )
    expect(everything.filter((name) => /ingresses|cronjobs/.test(name))).toEqual([
      'batch/v1/cronjobs',
      'networking.k8s.io/v1/ingresses',
    ])
    expect(everything.filter((name) => /metrics|events|componentstatuses|reviews|bindings?$/.test(name))).toEqual([
      'rbac.authorization.k8s.io/v1/clusterrolebindings',
      'rbac.authorization.k8s.io/v1/rolebindings',
    ])
  })

  test('any kind of a group is all of that group', () => {
    expect(listed(matching('batch/*', '*'))).toEqual(['batch/v1/cronjobs', 'batch/v1/jobs'])
    expect(listed(matching('batch/v1beta1', '*', 'CronJob'))).toEqual(['batch/v1beta1/cronjobs'])
  })
})

describe('where a group could not be asked', () => {
  const failures = [
    { groupVersion: 'shop.test/v1', error: 'down' },
    { groupVersion: 'metrics.k8s.io/v1beta1', error: 'down' },
  ]
  const discovery: Discovery = { resources: [type('', 'v1', 'Pod'), type('shop.test', 'v1beta1', 'Order')], failures }
  const pick = (...wanted: Match[]): ReturnType<typeof pickResources> => pickResources(discovery, wanted)

  test('its kinds are unreadable', () => {
    expect(pick(matching('shop.test/*', 'Basket')).unreadable).toEqual([
      {
        group: 'shop.test',
        version: '',
        kind: 'Basket',
        resource: 'Basket',
        error: 'the types of shop.test/v1 are not known: down',
      },
    ])
  })

  test('any kind may be among them', () => {
    const { listed: found, unreadable } = pick(matching('*', '*'))
    expect(found.map(path)).toEqual(['/v1/pods', 'shop.test/v1beta1/orders'])
    expect(unreadable).toMatchObject([{ group: 'shop.test', kind: '*', resource: '*' }])
  })

  test('a version that could be asked is listed', () => {
    const { listed: found, unreadable } = pick(matching('shop.test/*', 'Order'))
    expect({ found: found.map(path), unreadable }).toEqual({ found: ['shop.test/v1beta1/orders'], unreadable: [] })
  })

  test('kinds that are wanted of any group may be there', () => {
    expect(pick(matching('*', 'Basket')).unreadable).toMatchObject([{ group: '*', kind: 'Basket' }])
    expect(pick(matching('*', 'Pod')).unreadable).toEqual([])
  })

  test('kinds of other groups and versions are absent', () => {
    const { absent, unreadable } = pick(matching('other.test/v1', 'Basket'), matching('shop.test/v2', 'Basket'))
    expect(absent).toHaveLength(2)
    expect(unreadable).toEqual([])
  })

  test('that serves measurements, no kind of any group is missed', () => {
    const { absent } = pickResources({ resources: [], failures: failures.slice(1) }, [matching('*', 'Basket')])
    expect(absent).toHaveLength(1)
  })
})

test('stable versions are newer than betas, and these than alphas', () => {
  const sorted = ['v10', 'v2', 'v1', 'v11beta2', 'v10beta3', 'v3beta1', 'v12alpha1', 'v11alpha2', 'foo1', 'foo10']
  expect(sorted.toReversed().toSorted(compareVersions)).toEqual(sorted)
})
