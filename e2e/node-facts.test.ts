import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'

import { LIBRARY, type ControlDeclaration } from '../packages/controls/src/index.ts'
import type { MockMachine } from '../packages/sources/src/nodes/mock-machine.ts'
import { temporaryFolder, writeFiles } from './folder.ts'
import { scanJson, type JsonReport } from './json-report.ts'
import { kubescape } from './kubescape.ts'
import { mockNode, NODE_CANARIES, type Condition } from './mock-node.ts'

/** Controls about facts of nodes that facts alone do not decide, and why. */
const UNDECIDED: Readonly<Record<string, string>> = {
  'C-0052': 'only a request tells whether the metadata service of a cloud answers: --metadata-service',
  'C-0079': 'the kernel is that of a Node object: add the output of kubectl get nodes -o yaml',
}
/** Controls of a file that a careless kubelet does not have. */
const WITHOUT_CLIENT_CA = ['C-0168', 'C-0169']

const NODE = `apiVersion: v1
kind: Node
metadata: {name: node-1.example}
status: {nodeInfo: {operatingSystem: linux, kernelVersion: 5.13.0-25-generic}}
`

const isAboutNodes = ({ checks }: ControlDeclaration): boolean =>
  checks.some((check) => JSON.stringify(check.match).includes('hostdata.kubescape.cloud'))

const NODE_CONTROLS = LIBRARY.filter(isAboutNodes).map(({ id }) => id)
const DECIDED = NODE_CONTROLS.filter((id) => !Object.hasOwn(UNDECIDED, id))

const out = temporaryFolder()
const machines: MockMachine[] = []

afterAll(() => machines.forEach((machine) => machine.remove()))

function machineOf(condition: Condition): MockMachine {
  const machine = mockNode(condition)
  machines.push(machine)
  return machine
}

interface Collected {
  readonly file: string
  readonly text: string
  readonly stderr: string
}

/** Collects into a file of the given name. */
function collect(machine: MockMachine, name: string, ...flags: readonly string[]): Collected {
  const file = join(out, name)
  const { code, stdout, stderr } = kubescape(['node-facts', '--root', machine.root, '-o', file, ...flags])
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  return { file, text: readFileSync(file, 'utf8'), stderr }
}

/** The controls by what a scan of files says of them; `undecided` for those that are not in the report. */
function verdicts(controls: readonly string[], ...files: readonly string[]): Record<string, string> {
  const { report } = scanJson(['scan', 'control', controls.join(','), ...files])
  return Object.fromEntries(controls.map((id) => [id, statusIn(report, id)]))
}

function statusIn({ results }: JsonReport, id: string): string {
  return results.find(({ controlID }) => controlID === id)?.status ?? 'undecided'
}

/** The text with the content of files written out. */
function unpacked(text: string): string {
  return text.replaceAll(/(?<=content"?: ?"?)[\w+/=]{20,}/g, (base64) => Buffer.from(base64, 'base64').toString())
}

test('what the metadata service of a cloud answers decides C-0052, in either spelling of the kind', () => {
  for (const kind of ['cloudProviderInfo', 'CloudProviderInfo']) {
    const fact = (access: boolean): string =>
      JSON.stringify({
        apiVersion: 'hostdata.kubescape.cloud/v1beta0',
        kind,
        metadata: { name: 'node-1' },
        data: { providerMetaDataAPIAccess: access },
      })
    writeFiles(out, { 'open.json': fact(true), 'closed.json': fact(false) })
    expect(verdicts(['C-0052'], join(out, 'open.json'))).toEqual({ 'C-0052': 'failed' })
    expect(verdicts(['C-0052'], join(out, 'closed.json'))).toEqual({ 'C-0052': 'passed' })
  }
})

