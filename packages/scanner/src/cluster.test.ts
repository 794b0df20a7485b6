/** Scans of clusters: what could not be read, and what a workload made. */
import { describe, expect, test } from 'vitest'

import { LIBRARY } from '@kubescape/controls'
import type { ValueMap } from '@kubescape/resources'
import type { Report } from '@kubescape/results'

import { named, object, of, resultOf, scanWith, sourceOf } from '../testing/scans.ts'
import { makeInputs } from './inputs.ts'
import { Plan } from './plan.ts'
import { selectControls, type Selection } from './selection.ts'
import type { ResourceSource } from './source.ts'

describe('types of a cluster that could not be read', () => {
  const secrets = { group: '', version: 'v1', kind: 'Secret', resource: 'secrets', error: 'forbidden' }
  const policies = {
    group: 'networking.k8s.io',
    version: 'v1',
    kind: 'NetworkPolicy',
    resource: 'networkpolicies',
    error: 'forbidden',
  }
  const scanUnread = (
    selection: Selection,
    objects: readonly ValueMap[],
    ...unreadTypes: NonNullable<ReturnType<ResourceSource['coverage']>['unreadTypes']>
  ): Promise<Report> => {
    const source = sourceOf(objects)
    return scanWith(selection, [], {
      target: 'cluster',
      source: { ...source, coverage: () => ({ ...source.coverage(), unreadTypes }) },
    })
  }
  const pod = object('Pod', 'web', { spec: { containers: [{ name: 'a', image: 'nginx' }] } })

  test('take the controls that need them out of scores, and coverage says why', async () => {
    const report = await scanUnread(of('C-0030', 'C-0073'), [pod], policies)
    expect(report.controls.map(({ control }) => control.id)).toEqual(['C-0073'])
    expect(report.coverage).toMatchObject({
      degraded: true,
      evaluatedControls: 1,
      totalControls: 2,
      notEvaluated: [
        {
          controlID: 'C-0030',
          reason: 'needs networkpolicies, which could not be read',
          missing: ['networking.k8s.io/v1/networkpolicies'],
        },
      ],
      unreadTypes: [policies],
    })
  })

  test('leave failures of what was read, and pass nothing', async () => {
    const privileged = object('Pod', 'bad', {
      spec: { containers: [{ name: 'a', securityContext: { privileged: true } }] },
    })
    const jobs = { group: 'batch', version: 'v1', kind: 'CronJob', resource: 'cronjobs', error: 'forbidden' }
    const withFailure = await scanUnread(of('C-0057'), [pod, privileged], jobs)
    expect(resultOf(withFailure, 'C-0057')).toMatchObject({ status: 'failed', counters: { passed: 1, failed: 1 } })
    const without = await scanUnread(of('C-0057'), [pod], jobs)
    expect(without.controls).toEqual([])
    expect(without.coverage.notEvaluated).toMatchObject([{ controlID: 'C-0057' }])
  })

  test('count in whatever version where the server could not tell its versions', async () => {
    const ingresses = { group: 'networking.k8s.io', version: '', kind: 'Ingress', resource: 'Ingress', error: 'down' }
    const report = await scanUnread(of('C-0256', 'C-0073'), [pod], ingresses)
    expect(report.coverage.notEvaluated).toMatchObject([{ controlID: 'C-0256' }])
    expect(report.controls.map(({ control }) => control.id)).toEqual(['C-0073'])
  })

  test('concern nobody who does not need them', async () => {
    const report = await scanUnread(of('C-0057'), [pod], secrets)
    expect(resultOf(report, 'C-0057')).toMatchObject({ status: 'passed' })
    expect(report.coverage).toMatchObject({ degraded: true, notEvaluated: [], evaluatedControls: 1 })
  })

  test('of which a part was read make a join no more trustworthy', async () => {
    const partOf = 'metadata.namespace=shop'
    const report = await scanUnread(of('C-0030', 'C-0073'), [pod], { ...policies, partOf })
    expect(report.coverage.notEvaluated).toMatchObject([{ controlID: 'C-0030' }])
    expect(report.coverage.coverageScore).toBe(48)
  })

  test('in other namespaces cost only the joins that reach there', async () => {
    const bindings = {
      group: 'rbac.authorization.k8s.io',
      version: 'v1',
      kind: 'RoleBinding',
      resource: 'rolebindings',
      error: 'forbidden',
      partOf: 'metadata.namespace=shop',
      elsewhere: true,
    } as const
    const account = object('ServiceAccount', 'default')
    // A subject is judged beside its binding; a workload by bindings of every namespace.
    const report = await scanUnread(of('C-0035', 'C-0261', 'C-0034'), [pod, account], bindings)
    expect(report.coverage.notEvaluated.map(({ controlID }) => controlID)).toEqual(['C-0261'])
    expect(resultOf(report, 'C-0034')).toMatchObject({ status: 'failed', counters: { failed: 1 } })
    const { elsewhere: _, ...partial } = bindings
    const lost = await scanUnread(of('C-0035', 'C-0261'), [pod, account], partial)
    expect(lost.coverage.notEvaluated.map(({ controlID }) => controlID)).toEqual(['C-0035', 'C-0261'])
  })
})

