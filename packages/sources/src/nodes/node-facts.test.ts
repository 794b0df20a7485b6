import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { MockMachine, ORDINARY_POD, STATIC_POD, type MockFiles } from './mock-machine.ts'
import { collectNodeFacts, type NodeFactsOptions } from './node-facts.ts'

const KUBELET_CONFIG = 'kind: KubeletConfiguration\nstaticPodPath: /pods\n'

let machine: MockMachine

beforeEach(() => {
  machine = new MockMachine()
  write({ 'etc/hostname': 'Node-1\n', 'proc/1/cmdline': '/sbin/init\0' })
})

afterEach(() => machine.remove())

function write(files: MockFiles): void {
  machine.write(files)
}

/** A process; several numbers stand for one in a container. */
function run(pids: readonly number[], words: string, uid = 0, cgroup = '0::/'): void {
  machine.run(pids, words.split(' '), { uid, cgroup })
}

interface Collected {
  readonly node: string
  readonly unread: readonly string[]
  /** The data of a kind. */
  readonly data: (kind: string) => unknown
}

function collect(options: NodeFactsOptions = {}): Collected {
  const { node, objects, unread } = collectNodeFacts({ root: machine.root, ...options })
  return {
    node,
    unread: unread.map(({ path, why }) => `${path} ${why}`),
    data: (kind) => objects.find((object) => object.kind === kind)?.data,
  }
}

describe('the name of the node', () => {
  test('is the host name in small letters, what the kubelet was told, or what is asked for', () => {
    write({ 'etc/os-release': 'ID=x\n' })
    expect(collect().node).toBe('node-1')
    run([7], 'kubelet --hostname-override=Other')
    expect(collect().node).toBe('other')
    expect(collect({ nodeName: 'third' }).node).toBe('third')
  })

  test('that cannot be told leaves no objects', () => {
    write({ 'etc/os-release': 'ID=x\n', 'etc/hostname': ' \n' })
    expect(collect()).toMatchObject({ node: '', unread: ['/etc/hostname does not tell the name of the node'] })
    expect(collect().data('OsReleaseFile')).toBeUndefined()
  })
})

