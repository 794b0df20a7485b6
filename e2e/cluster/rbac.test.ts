/** The roles of `kubescape rbac generate` are enough for a scan, and every rule of them is needed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { SERVED_TYPES } from '@kubescape/resources'

import { kubescape } from '../kubescape.ts'
import { CUSTOM_TYPES, customTypes } from './custom-types.ts'
import { SHOP } from './shop.ts'
import { startCluster, type Cluster } from './testbed/cluster.ts'
import { eventually } from './testbed/eventually.ts'

interface Role {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly rules: readonly { readonly apiGroups: readonly string[]; readonly resources: readonly string[] }[]
}

/** The part of a report that rights can change. */
interface Report {
  readonly summaryDetails: { readonly controls: Readonly<Record<string, unknown>> }
  readonly results: unknown
  readonly scanCoverage: {
    readonly failedGVRPulls: readonly { readonly gvr: string; readonly error: string }[]
    readonly partialGVRPulls: readonly { readonly gvr: string; readonly selector: string }[]
    readonly notEvaluatedControls: readonly { readonly controlID: string }[]
  }
}

/** Exceptions that the cluster keeps: custom resources that nobody has defined here, and one ConfigMap. */
const OF_EXCEPTIONS = ['clustersecurityexceptions.kubescape.io', 'securityexceptions.kubescape.io', 'configmaps.']
/** The first is gone since 1.25: a rule for it is for older servers. */
const UNSERVED = ['podsecuritypolicies.policy', ...OF_EXCEPTIONS.slice(0, 2)]

let cluster: Cluster

beforeAll(async () => {
  cluster = await startCluster()
  await cluster.apply(customTypes())
  await cluster.kubectl(['wait', '--for=condition=established', ...CUSTOM_TYPES.map((name) => `crd/${name}`)])
  await cluster.apply(SHOP)
})
afterAll(() => cluster?.stop())

function generate(...args: string[]): Role[] {
  const { code, stdout, stderr } = kubescape(['rbac', 'generate', '-f', 'json', ...args])
  if (code !== 0) throw new Error(stderr)
  const printed = JSON.parse(stdout) as Role & { items?: Role[] }
  return printed.items ?? [printed]
}

/** A kubeconfig for each of these names: of an account with exactly these roles. */
async function accountsWith(wanted: ReadonlyMap<string, readonly Role[]>): Promise<Map<string, string>> {
  const manifests = [...wanted].flatMap(([name, roles]) => [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'default' } },
    ...roles.map((role) => ({ ...role, metadata: { ...role.metadata, name } })),
    ...roles.map(({ kind, metadata }) => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: `${kind}Binding`,
      metadata: { ...metadata, name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: 'default' }],
    })),
  ])
  await cluster.apply(manifests.map((each) => JSON.stringify(each)).join('\n---\n'))
  const kubeconfigs = new Map<string, string>()
  for (const name of wanted.keys()) {
    kubeconfigs.set(name, cluster.kubeconfigWithToken(await cluster.tokenFor('default', name)))
  }
  const [last, roles] = [...wanted].at(-1) ?? ['', []]
  for (const role of roles) await mayList(kubeconfigs.get(last) ?? '', role)
  return kubeconfigs
}

async function accountWith(name: string, roles: readonly Role[]): Promise<string> {
  return (await accountsWith(new Map([[name, roles]]))).get(name) ?? ''
}

/** Roles take a moment. */
async function mayList(kubeconfig: string, role: Role): Promise<void> {
  const type = typesOf([role]).at(-1) ?? ''
  const where = role.metadata.namespace === undefined ? ['-A'] : ['-n', role.metadata.namespace]
  await eventually(`an account may list ${type}`, async () => {
    const { code } = await cluster.kubectl(['auth', 'can-i', 'list', type, ...where], { kubeconfig })
    return code === 0
  })
}

function scan(kubeconfig: string, ...args: string[]): Report {
  const { stdout, stderr } = kubescape(['scan', ...args, '--kubeconfig', kubeconfig, '--format', 'json'])
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as Report
}

/** `pods.` and `deployments.apps`. */
function typesOf(roles: readonly Role[]): string[] {
  return roles.flatMap(({ rules }) =>
    rules.flatMap(({ apiGroups, resources }) => resources.map((each) => `${each}.${apiGroups[0] ?? ''}`)),
  )
}

function without(type: string, roles: readonly Role[]): Role[] {
  return roles.map((role) => ({
    ...role,
    rules: role.rules
      .map((rule) => ({
        ...rule,
        resources: rule.resources.filter((resource) => `${resource}.${rule.apiGroups[0] ?? ''}` !== type),
      }))
      .filter(({ resources }) => resources.length > 0),
  }))
}

const unread = ({ scanCoverage }: Report): string[] =>
  [...scanCoverage.failedGVRPulls, ...scanCoverage.partialGVRPulls].map(({ gvr }) => {
    const [group = '', , resource = ''] = gvr.split('/')
    return `${resource}.${group}`
  })

