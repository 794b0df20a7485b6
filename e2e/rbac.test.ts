/** `kubescape rbac generate` needs no cluster. */
import { describe, expect, test } from 'vitest'
import { kubescape, type Run } from './kubescape.ts'

/** Neither a kubeconfig nor a cluster around it. */
const env = { KUBECONFIG: '/nonexistent', HOME: '/nonexistent', KUBERNETES_SERVICE_HOST: '' }

function generate(...args: string[]): Run {
  return kubescape(['rbac', 'generate', ...args], { env })
}

test('roles are printed without a cluster, and nothing else is', () => {
  const { code, stdout, stderr } = generate('--controls', 'C-0035')
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toBe(`# What this is for: kubescape scan control C-0035
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: kubescape
rules:
  - apiGroups:
      - kubescape.io
    resources:
      - clustersecurityexceptions
      - securityexceptions
    verbs:
      - list
  - apiGroups:
      - ""
    resources:
      - configmaps
    resourceNames:
      - kubescape-exceptions
    verbs:
      - list
  - apiGroups:
      - rbac.authorization.k8s.io
    resources:
      - clusterrolebindings
      - clusterroles
      - rolebindings
      - roles
    verbs:
      - list
`)
})

test('several objects are documents of their own, or one list', () => {
  const flags = [
    '--namespaces',
    'shop,bank',
    '--namespaces',
    'vault',
    '--service-account',
    'security/scanner',
    '--name',
    'scan',
  ]
  const kinds = [...generate(...flags).stdout.matchAll(/^kind: (\w+)$/gm)].map(([, kind]) => kind)
  expect(kinds).toEqual([
    'ServiceAccount',
    'ClusterRole',
    'Role',
    'Role',
    'Role',
    'ClusterRoleBinding',
    'RoleBinding',
    'RoleBinding',
    'RoleBinding',
  ])
  const list = JSON.parse(generate(...flags, '-f', 'json').stdout) as { kind: string; items: { kind: string }[] }
  expect([list.kind, list.items.map(({ kind }) => kind)]).toEqual(['List', kinds])
})

test('frameworks need less than everything', () => {
  const linesOf = (...args: string[]): number => generate(...args).stdout.split('\n').length
  expect(linesOf('--frameworks', 'soc2')).toBeLessThan(linesOf())
  expect(generate('--frameworks', 'all').code).toBe(0)
})

describe('refused is', () => {
  test.each<[string[], RegExp, RegExp]>([
    [['--frameworks', 'nsaa'], /unknown framework "nsaa"/, /Did you mean "NSA"/],
    [['--frameworks', 'nsa,'], /an empty framework name/, /extra comma/],
    [['--controls', 'C-0057', '--frameworks', 'nsa'], /both given/, /one of them/],
    [['--controls', 'C-0227'], /nothing that an API server has/, /descriptions of clouds/],
    [['--namespaces', 'Shop'], /"Shop" is no name of a namespace/, /small letters/],
    [['--service-account', 'scanner'], /names no service account/, /security\/kubescape/],
    [['-f', 'xml'], /--format does not know "xml"/, /yaml or json/],
    [['more'], /too many arguments/, /kubescape help/],
  ])('%o', (args, message, hint) => {
    const { code, stdout, stderr } = generate(...args)
    const [first, second] = stderr.split('\n')
    expect([code, stdout]).toEqual([1, ''])
    expect(first).toMatch(message)
    expect(second).toMatch(hint)
  })
})