describe('of namespaces that nobody asked for', () => {
  const rbac = 'rbac.authorization.k8s.io/v1'
  const admin = {
    ...object('ClusterRole', 'admin', { rules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }] }, rbac),
    metadata: { name: 'admin' },
  }
  const bindingIn = (namespace: string): ValueMap => ({
    apiVersion: rbac,
    kind: 'RoleBinding',
    metadata: { name: 'admins', namespace },
    roleRef: { kind: 'ClusterRole', name: 'admin' },
    subjects: [{ kind: 'ServiceAccount', name: 'robot', namespace: 'shop' }],
  })
  const workload = object('Pod', 'web', {
    spec: { serviceAccountName: 'robot', containers: [{ name: 'a', image: 'a' }] },
  })
  const objects = [admin, bindingIn('shop'), bindingIn('bank'), object('ServiceAccount', 'robot'), workload]
  const filter = { includeNamespaces: ['shop'] }

  test('no subject is judged, though the role is of none', async () => {
    const report = await scanWith(of('C-0035'), objects, { target: 'cluster', filter })
    const failed = [...report.byControl(resultOf(report, 'C-0035')!)].map(({ ref }) => report.subjects[ref]?.id)
    expect(failed).toHaveLength(1)
    expect(failed[0]).toContain('/shop/RoleBinding/admins/')
  })

  test('bindings count for the workloads that are judged', async () => {
    const elsewhere = objects.filter((each) => each !== objects[1])
    const report = await scanWith(of('C-0272'), elsewhere, { target: 'cluster', filter })
    expect(resultOf(report, 'C-0272')).toMatchObject({ status: 'failed', counters: { failed: 1 } })
  })
})

describe('nodes without facts', () => {
  const info = object(
    'KubeletInfo',
    'node-1',
    { data: { cmdLine: 'kubelet --anonymous-auth=true' } },
    'hostdata.kubescape.cloud/v1beta0',
  )
  const scanNodes = (...reasons: (string | undefined)[]): Promise<Report> => {
    const source = sourceOf([info])
    const nodes = reasons.map((reason, at) => ({
      name: `node-${at + 1}`,
      facts: reason === undefined ? 1 : 0,
      unread: [],
      ...(reason === undefined ? {} : { reason }),
    }))
    return scanWith(of('C-0172'), [], {
      target: 'cluster',
      source: { ...source, coverage: () => ({ ...source.coverage(), nodes }) },
    })
  }

  test('make what the other nodes say no less true, and the scan degraded', async () => {
    const report = await scanNodes(undefined, 'it runs Windows', 'its Pod was not scheduled')
    expect(resultOf(report, 'C-0172')).toMatchObject({ status: 'failed', counters: { failed: 1 } })
    expect(report.coverage).toMatchObject({ degraded: true, coverageScore: 98, notEvaluated: [] })
    expect(report.coverage.nodes.map(({ reason }) => reason)).toEqual([
      undefined,
      'it runs Windows',
      'its Pod was not scheduled',
    ])
  })

  test('are no gap when there are none', async () => {
    expect((await scanNodes(undefined)).coverage).toMatchObject({ degraded: false, coverageScore: 100 })
  })
})