describe('a node that follows the benchmark', () => {
  const machine = machineOf('good')
  const { file, text, stderr } = collect(machine, 'good.yaml')

  test('passes every control that facts can decide, the framework included', () => {
    const statuses = verdicts(NODE_CONTROLS, file)
    const { report } = scanJson(['scan', 'framework', 'cis-v1.23-t1.0.1', file])
    for (const id of DECIDED) expect({ id, status: statuses[id] }).toEqual({ id, status: 'passed' })
    for (const id of Object.keys(UNDECIDED)) expect({ id, status: statuses[id] }).toEqual({ id, status: 'undecided' })
    const failed = report.results.filter(({ status }) => status !== 'passed')
    expect(failed.map(({ controlID }) => controlID)).toEqual([])
    expect(report.results.map(({ controlID }) => controlID)).toEqual(
      expect.arrayContaining(['C-0092', 'C-0141', 'C-0162', 'C-0172', 'C-0205']),
    )
  })

  test('is told in one line', () => {
    expect(stderr).toBe(
      'node-1.example: OsReleaseFile, KernelVersion, LinuxSecurityHardeningStatus, OpenPortsList, LinuxKernelVariables, KubeletInfo, KubeProxyInfo, ControlPlaneInfo, CNIInfo\n',
    )
  })

  test('has one document for each kind, and the same objects in a list of JSON', () => {
    expect(text.match(/^---$/gm)).toHaveLength(9)
    expect(text).toContain('kind: OsReleaseFile\nmetadata:\n  name: node-1.example\ndata: "NAME=\\"Mock Linux\\"\\n')
    const { code, stdout } = kubescape(['node-facts', '--root', machine.root, '-f', 'json'])
    const list = JSON.parse(stdout) as { kind: string; items: { kind: string; data: unknown }[] }
    expect({ code, kind: list.kind, length: list.items.length }).toEqual({ code: 0, kind: 'List', length: 9 })
    expect(list.items.find(({ kind }) => kind === 'OpenPortsList')?.data).toEqual({
      tcpPorts: [port('tcp', '0.0.0.0', 22), port('tcp', '::', 10_250)],
      udpPorts: [port('udp', '127.0.0.53', 53)],
      icmpPorts: [],
    })
    expect(list.items.find(({ kind }) => kind === 'LinuxSecurityHardeningStatus')?.data).toEqual({
      appArmor: 'docker-default (enforce)',
      seLinux: 'enforcing',
    })
    const json = join(out, 'good.json')
    writeFileSync(json, stdout)
    expect(verdicts(NODE_CONTROLS, json)).toEqual(verdicts(NODE_CONTROLS, file))
  })

  test('is written for its owner only, under the name that was asked for', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(collect(machine, 'named.yaml', '--node-name', 'yes').text.match(/^ {2}name: "yes"$/gm)).toHaveLength(9)
  })

  const port = (transport: string, localAddress: string, localPort: number): unknown => {
    const remoteAddress = localAddress === '::' ? '::' : '0.0.0.0'
    return { transport, localAddress, localPort, remoteAddress, remotePort: 0 }
  }
})

describe('a careless node', () => {
  const machine = machineOf('bad')
  const { file } = collect(machine, 'bad.yaml')

  test('fails every control that facts can decide', () => {
    const statuses = verdicts(NODE_CONTROLS, file)
    for (const id of DECIDED) {
      expect({ id, status: statuses[id] }).toEqual({
        id,
        status: WITHOUT_CLIENT_CA.includes(id) ? 'undecided' : 'failed',
      })
    }
  })

  test('with its Node object beside the facts is judged by its kernel too', () => {
    writeFiles(out, { 'node.yaml': NODE })
    expect(verdicts(['C-0079'], file, join(out, 'node.yaml'))).toEqual({ 'C-0079': 'failed' })
    expect(verdicts(['C-0079'], join(out, 'good.yaml'), join(out, 'node.yaml'))).toEqual({ 'C-0079': 'passed' })
  })
})

describe('secrets', () => {
  test.each<Condition>(['good', 'bad'])('of a %s node are in no output', (condition) => {
    const machine = machineOf(condition)
    for (const format of ['yaml', 'json']) {
      const { text, stderr } = collect(machine, `secrets-${condition}.${format}`, '-f', format)
      const outputs = [text, unpacked(text), stderr]
      expect(unpacked(text)).toContain('EncryptionConfiguration')
      expect(unpacked(text)).toContain('KubeletConfiguration')
      for (const [place, secret] of Object.entries(NODE_CANARIES)) {
        const forms = [secret, Buffer.from(secret).toString('base64').replace(/=+$/, '')]
        for (const form of forms)
          expect({ place, leaks: outputs.some((each) => each.includes(form)) }).toEqual({ place, leaks: false })
      }
    }
  })
})

/** What is done to a good node, and the controls that can then not be decided. Those of a configuration that was not sent fail. */
const DAMAGES: readonly (readonly [what: string, controls: readonly string[], damage: (root: string) => void])[] = [
  [
    'a directory in place of a kubeconfig',
    ['C-0166', 'C-0167', 'C-0238'],
    (root) => replace(root, 'etc/kubernetes/kubelet.conf', mkdirSync),
  ],
  [
    'a loop of links',
    ['C-0104', 'C-0105'],
    (root) => replace(root, 'etc/kubernetes/admin.conf', (at) => symlinkSync('admin.conf', at)),
  ],
  [
    'a link out of the root',
    ['C-0106', 'C-0107'],
    (root) => replace(root, 'etc/kubernetes/scheduler.conf', (at) => symlinkSync(join(out, 'good.yaml'), at)),
  ],
  [
    'a FIFO in place of a manifest',
    ['C-0092', 'C-0093', 'C-0141', 'C-0142', 'C-0161', 'C-0208'],
    (root) =>
      replace(root, 'etc/kubernetes/manifests/kube-apiserver.yaml', (at) =>
        execFileSync('sh', ['-c', 'mkfifo "$0"', at]),
      ),
  ],
  ['a missing directory', ['C-0102', 'C-0103'], (root) => rmSync(join(root, 'var/lib/etcd'), { recursive: true })],
  [
    'a link in the PKI directory that leads nowhere',
    ['C-0110', 'C-0112'],
    (root) => symlinkSync('nowhere', join(root, 'etc/kubernetes/pki/extra.key')),
  ],
  [
    'a directory tree without end',
    ['C-0110', 'C-0111', 'C-0112'],
    (root) => mkdirSync(join(root, `etc/kubernetes/pki/${'a/'.repeat(30)}`), { recursive: true }),
  ],
  [
    'too many files',
    ['C-0100', 'C-0101'],
    (root) => {
      for (let at = 0; at < 1100; at++) writeFileSync(join(root, `etc/cni/net.d/x${at}`), '', { mode: 0o600 })
    },
  ],
  ['a huge file', ['C-0161'], (root) => truncateSync(join(root, 'etc/kubernetes/security/audit.yaml'), 2 ** 40)],
  [
    'binary rubbish',
    ['C-0141', 'C-0142', 'C-0208'],
    (root) => writeFileSync(join(root, 'etc/kubernetes/security/encryption.yaml'), Buffer.from([0x80, 0xff, 0, 1, 2])),
  ],
  [
    'a file of another kind',
    ['C-0141', 'C-0142', 'C-0208'],
    (root) => writeFileSync(join(root, 'etc/kubernetes/security/encryption.yaml'), 'kind: Secret\n'),
  ],
]

