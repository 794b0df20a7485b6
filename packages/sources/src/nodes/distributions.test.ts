import { afterEach, beforeEach, expect, test } from 'vitest'

import { MockMachine, type MockFiles } from './mock-machine.ts'
import { collectNodeFacts } from './node-facts.ts'

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

function run(pid: number, ...args: readonly string[]): void {
  machine.run([pid], args)
}

function data(kind: string): unknown {
  return collectNodeFacts({ root: machine.root }).objects.find((object) => object.kind === kind)?.data
}

test('k3s: the files are found, and there is no command line to judge', () => {
  run(7, '/usr/local/bin/k3s server', '', '')
  write({
    'var/lib/rancher/k3s/agent/kubelet.kubeconfig': '',
    'var/lib/rancher/k3s/agent/client-ca.crt': '',
    'var/lib/rancher/k3s/agent/etc/kubelet.conf.d/00-k3s-defaults.conf': KUBELET_CONFIG,
    'var/lib/rancher/k3s/server/cred/admin.kubeconfig': '',
    'var/lib/rancher/k3s/server/cred/encryption-config.json': JSON.stringify({
      kind: 'EncryptionConfiguration',
      resources: [{ resources: ['secrets'], providers: [{ aescbc: { keys: [{ name: 'a', secret: 'canary' }] } }] }],
    }),
    'var/lib/rancher/k3s/server/tls/server-ca.key': 'canary',
    'var/lib/rancher/k3s/server/db/etcd/name': '',
  })
  expect(data('KubeletInfo')).toMatchObject({
    configFile: { path: '/var/lib/rancher/k3s/agent/etc/kubelet.conf.d', content: expect.any(String) },
    kubeConfigFile: { path: '/var/lib/rancher/k3s/agent/kubelet.kubeconfig' },
    clientCAFile: { path: '/var/lib/rancher/k3s/agent/client-ca.crt' },
  })
  expect(data('KubeletInfo')).not.toHaveProperty('cmdLine')
  const plane = data('ControlPlaneInfo') as {
    APIServerInfo: { encryptionProviderConfigFile: { content: string } }
  }
  expect(plane).toMatchObject({
    adminConfigFile: { path: '/var/lib/rancher/k3s/server/cred/admin.kubeconfig' },
    etcdDataDir: { path: '/var/lib/rancher/k3s/server/db/etcd' },
    PKIDir: { path: '/var/lib/rancher/k3s/server/tls' },
  })
  expect(Buffer.from(plane.APIServerInfo.encryptionProviderConfigFile.content, 'base64').toString()).toBe(
    '{"kind":"EncryptionConfiguration","resources":[{"resources":["secrets"],"providers":[{"aescbc":{"keys":[{"name":"a","secret":"XXXXXX"}]}}]}]}',
  )
})

test('MicroK8s: the arguments of the components come from its files', () => {
  const args = '/var/snap/microk8s/current/args'
  run(7, '/snap/microk8s/1/kubelite', `--kubelet-args-file=${args}/kubelet`, '--start-control-plane=true')
  write({
    [`${args}/kubelet`]: '# a comment\n--kubeconfig=${SNAP_DATA}/credentials/kubelet.config\n--anonymous-auth=false\n',
    [`${args}/kube-apiserver`]: '--client-ca-file=$SNAP_DATA/certs/ca.crt\n--token abc\n',
    'var/snap/microk8s/current/credentials/kubelet.config': '',
    'var/snap/microk8s/current/certs/ca.crt': '',
  })
  expect(data('KubeletInfo')).toMatchObject({
    cmdLine: 'kubelet --kubeconfig=/var/snap/microk8s/current/credentials/kubelet.config --anonymous-auth=false',
    kubeConfigFile: { path: '/var/snap/microk8s/current/credentials/kubelet.config' },
  })
  expect(data('ControlPlaneInfo')).toMatchObject({
    APIServerInfo: {
      cmdLine: 'kube-apiserver --client-ca-file=/var/snap/microk8s/current/certs/ca.crt --token XXXXXX',
      specsFile: { path: `${args}/kube-apiserver` },
    },
    PKIDir: { path: '/var/snap/microk8s/current/certs' },
  })
  run(7, 'kubelite', '--start-control-plane=false')
  machine.remove(`${args}/kube-apiserver`)
  expect(data('ControlPlaneInfo')).toBeUndefined()
})

test.each([
  ['EKS', '/etc/kubernetes/kubelet/config.json'],
  ['EKS before', '/etc/kubernetes/kubelet/kubelet-config.json'],
  ['GKE', '/home/kubernetes/kubelet-config.yaml'],
  ['AKS', '/etc/default/kubeletconfig.json'],
])('%s: the configuration is found without a process', (_what, path) => {
  write({ [path]: KUBELET_CONFIG })
  expect(data('KubeletInfo')).toMatchObject({ configFile: { path, content: expect.any(String) } })
})

test('OpenShift: manifests have another ending', () => {
  write({ 'etc/kubernetes/manifests/etcd-pod.yaml': 'kind: Pod\n' })
  expect(data('ControlPlaneInfo')).toMatchObject({
    etcdConfigFile: { path: '/etc/kubernetes/manifests/etcd-pod.yaml' },
  })
})

test('RKE2: etcd is told its directory by a file', () => {
  run(7, 'kubelet')
  run(8, 'etcd', '--config-file=/var/lib/rancher/rke2/server/db/etcd/config')
  write({ 'var/lib/rancher/rke2/server/db/etcd/config': 'data-dir: /data\nname: x\n', 'data/x': '' })
  expect(data('ControlPlaneInfo')).toMatchObject({ etcdDataDir: { path: '/data' } })
})
