/** Which kinds and versions of objects reach which controls. */
import { describe, expect, test } from 'vitest'

import { DEFAULT_INPUTS, LIBRARY } from '@kubescape/controls'
import { identityOf, type ValueMap } from '@kubescape/resources'

import { judged, outcomeOf } from './judgement.ts'
import { Plan } from './plan.ts'

const pods = { spec: { containers: [{ name: 'a', image: 'nginx' }] } }

/** An object of the kind with a container wherever the kind may keep one. */
function objectOf(apiVersion: string, kind: string): ValueMap {
  const template = kind === 'CronJob' ? { jobTemplate: { spec: { template: pods } } } : { template: pods }
  return { apiVersion, kind, metadata: { name: 'a', namespace: 'kube-system' }, spec: { ...pods.spec, ...template } }
}

function isTested(id: string, apiVersion: string, kind: string): boolean {
  const control = LIBRARY.find((each) => each.id === id)!
  const plan = new Plan([control], DEFAULT_INPUTS)
  const object = objectOf(apiVersion, kind)
  plan.take({ identity: identityOf(object)!, object }, true)
  plan.join()
  return plan.subjects.list.length > 0 && outcomeOf(judged(control, plan.columns, DEFAULT_INPUTS), 0) !== undefined
}

const WORKLOADS = [
  ['v1', 'Pod'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'ReplicaSet'],
  ['apps/v1', 'DaemonSet'],
  ['apps/v1', 'StatefulSet'],
  ['apps/v1beta1', 'Deployment'],
  ['apps/v1beta2', 'StatefulSet'],
  ['extensions/v1beta1', 'Deployment'],
  ['extensions/v1beta1', 'ReplicaSet'],
  ['extensions/v1beta1', 'DaemonSet'],
  ['batch/v1', 'Job'],
  ['batch/v1', 'CronJob'],
  ['batch/v1beta1', 'CronJob'],
  ['batch/v2alpha1', 'CronJob'],
] as const

/** Controls of workloads: by pod template, by container, and joined with others. */
const OF_WORKLOADS = ['C-0057', 'C-0061', 'C-0017', 'C-0016', 'C-0030', 'C-0034', 'C-0261', 'C-0253', 'C-0306']

describe.each(WORKLOADS)('%s %s', (apiVersion, kind) => {
  test.each([...OF_WORKLOADS, 'C-0294', 'C-0293', 'C-0307'])('is tested by %s', (id) => {
    expect(isTested(id, apiVersion, kind)).toBe(true)
  })
})

describe('a ReplicationController', () => {
  test.each(['C-0293', 'C-0294', 'C-0295', 'C-0296', 'C-0299', 'C-0300', 'C-0307'])('is tested by %s', (id) => {
    expect(isTested(id, 'v1', 'ReplicationController')).toBe(true)
  })

  test.each(OF_WORKLOADS)('is not tested by %s', (id) => {
    expect(isTested(id, 'v1', 'ReplicationController')).toBe(false)
  })
})

test.each([
  ['C-0057', 'example.com/v1', 'Deployment'],
  ['C-0057', 'v1', 'Deployment'],
  ['C-0057', 'argoproj.io/v1alpha1', 'Rollout'],
  ['C-0073', 'metrics.k8s.io/v1', 'Pod'],
  ['C-0299', 'networking.k8s.io/v1beta1', 'NetworkPolicy'],
  ['C-0030', 'extensions/v1beta1', 'NetworkPolicy'],
  ['C-0030', 'cilium.io/v2alpha1', 'CiliumNetworkPolicy'],
  ['C-0263', 'networking.k8s.io/v1beta1', 'Ingress'],
  ['C-0256', 'extensions/v1beta1', 'Ingress'],
  ['C-0298', 'networking.k8s.io/v1beta1', 'Ingress'],
  ['C-0262', 'authorization.openshift.io/v1', 'RoleBinding'],
  ['C-0262', 'rbac.authorization.k8s.io/v1', 'Role'],
  ['C-0081', 'apps/v1beta1', 'Deployment'],
  ['C-0292', 'batch/v1', 'Job'],
  ['C-0296', 'v1', 'Pod'],
  ['C-0305', 'apps/v1', 'StatefulSet'],
  ['C-0255', 'example.com/v1', 'Secret'],
])('%s does not test %s %s', (id, apiVersion, kind) => {
  expect(isTested(id, apiVersion, kind)).toBe(false)
})

