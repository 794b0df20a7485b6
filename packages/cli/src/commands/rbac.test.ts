/** Roles for scans, as text. */
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'

import { renderRoles, type RolesCommand } from './rbac.ts'

const command: RolesCommand = { frameworks: [], controls: [], namespaces: [], name: 'kubescape', format: 'yaml' }

interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly rules?: readonly { apiGroups: string[]; resources: string[]; verbs: string[] }[]
  readonly roleRef?: unknown
  readonly subjects?: unknown
}

const render = (asked: Partial<RolesCommand>): Manifest[] =>
  parseAllDocuments(renderRoles({ ...command, ...asked })).map((document) => document.toJS() as Manifest)

const types = ({ rules = [] }: Manifest): string[] =>
  rules.flatMap(({ apiGroups, resources }) => resources.map((resource) => `${resource}.${apiGroups.join()}`))

test('all frameworks need one ClusterRole, which may list and nothing else', () => {
  const [role, ...others] = render({})
  expect(others).toEqual([])
  expect(role).toMatchObject({ kind: 'ClusterRole', metadata: { name: 'kubescape' } })
  expect(new Set(role?.rules?.flatMap(({ verbs }) => verbs))).toEqual(new Set(['list']))
  expect(types(role!)).toEqual(expect.arrayContaining(['pods.', 'httproutes.gateway.networking.k8s.io']))
  expect(JSON.stringify(role)).not.toContain('*')
})

/** What the exceptions of a cluster need, where its ConfigMaps are not read anyway. */
const EXCEPTION_RULES = [
  { apiGroups: ['kubescape.io'], resources: ['clustersecurityexceptions', 'securityexceptions'], verbs: ['list'] },
  { apiGroups: [''], resources: ['configmaps'], resourceNames: ['kubescape-exceptions'], verbs: ['list'] },
]

test('fewer controls need less', () => {
  const [role] = render({ controls: ['c-0035'], name: 'subjects' })
  expect(role).toEqual({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'subjects' },
    rules: [
      ...EXCEPTION_RULES,
      {
        apiGroups: ['rbac.authorization.k8s.io'],
        resources: ['clusterrolebindings', 'clusterroles', 'rolebindings', 'roles'],
        verbs: ['list'],
      },
    ],
  })
})

