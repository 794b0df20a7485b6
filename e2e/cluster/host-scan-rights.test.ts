/** What an account needs to collect facts of nodes: the roles that are printed, all of them and nothing else. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../folder.ts'
import { kubescape } from '../kubescape.ts'
import { COLLECT, PlayedCluster, verdicts } from './host-scans.ts'
import { PlayedKubelets } from './played-kubelet.ts'
import { eventually } from './testbed/eventually.ts'

interface AuditEvent {
  readonly verb: string
  readonly user: { readonly username: string }
  readonly objectRef?: { readonly resource: string; readonly apiGroup?: string; readonly namespace?: string }
}

interface Role {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly rules?: readonly { apiGroups: string[]; resources: string[]; verbs: string[] }[]
}

const folder = temporaryFolder()
const policy = join(folder, 'audit-policy.yaml')
const auditLog = join(folder, 'audit.log')
writeFileSync(
  policy,
  'apiVersion: audit.k8s.io/v1\nkind: Policy\nomitStages: [RequestReceived]\nrules: [{level: Metadata}]\n',
)

let played: PlayedCluster

beforeAll(async () => {
  played = await PlayedCluster.start([
    `--audit-policy-file=${policy}`,
    `--audit-log-path=${auditLog}`,
    '--audit-log-mode=blocking',
  ])
  await played.cluster.apply('{apiVersion: v1, kind: Namespace, metadata: {name: tools}}')
})
afterAll(() => played?.[Symbol.asyncDispose]())

const CONTROL = ['scan', 'control', 'C-0172']
const ONE_NODE = ['--host-scan-nodes', 'kubernetes.io/hostname=good']

/** A kubeconfig of a new account with what is printed for it. */
async function accountWith(name: string, ...flags: readonly string[]): Promise<{ kubeconfig: string; roles: Role[] }> {
  const args = ['--controls', 'C-0172', '--name', name, '--service-account', `default/${name}`, '-f', 'json']
  const { stdout } = kubescape(['rbac', 'generate', ...args, ...flags])
  await played.cluster.apply(stdout)
  const roles = (JSON.parse(stdout) as { items: Role[] }).items.filter(({ rules }) => rules !== undefined)
  return { kubeconfig: played.cluster.kubeconfigWithToken(await played.cluster.tokenFor('default', name)), roles }
}

/** What was asked in the name of the account, beyond what everybody may ask: `verb resource.group`. */
function askedBy(name: string): Set<string> {
  const events = readFileSync(auditLog, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as AuditEvent)
  const own = events.filter(({ user }) => user.username === `system:serviceaccount:default:${name}`)
  const asked = own.flatMap(({ verb, objectRef }) =>
    objectRef === undefined || objectRef.resource.startsWith('selfsubject')
      ? []
      : [`${verb} ${objectRef.resource}.${objectRef.apiGroup ?? ''}`],
  )
  return new Set(asked)
}

const allowedBy = (roles: readonly Role[]): Set<string> =>
  new Set(
    roles.flatMap(({ rules = [] }) =>
      rules.flatMap(({ apiGroups, resources, verbs }) =>
        verbs.flatMap((verb) => resources.map((resource) => `${verb} ${resource}.${apiGroups[0] ?? ''}`)),
      ),
    ),
  )

describe('the roles that are printed', () => {
  test.each<[string, string[]]>([
    ['roamer', []],
    ['toolsmith', ['--host-scan-namespace', 'tools']],
  ])('are what %s needs to collect with %j', async (name, place) => {
    const { kubeconfig, roles } = await accountWith(name, '--enable-host-scan', ...place)
    const scan = [...CONTROL, ...COLLECT, ...place, ...ONE_NODE]
    const preflight = await eventually('the rights have arrived', () => {
      const asked = kubescape([...scan, '--dry-run', '--kubeconfig', kubeconfig])
      return asked.code === 0 && asked
    })
    expect(preflight.stdout).not.toContain('denied')
    await using _kubelets = new PlayedKubelets(played.cluster, played.nodes)
    const { code, report, stderr } = await played.scan(...scan, '--kubeconfig', kubeconfig).ended
    expect([code, stderr]).toEqual([0, expect.not.stringMatching(/could not|forbidden/) as string])
    expect(verdicts(report, 'good')).toEqual(new Map([['C-0172 KubeletInfo/good', 'passed']]))
    await played.nothingIsLeft()
    const [asked, allowed] = [askedBy(name), allowedBy(roles)]
    expect([...asked].filter((each) => !allowed.has(each))).toEqual([])
    // Making a role takes what is in it; events say why there is no Pod, the namespace is looked for when making it was cut off.
    const rarely = ['patch secrets.', 'list events.', ...(place.length === 0 ? ['get namespaces.'] : [])]
    // What this cluster does not have.
    const absent = [...allowed].filter((each) => each.includes('kubescape'))
    expect([...allowed].filter((each) => !asked.has(each)).toSorted()).toEqual([...rarely, ...absent].toSorted())
  })
})

test('without them the preflight names what is missing, and for what', async () => {
  const { kubeconfig } = await accountWith('reader')
  const asked = async (...flags: readonly string[]): Promise<string> => {
    const run = await eventually('the rights of a scan have arrived', () => {
      const { code, stdout } = kubescape([...CONTROL, '--dry-run', '--kubeconfig', kubeconfig, ...flags])
      return stdout.includes('exceptions of the cluster') ? undefined : { code, stdout }
    })
    expect(run.code).toBe(flags.length === 0 ? 0 : 1)
    return run.stdout
  }
  expect(await asked()).not.toContain('denied')
  const named = await asked(...COLLECT, '--host-scan-namespace', 'tools')
  expect(named.split('\n')).toEqual(
    expect.arrayContaining([
      'denied       list nodes: facts of nodes',
      'denied       get namespaces in tools: facts of nodes',
      'denied       create, delete, list, patch jobs.batch in tools: facts of nodes',
      'denied       create, get, patch secrets in tools: facts of nodes',
    ]),
  )
  expect(await asked(...COLLECT)).toContain('denied       list, create, get, delete namespaces: facts of nodes\n')
})

test('exceptions that may not be read are named too', async () => {
  await played.cluster.apply(`apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: pods-only}
rules: [{apiGroups: [''], resources: [pods], verbs: [list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: pods-only}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: pods-only}
subjects: [{kind: User, apiGroup: rbac.authorization.k8s.io, name: podder}]
`)
  const kubeconfig = await played.cluster.kubeconfigFor('podder')
  const args = ['scan', 'control', 'C-0057', '--include-kinds', 'Pod', '--kubeconfig', kubeconfig]
  const { code, stdout } = kubescape([...args, '--dry-run'])
  expect([code, stdout]).toEqual([
    1,
    'denied       list configmaps kubescape-exceptions in kubescape: exceptions of the cluster\nAll 1 type may be read, for 1 control.\n',
  ])
  expect(kubescape(args).stderr).toContain('exceptions of ConfigMap kubescape/kubescape-exceptions could not be read')
})