test('the table of types is what the server says', async () => {
  const { stdout } = await cluster.kubectl(['api-resources', '--no-headers', '--verbs=list'])
  const served = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/ +/))
    .map((words) => ({ plural: words[0] ?? '', rest: words.slice(-3) }))
    .map(({ plural, rest: [apiVersion = '', namespaced = '', kind = ''] }) => ({
      group: apiVersion.includes('/') ? apiVersion.replace(/\/.*/, '') : '',
      kind,
      plural,
      namespaced: namespaced === 'true',
    }))
  const known = SERVED_TYPES.map(({ group, kind, plural, namespaced }) => ({ group, kind, plural, namespaced }))
  expect(known).toEqual(expect.arrayContaining(served))
})

describe('an account with the role of a bare scan', () => {
  let full: Report
  let roles: Role[]

  beforeAll(async () => {
    roles = generate()
    full = scan(await accountWith('full', roles))
  })

  test('sees all that an administrator sees', () => {
    const all = scan(cluster.kubeconfig)
    expect(unread(full)).toEqual([])
    expect(full.scanCoverage).toEqual(all.scanCoverage)
    expect(full.summaryDetails).toEqual(all.summaryDetails)
    expect(full.results).toEqual(all.results)
    expect(Object.keys(full.summaryDetails.controls).length).toBeGreaterThan(100)
  })

  test('needs every type in it: without one, coverage names that one', async () => {
    const types = typesOf(roles)
    const accounts = types.map((type): [string, Role[]] => [`without.${type}`.replace(/\.$/, ''), without(type, roles)])
    const kubeconfigs = [...(await accountsWith(new Map(accounts))).values()]
    const missing = types.map((type, at) => [type, unread(scan(kubeconfigs[at] ?? ''))])
    expect(missing).toEqual(types.map((type) => [type, UNSERVED.includes(type) ? [] : [type]]))
  }, 600_000)
})

test.each([
  ['--frameworks', 'nsa', 'framework'],
  ['--frameworks', 'cis-v1.23-t1.0.1', 'framework'],
  ['--controls', 'C-0256,C-0035', 'control'],
])('the role for %s %s is enough for it', async (flag, names, command) => {
  const kubeconfig = await accountWith(names.toLowerCase().replaceAll(/[^a-z0-9]/g, '-'), generate(flag, names))
  const own = scan(kubeconfig, command, names)
  expect(unread(own)).toEqual([])
  expect(own.results).toEqual(scan(cluster.kubeconfig, command, names).results)
})

describe('an account of one namespace', () => {
  const narrow = ['--include-namespaces', 'shop']
  let roles: Role[]

  beforeAll(() => {
    roles = generate('--namespaces', 'shop')
  })

  test('sees all that an administrator sees of it', async () => {
    const kubeconfig = await accountWith('narrow', roles)
    const own = scan(kubeconfig, ...narrow)
    const all = scan(cluster.kubeconfig, ...narrow)
    expect(unread(own)).toEqual([])
    expect(own.scanCoverage).toEqual(all.scanCoverage)
    expect(own.results).toEqual(all.results)
    const pods = await cluster.kubectl(['get', 'pods', '-A'], { kubeconfig })
    expect(pods.stderr).toContain('cannot list resource "pods" in API group "" at the cluster scope')
  })

  test('without what counts everywhere, gives up only the controls that reach beyond the namespace', async () => {
    const [everywhere, shop] = roles
    const outside = new Set(
      SERVED_TYPES.filter(({ namespaced }) => !namespaced).map(({ plural, group }) => `${plural}.${group}`),
    )
    const beyond = typesOf([everywhere!]).filter((type) => !outside.has(type) && !OF_EXCEPTIONS.includes(type))
    const inShop = { ...shop!, rules: [...shop!.rules, ...onlyTypes(beyond, everywhere!).rules] }
    const kubeconfig = await accountWith('narrower', [onlyTypes([...outside], everywhere!), inShop])
    const { scanCoverage } = scan(kubeconfig, ...narrow)
    expect(scanCoverage.failedGVRPulls).toEqual([])
    expect(scanCoverage.partialGVRPulls.map(({ selector }) => selector)).toEqual(
      beyond.map(() => 'metadata.namespace=shop'),
    )
    const reference = scan(cluster.kubeconfig, ...narrow).scanCoverage.notEvaluatedControls.map(
      (each) => each.controlID,
    )
    const lost = scanCoverage.notEvaluatedControls.map((each) => each.controlID)
    expect(lost.filter((id) => !reference.includes(id)).toSorted()).toEqual([
      'C-0089',
      'C-0261',
      'C-0266',
      'C-0267',
      'C-0272',
      'C-0302',
    ])
  })
})

function onlyTypes(types: readonly string[], role: Role): Role {
  return {
    ...role,
    rules: role.rules
      .map((rule) => ({
        ...rule,
        resources: rule.resources.filter((resource) => types.includes(`${resource}.${rule.apiGroups[0] ?? ''}`)),
      }))
      .filter(({ resources }) => resources.length > 0),
  }
}