describe('which process counts', () => {
  const cmdLine = (kind = 'KubeletInfo'): unknown => (collect().data(kind) as { cmdLine?: string } | undefined)?.cmdLine

  test('a kubelet in a container is that of another node', () => {
    run([7, 1], 'kubelet --nested')
    expect(collect().data('KubeletInfo')).toBeUndefined()
    run([8], '/usr/bin/kubelet --own')
    expect(cmdLine()).toBe('/usr/bin/kubelet --own')
    expect(collect().unread).toEqual([])
  })

  test('one of root comes before one that anybody may have started, and the doubt is told', () => {
    run([7], 'kubelet --config=/tmp/mine', 1000)
    run([8], 'kubelet --own')
    expect(cmdLine()).toBe('kubelet --own')
    expect(collect().unread).toEqual(['/proc/8/cmdline one of 2 processes named kubelet; the others were left out'])
    machine.remove('proc/8')
    expect(collect().unread).toContain('/proc/7/cmdline kubelet does not run as root; anyone could have started it')
  })

  test('one in a static Pod comes before one that anybody may have started', () => {
    run([7], 'kubelet')
    run([8], 'etcd --data-dir=/tmp/mine', 1000)
    run([9, 1], 'etcd --data-dir=/data', 999, STATIC_POD)
    write({ 'data/x': '' })
    expect(collect().data('ControlPlaneInfo')).toMatchObject({ etcdDataDir: { path: '/data' } })
    expect(collect().unread).toEqual(['/proc/9/cmdline one of 2 processes named etcd; the others were left out'])
  })

  test('a static Pod of a node that is itself in a Pod is no Pod of this node', () => {
    run([7], 'kubelet')
    run([8, 2, 1], 'etcd', 0, `${ORDINARY_POD}/kubelet/kubepods/pod0123456789abcdef0123456789abcdef`)
    expect(collect().data('ControlPlaneInfo')).toBeUndefined()
  })

  test.each([
    ['hyperkube kubelet --a', 'hyperkube kubelet --a'],
    ['/opt/kubelet', '/opt/kubelet'],
    ['kubelet-wrapper --a', undefined],
    ['bash kubelet', undefined],
  ])('%s', (words, text) => {
    run([7], words)
    expect(cmdLine()).toBe(text)
  })

  test('an API server in a Pod of somebody is no control plane of this node', () => {
    run([7], 'kubelet')
    run([8, 1], 'kube-apiserver --a', 0, ORDINARY_POD)
    run([9, 1], 'etcd --data-dir=/x', 0, ORDINARY_POD)
    expect(collect().data('ControlPlaneInfo')).toBeUndefined()
    run([10, 1], 'kube-apiserver --own', 0, STATIC_POD)
    expect(collect().data('ControlPlaneInfo')).toMatchObject({ APIServerInfo: { cmdLine: 'kube-apiserver --own' } })
  })

  test('a static Pod without a kubelet beside it belongs to a node in a container', () => {
    run([8, 1], 'kube-apiserver --a', 0, STATIC_POD)
    expect(collect().data('ControlPlaneInfo')).toBeUndefined()
  })

  test('a process that ends while it is looked at is none', () => {
    write({ 'proc/7/cmdline': 'kubelet\0', 'proc/8/environ': '' })
    expect(collect().data('KubeletInfo')).toBeUndefined()
    expect(collect().unread).toEqual([])
  })

  test('half of a command line is none', () => {
    run([7], `kubelet --config=/c --x=${'x'.repeat(300)}`)
    const { data, unread } = collect({ limits: { commandLineBytes: 200 } })
    expect(data('KubeletInfo')).not.toHaveProperty('cmdLine')
    expect(unread).toContain('/proc/7/cmdline the command line is too long')
  })

  test('that not all processes can be seen is told', () => {
    run([7], 'kubelet')
    run([8], 'kubelet')
    const { unread } = collect({ limits: { processes: 2 } })
    expect(unread).toEqual(['/proc more than 2 processes'])
    machine.remove('proc/1')
    expect(collect().unread).toContain('/proc shows only some of the processes')
    machine.remove('proc')
    write({ 'etc/os-release': '' })
    expect(collect().unread).toEqual(['/proc does not exist'])
  })
})

