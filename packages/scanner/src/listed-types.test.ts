/** Which types a scan lists. */
import { describe, expect, test } from 'vitest'

import { LIBRARY } from '@kubescape/controls'
import { servedTypesOf } from '@kubescape/resources'

import { applicableFrameworks } from './applicability.ts'
import { makeInputs } from './inputs.ts'
import { listedTypes } from './listed-types.ts'
import { Plan } from './plan.ts'
import { makeScope } from './scope.ts'
import { selectControls, type Selection } from './selection.ts'

const inputs = makeInputs(undefined)
const typesOf = (selection: Selection): ReturnType<typeof listedTypes> =>
  listedTypes(makeScope({ selection, target: 'cluster' }), inputs)
const names = (...controls: string[]): string[] =>
  typesOf(selectControls({ controls })).map(({ group, plural }) => (group === '' ? plural : `${plural}.${group}`))

/** Kinds that no API server has: files of nodes, descriptions of clouds, what scans of images and services have found. */
const NEVER_SERVED = [
  'APIServerInfo',
  'CNIInfo',
  'ClusterDescribe',
  'ControlPlaneInfo',
  'DescribeRepositories',
  'ImageSignatures',
  'ImageVulnerabilities',
  'KubeProxyInfo',
  'KubeletInfo',
  'LinuxKernelVariables',
  'ListEntitiesForPolicies',
  'PolicyVersion',
  'cloudProviderInfo',
]

test('every kind that controls look at is in the table of served types, or never served', () => {
  const { judged, joined } = new Plan(LIBRARY, inputs).needs
  const kinds = new Set([...judged, ...joined].flatMap((match) => match.kinds))
  const unknown = [...kinds].filter(
    (kind) => servedTypesOf({ groups: ['*'], versions: ['*'], kinds: [kind] }).length === 0,
  )
  expect(unknown.toSorted()).toEqual(NEVER_SERVED)
})

test('a control alone lists what it judges and joins', () => {
  expect(names('C-0255')).toEqual([
    'pods',
    'secrets',
    'daemonsets.apps',
    'deployments.apps',
    'replicasets.apps',
    'statefulsets.apps',
    'cronjobs.batch',
    'jobs.batch',
  ])
  expect(names('C-0035')).toEqual([
    'roles.rbac.authorization.k8s.io',
    'rolebindings.rbac.authorization.k8s.io',
    'clusterroles.rbac.authorization.k8s.io',
    'clusterrolebindings.rbac.authorization.k8s.io',
  ])
})

test('what only nodes and clouds tell is not listed', () => {
  expect(names('C-0096')).toEqual([])
})

test('a framework also lists what tells who can reach a workload', () => {
  expect(typesOf(selectControls({ frameworks: ['SOC2'] })).map(({ kind }) => kind)).toContain('Ingress')
})

describe('across namespaces', () => {
  const reaching = (controls: readonly string[]): string[] =>
    typesOf(selectControls({ controls }))
      .filter(({ across }) => across.length > 0)
      .map(({ kind, across }) => `${kind}: ${across.join(', ')}`)

  test('bindings and roles count for workloads', () => {
    expect(reaching(['C-0261', 'C-0267', 'C-0035', 'C-0256'])).toEqual([
      'Role: C-0267',
      'RoleBinding: C-0261, C-0267',
      'ClusterRole: C-0267',
      'ClusterRoleBinding: C-0261, C-0267',
    ])
  })

  test('few types count everywhere, for all frameworks together', () => {
    const all = typesOf(selectControls({ frameworks: applicableFrameworks('').map(({ name }) => name) }))
    const everywhere = all.filter(({ namespaced, across }) => namespaced && across.length > 0)
    expect(everywhere.map(({ kind }) => kind)).toEqual([
      'Service',
      'Gateway',
      'GRPCRoute',
      'HTTPRoute',
      'TCPRoute',
      'TLSRoute',
      'UDPRoute',
      'Gateway',
      'VirtualService',
      'Role',
      'RoleBinding',
    ])
  })
})