describe('in a cluster', () => {
  const owned = (kind: string, name: string, apiVersion: string, labels: ValueMap = {}): ValueMap => ({
    apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1',
    kind,
    metadata: { name, namespace: 'shop', labels, ownerReferences: [{ apiVersion, kind: 'Owner', name: 'owner' }] },
    spec: kind === 'Pod' ? privileged : { template: { spec: privileged } },
  })
  const privileged: ValueMap = { containers: [{ name: 'a', securityContext: { privileged: true } }] }
  const objects = [
    owned('Pod', 'of-replica-set', 'apps/v1'),
    owned('Pod', 'of-rollout', 'argoproj.io/v1alpha1', { 'pod-template-hash': '1' }),
    owned('Pod', 'of-something-else', 'example.com/v1'),
    owned('ReplicaSet', 'of-deployment', 'apps/v1'),
    object('Pod', 'naked', { spec: privileged }),
    object('Pod', 'labelled', {
      metadata: { name: 'labelled', namespace: 'shop', labels: { 'pod-template-hash': '1' } },
      spec: privileged,
    }),
  ]
  const failedNames = async (target: 'file' | 'cluster'): Promise<string[]> => {
    const report = await scanWith(of('C-0057'), objects, { target })
    return [...report.byControl(resultOf(report, 'C-0057')!)].map(
      ({ ref }) => report.subjects[ref]?.identity.name ?? '',
    )
  }

  test('what a workload made is not judged beside it', async () => {
    expect(await failedNames('cluster')).toEqual(['of-something-else', 'naked', 'labelled'])
    expect(await failedNames('file')).toHaveLength(6)
  })
})

describe('a control plane that is not in Pods of the cluster', () => {
  const eks = { where: 'the control plane is run by EKS', isOutOfReach: true }
  const k3s = { where: 'k3s runs the control plane in its own process', isOutOfReach: false }
  const node = object('Node', 'one')
  const idsOf = (list: readonly { readonly controlID: string }[]): string[] => list.map(({ controlID }) => controlID)

  test('is beyond everybody when a provider runs it: its controls do not apply, and are in no score', async () => {
    const report = await scanWith(of('C-0057', 'C-0092', 'C-0113', 'C-0153'), [node], {
      target: 'cluster',
      platform: 'eks',
      controlPlane: eks,
    })
    expect(report.coverage).toMatchObject({ degraded: false, coverageScore: 100, notEvaluated: [] })
    expect(report.coverage.notApplicable).toMatchObject(
      ['C-0092', 'C-0113', 'C-0153'].map((controlID) => ({ controlID, reason: eks.where })),
    )
    expect(report.controls.map(({ control }) => control.id)).toEqual(['C-0057'])
  })

  test('leaves what the provider can tell, and what the nodes can tell, to be asked for', async () => {
    const report = await scanWith(of('C-0066', 'C-0067', 'C-0170'), [node], {
      target: 'cluster',
      platform: 'eks',
      controlPlane: eks,
    })
    expect(idsOf(report.coverage.notEvaluated)).toEqual(['C-0066', 'C-0067', 'C-0170'])
    expect(report.coverage.notApplicable).toEqual([])
  })

  test('is said of a control that was asked for by name, too', async () => {
    const report = await scanWith(named('C-0113'), [node], { target: 'cluster', platform: 'eks', controlPlane: eks })
    expect(report.coverage.notEvaluated).toMatchObject([{ controlID: 'C-0113', reason: eks.where }])
  })

  test('does not hide what is there', async () => {
    const pod = object('Pod', 'etcd', { spec: { containers: [{ name: 'etcd', command: ['etcd'] }] } })
    const report = await scanWith(of('C-0153', 'C-0154'), [pod], {
      target: 'cluster',
      platform: 'eks',
      controlPlane: eks,
    })
    expect(resultOf(report, 'C-0153')).toMatchObject({ status: 'failed' })
    expect(report.coverage.notApplicable).toEqual([])
  })

  test('says where it is when it is elsewhere; its files can still be collected', async () => {
    const report = await scanWith(of('C-0092', 'C-0113', 'C-0141', 'C-0066'), [node], {
      target: 'cluster',
      platform: 'k3s',
      controlPlane: k3s,
    })
    const reasons = Object.fromEntries(report.coverage.notEvaluated.map(({ controlID, reason }) => [controlID, reason]))
    expect(reasons).toEqual({
      'C-0066': k3s.where,
      'C-0092': 'needs facts of the nodes (ControlPlaneInfo objects)',
      'C-0113': k3s.where,
      'C-0141': 'needs objects of Pod, ControlPlaneInfo',
    })
    expect(report.coverage.degraded).toBe(true)
  })
})