describe('files', () => {
  test('a kubelet that runs uses what it was told, not what lies at the usual places', () => {
    write({ 'var/lib/kubelet/config.yaml': KUBELET_CONFIG, 'etc/kubernetes/kubelet.conf': '', own: KUBELET_CONFIG })
    expect(collect().data('KubeletInfo')).toMatchObject({
      configFile: { path: '/var/lib/kubelet/config.yaml' },
      kubeConfigFile: { path: '/etc/kubernetes/kubelet.conf' },
    })
    run([7], 'kubelet --config /own')
    expect(Object.keys(collect().data('KubeletInfo') as object)).toEqual(['configFile', 'cmdLine'])
    expect(collect().data('KubeletInfo')).toMatchObject({ configFile: { path: '/own' } })
  })

  test('the kubelet says where the manifests are', () => {
    write({ own: KUBELET_CONFIG, 'pods/kube-scheduler.yml': 'kind: Pod\n' })
    run([7], 'kubelet --config=/own')
    expect(collect().data('ControlPlaneInfo')).toMatchObject({
      schedulerInfo: { specsFile: { path: '/pods/kube-scheduler.yml' } },
    })
  })

  test('a file that is named and missing is recorded as such, and told', () => {
    run([7], 'kubelet --config=/gone --kubeconfig=/etc/hostname/x --client-ca-file=/etc')
    expect(collect().data('KubeletInfo')).toMatchObject({
      configFile: { path: '/gone', ownership: { err: 'does not exist' } },
      kubeConfigFile: { path: '/etc/hostname/x', ownership: { err: 'a part of the path is no directory' } },
      clientCAFile: { path: '/etc', ownership: { err: 'is a directory' } },
    })
    expect(collect().unread).toEqual([
      '/gone does not exist',
      '/etc/hostname/x a part of the path is no directory',
      '/etc is a directory',
    ])
  })

  test('owners have the names of the machine, and numbers where it has none', () => {
    const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0]
    write({ 'etc/kubernetes/kubelet.conf': '' })
    const owner = (): unknown =>
      (collect().data('KubeletInfo') as { kubeConfigFile: { ownership: unknown } }).kubeConfigFile.ownership
    expect(owner()).toEqual({ uid, gid, username: '', groupname: '' })
    write({ 'etc/passwd': `bad\nx:y:z\nme:x:${uid}:1\nmetoo:x:${uid}:1\n`, 'etc/group': `us:x:${gid}:me` })
    expect(owner()).toEqual({ uid, gid, username: 'me', groupname: 'us' })
  })

  test('a path inside of a container that the node does not share is no file of the node', () => {
    write({
      'etc/kubernetes/manifests/kube-apiserver.yaml': 'kind: Pod\nspec: {containers: [{command: [kube-apiserver]}]}\n',
      'audit.yaml': 'kind: Policy\n',
    })
    run([7], 'kubelet')
    run([8, 1], 'kube-apiserver --audit-policy-file=/audit.yaml', 0, STATIC_POD)
    expect(collect().data('ControlPlaneInfo')).not.toHaveProperty('APIServerInfo.auditPolicyFile')
    expect(collect().unread).toEqual(['/audit.yaml lies inside the container of kube-apiserver'])
    write({ 'etc/kubernetes/manifests/kube-apiserver.yaml': '[' })
    expect(collect().data('ControlPlaneInfo')).not.toHaveProperty('APIServerInfo.auditPolicyFile')
    expect(collect().unread).toContain('/etc/kubernetes/manifests/kube-apiserver.yaml is no YAML or JSON mapping')
  })

  test('units and all of their drop-ins are recorded, each once', () => {
    write({
      'usr/lib/systemd/system/kubelet.service': '',
      'usr/lib/systemd/system/kubelet.service.d/a.conf': '',
      'etc/systemd/system/kubelet.service.d/b.conf': '',
      'etc/systemd/system/kubelet.service.d/c.txt': '',
    })
    symlinkSync('usr/lib', join(machine.root, 'lib'))
    const { serviceFiles } = collect().data('KubeletInfo') as { serviceFiles: { path: string }[] }
    expect(serviceFiles.map(({ path }) => path).toSorted()).toEqual([
      '/etc/systemd/system/kubelet.service.d/b.conf',
      '/lib/systemd/system/kubelet.service.d/a.conf',
      '/usr/lib/systemd/system/kubelet.service',
    ])
  })
})