test.each([
  ['C-0030', 'networking.k8s.io/v1', 'NetworkPolicy'],
  ['C-0260', 'networking.k8s.io/v1', 'NetworkPolicy'],
  ['C-0299', 'networking.k8s.io/v1', 'NetworkPolicy'],
  ['C-0030', 'cilium.io/v2', 'CiliumNetworkPolicy'],
  ['C-0030', 'cilium.io/v2', 'CiliumClusterwideNetworkPolicy'],
  ['C-0260', 'v1', 'ConfigMap'],
  ['C-0263', 'networking.k8s.io/v1', 'Ingress'],
  ['C-0256', 'networking.k8s.io/v1', 'Ingress'],
  ['C-0262', 'rbac.authorization.k8s.io/v1', 'RoleBinding'],
  ['C-0262', 'rbac.authorization.k8s.io/v1beta1', 'ClusterRoleBinding'],
  ['C-0036', 'admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'],
  ['C-0039', 'admissionregistration.k8s.io/v1beta1', 'MutatingWebhookConfiguration'],
  ['C-0026', 'batch/v1beta1', 'CronJob'],
  ['C-0012', 'v1', 'ConfigMap'],
  ['C-0049', 'v1', 'Namespace'],
  ['C-0255', 'v1', 'Secret'],
  ['C-0257', 'v1', 'PersistentVolumeClaim'],
  ['C-0258', 'v1', 'ConfigMap'],
  ['C-0264', 'storage.k8s.io/v1', 'StorageClass'],
  ['C-0266', 'gateway.networking.k8s.io/v1beta1', 'HTTPRoute'],
  ['C-0266', 'networking.istio.io/v1alpha3', 'VirtualService'],
  ['C-0300', 'autoscaling/v2', 'HorizontalPodAutoscaler'],
  ['C-0302', 'gateway.networking.k8s.io/v1', 'GRPCRoute'],
])('%s tests %s %s', (id, apiVersion, kind) => {
  expect(isTested(id, apiVersion, kind)).toBe(true)
})

test.each(['v1', 'v1beta1', 'v1alpha1'])('roles and bindings of rbac.authorization.k8s.io/%s are joined', (version) => {
  const apiVersion = `rbac.authorization.k8s.io/${version}`
  const control = LIBRARY.find(({ id }) => id === 'C-0053')!
  const plan = new Plan([control], DEFAULT_INPUTS)
  const metadata = { name: 'a', namespace: 'ops' }
  const subjects = [{ kind: 'ServiceAccount', name: 'bot' }]
  for (const object of [
    { apiVersion, kind: 'Role', metadata, rules: [] },
    { apiVersion, kind: 'RoleBinding', metadata, roleRef: { kind: 'Role', name: 'a' }, subjects },
  ]) {
    plan.take({ identity: identityOf(object)!, object }, true)
  }
  plan.join()
  const named = plan.subjects.list.map(({ identity }) => `${identity.kind}/${identity.name}`)
  expect(named).toEqual(['Role/a', 'RoleBinding/a', 'ServiceAccount/bot'])
  expect(outcomeOf(judged(control, plan.columns, DEFAULT_INPUTS), 2)).toEqual({ status: 'failed', subStatus: '' })
})

describe('the plan of a control', () => {
  const plan = (id: string): Plan => new Plan([LIBRARY.find((each) => each.id === id)!], DEFAULT_INPUTS)

  test('needs the kinds that it tests and those that it joins them with, in any case of letters', () => {
    expect(
      ['Pod', 'ServiceAccount', 'serviceaccount', 'RoleBinding'].map((kind) => plan('C-0261').needs.kind(kind)),
    ).toEqual([true, true, true, true])
    expect(plan('C-0059').needs.kind('ConfigMap')).toBe(true)
    expect(plan('C-0089').needs.kind('APIServerInfo')).toBe(true)
  })

  test('needs the kinds that carry its data, although it tests others', () => {
    const control = { ...LIBRARY[0]!, checks: [], needs: { what: 'an answer', kinds: ['Oracle'] } }
    expect(new Plan([control], DEFAULT_INPUTS).needs.kind('Oracle')).toBe(true)
  })

  test('does not need other kinds', () => {
    expect(['Secret', 'Service', 'CustomResourceDefinition'].map((kind) => plan('C-0261').needs.kind(kind))).toEqual([
      false,
      false,
      false,
    ])
  })
})