describe('controls about clouds', () => {
  const node = object('Node', 'one')

  test('do not apply to clusters of others', async () => {
    const scanOf = (platform: string): Promise<Report> =>
      scanWith(of('C-0221', 'C-0227', 'C-0240', 'C-0308'), [node], { target: 'cluster', platform })
    const onAks = await scanOf('aks')
    expect(onAks.coverage.notEvaluated).toMatchObject([{ controlID: 'C-0240' }])
    expect(onAks.coverage.notApplicable.map(({ reason }) => reason)).toEqual(
      Array(3).fill('applies to other platforms or to files only'),
    )
    const onGke = await scanOf('gke')
    expect(onGke.coverage.notEvaluated.map(({ controlID }) => controlID)).toEqual(['C-0221', 'C-0308'])
    const unknown = await scanOf('')
    expect(unknown.coverage.notEvaluated).toHaveLength(4)
  })

  test('are judged where a description is there, whoever the cluster seems to be of', async () => {
    const data = { Cluster: { ResourcesVpcConfig: { EndpointPrivateAccess: false } } }
    const description = object('ClusterDescribe', 'shop', { data }, 'eks.amazonaws.com/v1')
    const report = await scanWith(of('C-0227'), [description], { target: 'cluster', platform: 'openstack' })
    expect(resultOf(report, 'C-0227')).toMatchObject({ status: 'failed' })
  })
})

describe('values of objects that are let go', () => {
  const objects = [
    object('Pod', 'web', {
      spec: {
        containers: [
          {
            name: 'a',
            securityContext: { privileged: true },
            env: [{ name: 'DB_PASSWORD', value: 'hunter2hunter2' }],
          },
        ],
      },
    }),
  ]

  test('are kept with the findings', async () => {
    const report = await scanWith(of('C-0057', 'C-0012'), objects, { target: 'cluster' })
    expect(report.present(0, 'spec.containers[0].securityContext.privileged')).toBe(true)
  })

  test('are masked where they are secret', async () => {
    const report = await scanWith(of('C-0012'), objects, { target: 'cluster' })
    expect(report.present(0, 'spec.containers[0].env[0].value')).toBe('XXXXXX')
  })
})

describe('what is asked of a cluster', () => {
  const plan = new Plan(LIBRARY, makeInputs(undefined))

  test.each([
    ['', 'v1', 'Secret'],
    ['coordination.k8s.io', 'v1', 'Lease'],
    ['discovery.k8s.io', 'v1', 'EndpointSlice'],
  ])('is metadata alone of %s/%s %s: nobody looks at more', (group, version, kind) => {
    expect(plan.needs.metadataOnly({ group, version, kind })).toBe(true)
  })

  test.each([
    ['', 'v1', 'ConfigMap'],
    ['', 'v1', 'Pod'],
    ['apps', 'v1', 'Deployment'],
  ])('is the whole of %s/%s %s', (group, version, kind) => {
    expect(plan.needs.metadataOnly({ group, version, kind })).toBe(false)
  })

  test('judges the same of metadata alone', async () => {
    const secret = object('Secret', 'token', { metadata: { name: 'token', namespace: 'default' }, data: { a: 'Yg==' } })
    const pod = object('Pod', 'web', {
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        containers: [{ name: 'a', volumeMounts: [{ name: 'v', mountPath: '/v' }] }],
        volumes: [{ name: 'v', secret: { secretName: 'token' } }],
      },
    })
    const { data: _, ...bare } = secret
    const [whole, metadata] = await Promise.all(
      [secret, bare].map((each) =>
        scanWith(selectControls({ frameworks: ['AllControls'] }), [pod, each], { target: 'cluster' }),
      ),
    )
    const statuses = (report: Report | undefined): unknown =>
      report?.controls.map(({ control, counters }) => [control.id, counters])
    expect(statuses(metadata)).toEqual(statuses(whole))
  })
})