describe('the PKI directory', () => {
  interface Pki {
    readonly PKIFiles: readonly { path: string; permissions?: number; ownership: { err?: string } }[]
  }
  const files = (options: NodeFactsOptions = {}): Pki['PKIFiles'] =>
    (collect(options).data('ControlPlaneInfo') as Pki).PKIFiles

  beforeEach(() => write({ 'etc/kubernetes/admin.conf': '' }))

  test('alone makes no control plane', () => {
    machine.remove('etc/kubernetes/admin.conf')
    write({ 'etc/kubernetes/pki/ca.crt': '' })
    expect(collect().data('ControlPlaneInfo')).toBeUndefined()
  })

  test('what lies too deep, or after too many files, leaves records that no check can pass', () => {
    write({ [`etc/kubernetes/pki/${'a/'.repeat(10)}x.crt`]: '', 'etc/kubernetes/pki/y.key': '' })
    const unlisted = files().filter(({ ownership }) => ownership.err !== undefined)
    expect(unlisted.map(({ path }) => path.replaceAll('/a', ''))).toEqual([
      '/etc/kubernetes/pki/*.crt',
      '/etc/kubernetes/pki/*.key',
    ])
    write(Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`etc/kubernetes/pki/${at}.crt`, ''])))
    expect(files({ limits: { files: 20 } }).map(({ path }) => path)).toContain('/etc/kubernetes/pki/*.key')
  })

  test('a link that leads out, in circles or nowhere leaves such a record as well', () => {
    write({ 'etc/kubernetes/pki/a.crt': '' })
    symlinkSync(`${'../'.repeat(20)}etc/passwd`, join(machine.root, 'etc/kubernetes/pki/out.crt'))
    symlinkSync('loop.key', join(machine.root, 'etc/kubernetes/pki/loop.key'))
    symlinkSync('..', join(machine.root, 'etc/kubernetes/pki/up'))
    expect(files().slice(1)).toEqual([
      { path: '/etc/kubernetes/pki/loop.key', ownership: { err: 'too many symbolic links' } },
      { path: '/etc/kubernetes/pki/out.crt', ownership: { err: 'does not exist' } },
      { path: '/etc/kubernetes/pki/up', ownership: { err: 'is a directory' } },
    ])
  })

  test('that is a file is recorded as unread', () => {
    write({ 'etc/kubernetes/pki': '' })
    expect(collect().data('ControlPlaneInfo')).toMatchObject({
      PKIDir: { ownership: { err: 'is no directory' } },
      PKIFiles: [{ path: '/etc/kubernetes/pki/*.crt' }, { path: '/etc/kubernetes/pki/*.key' }],
    })
  })

  test('beside the certificate of the API server comes first', () => {
    write({ 'srv/pki/ca.crt': '', 'etc/kubernetes/pki/ca.crt': '' })
    run([8], 'kube-apiserver --client-ca-file=/srv/pki/ca.crt')
    expect(collect().data('ControlPlaneInfo')).toMatchObject({ PKIDir: { path: '/srv/pki' } })
    run([8], 'kube-apiserver --client-ca-file=/srv/ca.crt')
    expect(collect().data('ControlPlaneInfo')).toMatchObject({ PKIDir: { path: '/etc/kubernetes/pki' } })
  })
})

describe('network plug-ins', () => {
  const names = (): unknown => (collect().data('CNIInfo') as { CNINames?: string[] } | undefined)?.CNINames

  test('are known by their programs and by the configuration that is used, the first', () => {
    write({
      'etc/cni/net.d/10-a.conflist': '{"plugins": [{"type": "flannel"}, {"type": "portmap"}]}',
      'etc/cni/net.d/20-b.conf': '{"type": "weave-net"}',
      'etc/cni/net.d/00-README': '',
    })
    expect(names()).toEqual(['Flannel'])
    run([8, 1], 'cilium-agent --config-dir=/x', 0, ORDINARY_POD)
    expect(names()).toEqual(['Cilium', 'Flannel'])
  })

  test.each(['{"type": "bridge"}', '{"plugins": "x"}', 'x', ''])('that are not known leave no list: %s', (text) => {
    write({ 'etc/cni/net.d/10-a.conf': text })
    expect(collect().data('CNIInfo')).toMatchObject({ CNIConfigFiles: [{ path: '/etc/cni/net.d/10-a.conf' }] })
    expect(names()).toBeUndefined()
  })

  test('of k3s cannot be told, since its policy engine is in no file', () => {
    write({ 'var/lib/rancher/k3s/agent/etc/cni/net.d/10-flannel.conflist': '{"plugins": [{"type": "flannel"}]}' })
    run([7], '/usr/local/bin/k3s server')
    expect(names()).toBeUndefined()
    run([8, 1], 'calico-node -felix', 0, ORDINARY_POD)
    expect(names()).toEqual(['Calico', 'Flannel'])
  })
})

