/** Scans of one workload of a cluster, and what they ask the server for. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { temporaryFolder } from '../folder.ts'
import type { JsonReport } from '../json-report.ts'
import { kubescape, type Run } from '../kubescape.ts'
import { CUSTOM_TYPES, customTypes } from './custom-types.ts'
import { SHOP } from './shop.ts'
import { startCluster, type Cluster } from './testbed/cluster.ts'
import { eventually } from './testbed/eventually.ts'

/** What the server remembers of a request. */
interface AuditEvent {
  readonly verb: string
  readonly user: { readonly username: string }
  readonly requestURI: string
  readonly objectRef?: {
    readonly resource?: string
    readonly namespace?: string
    readonly name?: string
    readonly apiGroup?: string
  }
}

const folder = temporaryFolder()
const policy = join(folder, 'audit-policy.yaml')
const auditLog = join(folder, 'audit.log')
writeFileSync(
  policy,
  'apiVersion: audit.k8s.io/v1\nkind: Policy\nomitStages: [RequestReceived]\nrules: [{level: Metadata}]\n',
)

let cluster: Cluster
let pod = ''

beforeAll(async () => {
  cluster = await startCluster({
    controllerManager: true,
    apiServerFlags: [`--audit-policy-file=${policy}`, `--audit-log-path=${auditLog}`, '--audit-log-mode=blocking'],
  })
  await cluster.apply(customTypes())
  await cluster.kubectl(['wait', '--for=condition=established', ...CUSTOM_TYPES.map((name) => `crd/${name}`)])
  await cluster.apply(SHOP)
  pod = await eventually('the Deployment has made a Pod', async () => {
    const { stdout } = await cluster.kubectl(['get', 'pods', '-n', 'shop', '-l', 'app=web', '-o', 'name'])
    return stdout.trim().replace('pod/', '') || undefined
  })
})
afterAll(() => cluster?.stop())

function scan(...args: string[]): Run {
  return kubescape(['scan', 'workload', ...args, '--kubeconfig', cluster.kubeconfig])
}

/** What was asked of the server in the name of a user; lists as `list roles.rbac.authorization.k8s.io in shop`. */
function requestsOf(user: string): string[] {
  const events = readFileSync(auditLog, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as AuditEvent)
  return events
    .filter((event) => event.user.username === user)
    .map(({ verb, requestURI, objectRef }) => {
      if (objectRef?.resource === undefined) return `${verb} ${requestURI.replace(/\?.*/, '')}`
      const { apiGroup = '', namespace = '', name = '' } = objectRef
      const what = [objectRef.resource, apiGroup].filter(Boolean).join('.')
      return [verb, what, name, namespace === '' ? '' : `in ${namespace}`].filter(Boolean).join(' ')
    })
}