function replace(root: string, path: string, put: (at: string) => unknown): void {
  rmSync(join(root, path))
  put(join(root, path))
}

describe('what cannot be read passes nothing', () => {
  test.each(DAMAGES)('%s', (what, controls, damage) => {
    const machine = machineOf('good')
    damage(machine.root)
    const { file, stderr } = collect(machine, 'damaged.yaml')
    expect(stderr.split('\n').length).toBeGreaterThan(2)
    const statuses = verdicts(DECIDED, file)
    const undecided = DECIDED.filter((id) => statuses[id] !== 'passed')
    expect({ what, undecided }).toEqual({ what, undecided: [...controls] })
    for (const id of controls) expect({ id, status: statuses[id] }).toEqual({ id, status: 'undecided' })
  })

  test.each<[string, (root: string) => void]>([
    ['gone', (root) => rmSync(join(root, 'var/lib/kubelet/config.yaml'))],
    ['huge', (root) => truncateSync(join(root, 'var/lib/kubelet/config.yaml'), 2 ** 40)],
    ['of another kind', (root) => writeFileSync(join(root, 'var/lib/kubelet/config.yaml'), 'kind: Config\n')],
  ])('a configuration of the kubelet that is %s', (_what, damage) => {
    const machine = machineOf('good')
    damage(machine.root)
    const { file } = collect(machine, 'damaged.yaml')
    const ids = ['C-0069', 'C-0070', 'C-0172', 'C-0173', 'C-0174', 'C-0175', 'C-0176', 'C-0177', 'C-0178', 'C-0180']
    for (const [id, status] of Object.entries(
      verdicts([...ids, 'C-0181', 'C-0182', 'C-0183', 'C-0184', 'C-0284'], file),
    )) {
      expect({ id, passes: status === 'passed' }).toEqual({ id, passes: false })
    }
  })

  test('nothing but the account files: every owner is judged by number', () => {
    const machine = machineOf('good')
    rmSync(join(machine.root, 'etc/passwd'))
    rmSync(join(machine.root, 'etc/group'))
    const isRoot = process.getuid?.() === 0 && process.getgid?.() === 0
    const { file } = collect(machine, 'damaged.yaml')
    expect(verdicts(['C-0093', 'C-0110'], file)).toEqual({
      'C-0093': isRoot ? 'passed' : 'failed',
      'C-0110': isRoot ? 'passed' : 'failed',
    })
  })
})

describe('the command', () => {
  test('runs on the machine itself', () => {
    const { code, stdout, stderr } = kubescape(['node-facts'])
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^---\napiVersion: hostdata\.kubescape\.cloud\/v1beta0\nkind: \w+\nmetadata:\n {2}name: \S+\n/,
    )
    expect(stderr).toMatch(/^\S+: \w+/)
    expect(kubescape(['scan', 'framework', 'cis-v1.23-t1.0.1', '-'], { stdin: stdout }).code).toBe(0)
  })

  test('tells at most twenty places, and how many more there are', () => {
    const machine = machineOf('good')
    for (let at = 0; at < 30; at++) symlinkSync('nowhere', join(machine.root, `etc/kubernetes/pki/\u001B[31m${at}.key`))
    const { stderr } = collect(machine, 'many.yaml')
    expect(stderr.trimEnd().split('\n')).toHaveLength(22)
    expect(stderr).toContain('; 30 places could not be read\n')
    expect(stderr).toMatch(/and 10 more\n$/)
    expect(stderr).not.toContain('\u001B')
  })

  test.each<[readonly string[], string]>([
    [['--root', '/no/such/root'], 'no facts could be collected below /no/such/root: /no/such/root does not exist'],
    [['--root', out], 'no facts could be collected below'],
    [['-f', 'xml'], '--format does not know "xml"'],
    [['--root', ''], '--root is empty'],
    [['--node-name', ''], '--node-name is empty'],
    [['-o', '/dev/null/file'], 'cannot write /dev/null/file'],
  ])('%j ends with 1', (flags, message) => {
    const { code, stdout, stderr } = kubescape(['node-facts', ...flags])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(new RegExp(`^error: ${RegExp.escape(message)}`))
  })
})