describe('the kernel', () => {
  test('its settings are left out as a whole where one that is judged is closed', () => {
    write({ 'proc/sys/kernel/a': '1\n', 'proc/sys/kernel/yama/b': '2\n', 'proc/sys/kernel/random/uuid': 'x' })
    expect(collect().data('LinuxKernelVariables')).toEqual([
      { key: 'a', value: '1\n', source: '/proc/sys/kernel/a' },
      { key: 'b', value: '2\n', source: '/proc/sys/kernel/yama/b' },
    ])
    symlinkSync('nowhere', join(machine.root, 'proc/sys/kernel/c'))
    expect(collect().data('LinuxKernelVariables')).toHaveLength(2)
    expect(collect().unread).toEqual(['/proc/sys/kernel closed settings: c'])
    symlinkSync('nowhere', join(machine.root, 'proc/sys/kernel/unprivileged_userns_clone'))
    expect(collect().data('LinuxKernelVariables')).toBeUndefined()
  })

  test.each<[string, Readonly<Record<string, string>>, unknown]>([
    ['neither', { 'sys/x': '' }, { appArmor: 'unloaded', seLinux: 'not found' }],
    ['SELinux', { 'sys/fs/selinux/enforce': '1' }, { appArmor: 'unloaded', seLinux: 'enforcing' }],
    ['SELinux that only warns', { 'sys/fs/selinux/enforce': '0\n' }, { appArmor: 'unloaded', seLinux: 'permissive' }],
    ['SELinux off', { 'etc/selinux/config': '', 'sys/x': '' }, { appArmor: 'unloaded', seLinux: 'disabled' }],
    [
      'AppArmor',
      { 'sys/kernel/security/apparmor/profiles': 'a (enforce)\n' },
      { appArmor: 'a (enforce)', seLinux: 'not found' },
    ],
    [
      'AppArmor without profiles',
      { 'sys/kernel/security/apparmor/profiles': '' },
      { appArmor: 'stopped', seLinux: 'not found' },
    ],
    [
      'AppArmor that is not shown',
      { 'sys/module/apparmor/parameters/enabled': 'Y\n' },
      { appArmor: 'unknown', seLinux: 'not found' },
    ],
    ['no /sys', { 'etc/os-release': '' }, undefined],
  ])('%s', (_what, files, status) => {
    write(files)
    expect(collect().data('LinuxSecurityHardeningStatus')).toEqual(status)
  })

  test('ports are those of the network of the first process', () => {
    const line = (port: string): string => `x\n 0: 00000000:${port} 00000000:0000 0A 0\n`
    write({ 'proc/net/tcp': line('0016') })
    expect(collect().data('OpenPortsList')).toMatchObject({ tcpPorts: [{ localPort: 22 }], udpPorts: [] })
    write({ 'proc/1/net/tcp': line('0017'), 'proc/1/net/udp6': 'x', 'proc/1/net/icmp': '' })
    expect(collect().data('OpenPortsList')).toMatchObject({ tcpPorts: [{ localPort: 23 }], icmpPorts: [] })
  })
})

test('a root that is not there gives nothing, and says why', () => {
  const nothing = { node: '', objects: [], unread: [{ path: '/no/such/root', why: 'does not exist' }] }
  expect(collectNodeFacts({ root: '/no/such/root' })).toEqual(nothing)
  write({ file: '' })
  expect(collectNodeFacts({ root: join(machine.root, 'file') }).objects).toEqual([])
})

test('the machine that the tests run on has facts of the right shape', () => {
  const { node, objects, unread } = collectNodeFacts()
  expect(node).toMatch(/^[a-z\d]/)
  expect(objects.length).toBeGreaterThan(0)
  for (const { apiVersion, kind, metadata, data } of objects) {
    expect({ apiVersion, metadata }).toEqual({
      apiVersion: 'hostdata.kubescape.cloud/v1beta0',
      metadata: { name: node },
    })
    expect(kind).toMatch(/^[A-Z]\w+$/)
    expect(data).toEqual(JSON.parse(JSON.stringify(data)))
  }
  for (const { path, why } of unread) {
    expect(path).toMatch(/^\//)
    expect(why).not.toBe('')
  }
})