const rightsOf = (name: string, rules: string, namespace?: string): string => {
  const kind = namespace === undefined ? 'ClusterRole' : 'Role'
  const metadata = `{name: ${name}${namespace === undefined ? '' : `, namespace: ${namespace}`}}`
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: ${metadata}
rules: ${rules}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}Binding
metadata: ${metadata}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: ${name}}
subjects: [{kind: User, apiGroup: rbac.authorization.k8s.io, name: ${name}}]
`
}

/** A kubeconfig of a user with these rights, once they count. */
async function userWith(name: string, manifests: string, question: readonly string[]): Promise<string> {
  await cluster.apply(manifests)
  const kubeconfig = await cluster.kubeconfigFor(name)
  await eventually(`${name} may do it`, async () => {
    const { code } = await cluster.kubectl(['auth', 'can-i', ...question], { kubeconfig })
    return code === 0
  })
  return kubeconfig
}

function verdictsOn(report: JsonReport, id: string): Map<string, unknown> {
  return new Map(
    report.results.flatMap((control) =>
      control.resources
        .filter((resource) => resource.resourceID.endsWith(id))
        .map(({ status, findings, relatedResourceIDs }): [string, unknown] => [
          control.controlID,
          { status, findings, relatedResourceIDs },
        ]),
    ),
  )
}

describe('a workload', () => {
  test.each(['Deployment/web', 'Pod/shell'])('%s gets the verdicts that a scan of everything gives it', (name) => {
    const one = scan(`shop/${name}`, '-f', 'json')
    const all = kubescape([
      'scan',
      'framework',
      'workloadscan,allcontrols',
      '-f',
      'json',
      '--kubeconfig',
      cluster.kubeconfig,
    ])
    const own = verdictsOn(JSON.parse(one.stdout) as JsonReport, `/shop/${name}`)
    expect(own).toEqual(verdictsOn(JSON.parse(all.stdout) as JsonReport, `/shop/${name}`))
    expect(own.size).toBeGreaterThan(10)
  })

  test('is joined with what leads to it and with what it may do in other namespaces', () => {
    const { stdout, code } = scan('shop/Deployment/web')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Workload shop\/Deployment\/web\n1 resource judged among \d+ objects of the cluster /)
    expect(stdout).toMatch(/C-0256 External facing\n(?:.*\n)*? +With: Service shop\/web/)
    expect(stdout).toMatch(/C-0272 .*\n(?:.*\n)*? +With: ServiceAccount shop\/robot, RoleBinding bank\/robot-in-bank/)
    expect(stdout).not.toContain('ledger')
  })

  test('is looked for in the namespace of the context, or in the one that is named', () => {
    const near = scan('Deployment/web')
    expect([near.code, near.stderr]).toEqual([
      1,
      expect.stringMatching(/there is no Deployment web in namespace default\nDid you mean shop\/Deployment\/web\?\n$/),
    ])
    expect(scan('deploy/web', '-n', 'shop').stdout).toContain('Workload shop/Deployment/web')
    expect(scan('Deployment/web', '-n', 'shop', '--api-version', 'apps/v1').code).toBe(0)
  })

  test.each<[string, RegExp]>([
    ['shop/Deployment/webb', /there is no Deployment webb in namespace shop\nDid you mean shop\/Deployment\/web\?/],
    ['nowhere/Deployment/web', /there is no Deployment web in namespace nowhere\nNo Deployment is there at all/],
    ['shop/Deployment.v1beta2.apps/web', /has no type Deployment\.v1beta2\.apps: .*\nIt has Deployment as apps\/v1\./],
    ['shop/Deployment.v1.example.com/web', /has no type Deployment\.v1\.example\.com\nIt has Deployment as apps\/v1\./],
  ])('%s is refused', (name, message) => {
    const { code, stdout, stderr } = scan(name)
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(message)])
  })

  test('that a Deployment has made is refused with its name', () => {
    const { code, stderr } = scan(`shop/Pod/${pod}`)
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /error: Pod web-\S+ was made by ReplicaSet web-\S+ of Deployment web, and changes with it\nScan that one: kubescape scan workload shop\/Deployment\/web\n$/,
    )
  })
})

describe('what is asked for', () => {
  test('is the workload, what lives beside it, and no other workload', async () => {
    const kubeconfig = await userWith(
      'asker',
      rightsOf('asker', '[{apiGroups: ["*"], resources: ["*"], verbs: [get, list]}]'),
      ['list', 'pods', '-A'],
    )
    const { code } = kubescape(['scan', 'workload', 'shop/Deployment/web', '--kubeconfig', kubeconfig])
    expect(code).toBe(0)
    const requests = requestsOf('asker').filter((each) => !/selfsubject|^get \/(?:api|version)/.test(each))
    expect(requests.filter((each) => each.startsWith('get '))).toEqual(['get deployments.apps web in shop'])
    expect(requests.filter((each) => /\bpods\b|deployments|jobs|sets/.test(each) && !each.startsWith('get '))).toEqual(
      [],
    )
    expect(requests).toContain('list networkpolicies.networking.k8s.io in shop')
    expect(requests).toContain('list serviceaccounts in shop')
    expect(requests).toContain('list rolebindings.rbac.authorization.k8s.io')
    expect(requests).not.toContain('list serviceaccounts')
  })

  test('needs no more than listing, where getting is denied', async () => {
    const kubeconfig = await userWith(
      'lister',
      rightsOf('lister', '[{apiGroups: ["*"], resources: ["*"], verbs: [list]}]'),
      ['list', 'pods', '-A'],
    )
    const own = kubescape(['scan', 'workload', 'shop/Deployment/web', '--kubeconfig', kubeconfig])
    expect(own.stdout).toEqual(scan('shop/Deployment/web').stdout)
    const absent = kubescape(['scan', 'workload', 'shop/Deployment/webb', '--kubeconfig', kubeconfig])
    expect(absent.stderr).toMatch(/there is no Deployment webb in namespace shop\nDid you mean shop\/Deployment\/web/)
  })

  test('ends with a clear word where neither is allowed', async () => {
    const kubeconfig = await cluster.kubeconfigFor('stranger')
    const { code, stderr } = kubescape(['scan', 'workload', 'shop/Deployment/web', '--kubeconfig', kubeconfig])
    expect(code).toBe(1)
    expect(stderr).toMatch(/error: Deployment shop\/web may not be read: .*forbidden.*\n.*get or list deployments/)
  })

  test('with rights in its namespace only, gives up what reaches beyond it', async () => {
    const kubeconfig = await userWith(
      'shopkeeper',
      rightsOf('shopkeeper', '[{apiGroups: ["*"], resources: ["*"], verbs: [get, list]}]', 'shop'),
      ['list', 'pods', '-n', 'shop'],
    )
    const { stdout } = kubescape(['scan', 'workload', 'shop/Deployment/web', '-f', 'json', '--kubeconfig', kubeconfig])
    const report = JSON.parse(stdout) as JsonReport & {
      scanCoverage: { notEvaluatedControls: { controlID: string; reason: string }[] }
    }
    const lost = report.scanCoverage.notEvaluatedControls
      .filter(({ reason }) => reason.includes('could not be read'))
      .map(({ controlID }) => controlID)
    expect(lost).toEqual(expect.arrayContaining(['C-0261', 'C-0272']))
    expect(lost).not.toContain('C-0256')
    expect(report.summaryDetails.controls['C-0256']?.status).toBe('failed')
  })
})

describe('--dry-run', () => {
  test('says that all is well where it is, and reads nothing', async () => {
    const kubeconfig = await userWith(
      'careful',
      rightsOf('careful', '[{apiGroups: ["*"], resources: ["*"], verbs: [list]}]'),
      ['list', 'pods', '-A'],
    )
    const { code, stdout } = kubescape(['scan', '--dry-run', '--kubeconfig', kubeconfig])
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^All \d+ types may be read, for \d+ controls\.\n$/)])
    const requests = requestsOf('careful').filter((each) => !/^get \/(?:api|version)/.test(each))
    expect(new Set(requests.map((each) => each.split('.')[0]))).toEqual(new Set(['create selfsubjectaccessreviews']))
  })

  test('names what is denied, with the controls that depend on it', async () => {
    const kubeconfig = await userWith(
      'partial',
      rightsOf(
        'partial',
        '[{apiGroups: [apps, batch], resources: ["*"], verbs: [list]}, {apiGroups: [""], resources: [pods, services], verbs: [list]}]',
      ),
      ['list', 'pods', '-A'],
    )
    const framework = ['scan', 'framework', 'nsa', '--kubeconfig', kubeconfig]
    const { code, stdout, stderr } = kubescape([...framework, '--dry-run'])
    expect(code).toBe(1)
    expect(stderr).toContain('`kubescape rbac generate` prints roles that allow all of it')
    const lines = stdout.trim().split('\n')
    expect(lines).toContain('denied       serviceaccounts: C-0034')
    expect(lines).toContain('denied       ingresses.networking.k8s.io: C-0256')
    expect(lines.find((line) => line.includes(' pods:'))).toBeUndefined()
    expect(lines.at(-1)).toMatch(
      /^\d+ types: \d+ allowed, \d+ denied\. \d+ of \d+ controls cannot be evaluated in full\.$/,
    )
    const scanned = JSON.parse(kubescape([...framework, '-f', 'json']).stdout) as JsonReport & {
      scanCoverage: { failedGVRPulls: { gvr: string }[] }
    }
    const exceptions = lines.find((line) => line.endsWith(': exceptions of the cluster'))
    expect(exceptions).toBe('denied       list configmaps kubescape-exceptions in kubescape: exceptions of the cluster')
    const denied = lines.flatMap((line) => /^denied +(\S+):/.exec(line)?.[1] ?? [])
    const failed = scanned.scanCoverage.failedGVRPulls
      .map(({ gvr }) => gvr.split('/'))
      .map(([group = '', , plural = '']) => (group === '' ? plural : `${plural}.${group}`))
    expect(new Set(denied)).toEqual(new Set(failed))
  })

  test('shows ten controls of a type at most', async () => {
    const kubeconfig = await cluster.kubeconfigFor('stranger')
    const { stdout } = kubescape(['scan', '--dry-run', '--kubeconfig', kubeconfig])
    expect(stdout).toMatch(/^denied {7}pods: (?:C-\d{4}, ){10}\d+ more$/m)
  })

  test('asks by namespace, and tells what is out of reach beyond it', async () => {
    const kubeconfig = await cluster.kubeconfigFor('shopkeeper')
    const asked = (namespaces: string): Run =>
      kubescape(['scan', '--dry-run', '--kubeconfig', kubeconfig, '--include-namespaces', namespaces])
    const inShop = asked('shop')
    expect(inShop.code).toBe(1)
    expect(inShop.stdout).toContain(
      'denied       rolebindings.rbac.authorization.k8s.io outside shop: C-0261, C-0267, C-0272\n',
    )
    expect(inShop.stdout).toContain('denied       nodes: ')
    expect(inShop.stdout).not.toMatch(/\bpods\b/)
    expect(asked('shop,bank').stdout).toMatch(/^denied {7}pods in bank: /m)
  })

  test('of one workload asks for that and for what it is joined with', async () => {
    const kubeconfig = await cluster.kubeconfigFor('shopkeeper')
    const { code, stdout } = kubescape([
      'scan',
      'workload',
      'shop/Deployment/web',
      '--dry-run',
      '--kubeconfig',
      kubeconfig,
    ])
    expect(code).toBe(1)
    expect(stdout).not.toContain('deployments.apps')
    expect(stdout).toContain('denied       roles.rbac.authorization.k8s.io outside shop: C-0267, C-0272\n')
    const other = kubescape(['scan', 'workload', 'bank/Deployment/ledger', '--dry-run', '--kubeconfig', kubeconfig])
    expect(other.stdout).toMatch(/^denied {7}deployments\.apps in bank: (?:C-\d{4}, ){10}\d+ more$/m)
  })

  test('names types that the server cannot tell, without failing for them', async () => {
    await cluster.apply(`apiVersion: v1
kind: Service
metadata: {name: gone, namespace: default}
spec: {type: ExternalName, externalName: localhost, ports: [{port: 1}]}
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1beta0.imagedata.kubescape.cloud}
spec:
  group: imagedata.kubescape.cloud
  version: v1beta0
  groupPriorityMinimum: 100
  versionPriority: 100
  insecureSkipTLSVerify: true
  service: {name: gone, namespace: default, port: 1}
`)
    const run = await eventually('the server knows of the group', () => {
      const asked = kubescape(['scan', 'control', 'C-0237', '--dry-run', '--kubeconfig', cluster.kubeconfig])
      return asked.stdout.includes('not found') && asked
    })
    expect(run.code).toBe(0)
    expect(run.stdout).toMatch(
      /^not found {4}ImageSignatures\.imagedata\.kubescape\.cloud \(the types of .* are not known: .*\): C-0237\n\d+ types: \d+ allowed, 1 not found\. 1 of 1 control cannot be evaluated in full\.\n$/,
    )
  })
})