test('the first line says which scan it is for', () => {
  expect(renderRoles(command)).toMatch(/^# What this is for: kubescape scan\n/)
  expect(renderRoles({ ...command, frameworks: ['nsa', 'mitre'], namespaces: ['shop'] })).toMatch(
    /^# What this is for: kubescape scan framework nsa,mitre --include-namespaces shop\n/,
  )
})

describe('of some namespaces', () => {
  test('each gets a Role, and the ClusterRole opens what is in none or counts in all', () => {
    const [everywhere, shop, bank, ...others] = render({ controls: ['C-0267'], namespaces: ['shop', 'bank', 'shop'] })
    expect(others).toEqual([])
    expect(types(everywhere!).map((name) => name.split('.')[0])).toEqual([
      'clustersecurityexceptions',
      'securityexceptions',
      'configmaps',
      'clusterrolebindings',
      'clusterroles',
      'rolebindings',
      'roles',
    ])
    expect([shop, bank].map((role) => [role?.kind, role?.metadata])).toEqual([
      ['Role', { name: 'kubescape', namespace: 'shop' }],
      ['Role', { name: 'kubescape', namespace: 'bank' }],
    ])
    expect(types(shop!)).toEqual(expect.arrayContaining(['pods.', 'serviceaccounts.', 'deployments.apps']))
    expect(shop?.rules).toEqual(bank?.rules)
  })

  test('comments say for which controls types are open everywhere', () => {
    const text = renderRoles({ ...command, controls: ['C-0267', 'C-0266'], namespaces: ['shop'] })
    expect(text).toContain('\n#   rolebindings.rbac.authorization.k8s.io: C-0267\n')
    expect(text).toContain('\n#   gateways.networking.istio.io: C-0266\n')
  })

  test('no role is printed that would be empty', () => {
    const roles = render({ controls: ['C-0057'], namespaces: ['shop'] })
    expect(roles.map(({ kind }) => kind)).toEqual(['ClusterRole', 'Role'])
    expect(roles[0]?.rules).toEqual(EXCEPTION_RULES)
    expect(render({ controls: ['C-0264'], namespaces: ['shop'] }).map(({ kind }) => kind)).toEqual(['ClusterRole'])
  })
})

describe('for facts of nodes', () => {
  const asked = { controls: ['C-0172'], enableHostScan: true }

  test('there is a ClusterRole of its own where a namespace is made', () => {
    const [scan, collect, ...others] = render(asked)
    expect([scan?.metadata, collect?.kind, collect?.metadata, others]).toEqual([
      { name: 'kubescape' },
      'ClusterRole',
      { name: 'kubescape-host-scan' },
      [],
    ])
    expect(types(collect!)).toEqual(expect.arrayContaining(['namespaces.', 'jobs.batch', 'secrets.']))
    expect(new Set(scan?.rules?.flatMap(({ verbs }) => verbs))).toEqual(new Set(['list']))
  })

  test('a namespace that is named keeps all but two lists to itself', () => {
    const [, everywhere, tools, ...others] = render({ ...asked, hostScanNamespace: 'tools' })
    expect(others).toEqual([])
    expect(everywhere?.rules?.map(({ resources, verbs }) => `${verbs.join()} ${resources.join()}`)).toEqual([
      'list nodes',
      'list namespaces',
    ])
    expect([tools?.kind, tools?.metadata]).toEqual(['Role', { name: 'kubescape-host-scan', namespace: 'tools' }])
    expect(JSON.stringify([everywhere, tools])).not.toContain('*')
  })

  test('the first line says so', () => {
    const text = renderRoles({ ...command, ...asked, hostScanNamespace: 'tools' })
    expect(text).toMatch(/^# What this is for: .* control C-0172 --enable-host-scan --host-scan-namespace tools\n/)
  })
})

test('an account is printed with bindings of every role', () => {
  const manifests = render({ controls: ['C-0256', 'C-0264'], namespaces: ['shop'], serviceAccount: 'sec/scan.er' })
  expect(manifests.map(({ kind }) => kind)).toEqual([
    'ServiceAccount',
    'ClusterRole',
    'Role',
    'ClusterRoleBinding',
    'RoleBinding',
  ])
  expect(manifests[0]?.metadata).toEqual({ name: 'scan.er', namespace: 'sec' })
  expect(manifests[4]).toEqual({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'kubescape', namespace: 'shop' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'kubescape' },
    subjects: [{ kind: 'ServiceAccount', name: 'scan.er', namespace: 'sec' }],
  })
})

test('JSON is one object, or a list of several', () => {
  const parse = (asked: Partial<RolesCommand>): unknown =>
    JSON.parse(renderRoles({ ...command, controls: ['C-0057'], format: 'json', ...asked }))
  expect(parse({})).toMatchObject({ kind: 'ClusterRole' })
  expect(parse({ namespaces: ['a', 'b'] })).toMatchObject({ apiVersion: 'v1', kind: 'List', items: [{}, {}, {}] })
})

test.each<[string, Partial<RolesCommand>, RegExp]>([
  ['an unknown format', { format: 'toml' }, /--format does not know "toml"/],
  ['both frameworks and controls', { frameworks: ['nsa'], controls: ['C-0057'] }, /both given/],
  ['an unknown framework', { frameworks: ['nssa'] }, /unknown framework "nssa"/],
  ['an unknown control', { controls: ['C-9999'] }, /unknown control "C-9999"/],
  ['an empty control', { controls: ['C-0057', ''] }, /an empty control name/],
  ['controls without a type to list', { controls: ['C-0227'] }, /nothing that an API server has/],
  ['an empty namespace', { namespaces: [''] }, /"" is no name of a namespace/],
  ['a namespace that cannot be', { namespaces: ['Shop'] }, /"Shop" is no name/],
  ['a namespace with a line of its own', { namespaces: ['a\nb: c'] }, /is no name/],
  ['a role that cannot be', { name: 'a/b' }, /--name: "a\/b" is no name/],
  ['a role that is a path', { name: '..' }, /is no name/],
  ['an account without its namespace', { serviceAccount: 'scanner' }, /names no service account/],
  ['an account with too many parts', { serviceAccount: 'a/b/c' }, /names no service account/],
  ['an account without a name', { serviceAccount: 'a/' }, /names no service account/],
])('%s is refused', (_, asked, message) => {
  expect(() => renderRoles({ ...command, ...asked })).toThrow(message)
})
