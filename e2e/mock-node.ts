/** Trees that look like the root of a node, as kubeadm would have made it, with processes in a `/proc` of plain files. */
import { chmodSync } from 'node:fs'
import { join } from 'node:path'

import { MockMachine, ORDINARY_POD, STATIC_POD } from '../packages/sources/src/nodes/mock-machine.ts'

/** What kind of node: hardened after the benchmark, or careless in everything that a control looks at. */
export type Condition = 'good' | 'bad'

/** What is planted in places that hold secrets; each is unique, so that its mere presence in an output is a leak. */
export const NODE_CANARIES = {
  encryptionKey: 'Y2FuYXJ5LWVuY3J5cHRpb24ta2V5',
  oldKeyInComment: 'Y2FuYXJ5LW9sZC1rZXktaW4tY29tbWVudA',
  privateKey: 'canary-private-key-3b1f',
  clientKey: 'Y2FuYXJ5LWNsaWVudC1rZXk',
  adminToken: 'canary-admin-token-77d0',
  bootstrapToken: 'canary-bootstrap-token-0c2e',
  bootstrapInWords: 'canary-bootstrap-words-52aa',
  urlPassword: 'canary-url-password-e19b',
  webToken: 'eyJjYW5hcnkiOiJ0b2tlbiJ9.Y2FuYXJ5LXBheWxvYWQtNDQ3.c2ln',
  staticPodHeader: 'canary-static-pod-header-90c4',
  cniPassword: 'canary-cni-password-2d6c',
  manifestEnv: 'canary-manifest-env-8e55',
  environ: 'canary-environ-a0f3',
  kubeletComment: 'canary-kubelet-comment-61b7',
} as const

const isGood = (condition: Condition): boolean => condition === 'good'

/** A node with all of its parts. */
export function mockNode(condition: Condition): MockMachine {
  const machine = new MockMachine()
  addMachine(machine, condition)
  addWorker(machine, condition)
  addControlPlane(machine, condition)
  return machine
}

/** What every Linux machine has. The user of the test is root by its account files, or jane on a bad node. */
function addMachine(machine: MockMachine, condition: Condition): void {
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0]
  const name = isGood(condition) ? 'root' : 'jane'
  machine.run([1], ['/sbin/init'])
  machine.write({
    'etc/os-release': 'NAME="Mock Linux"\nID=mock\n',
    'etc/passwd': `${name}:x:${uid}:${gid}::/root:/bin/sh\nother:x:4242:4242::/:/bin/sh\n`,
    'etc/group': `${name}:x:${gid}:\n`,
    'etc/hostname': 'Node-1.Example\n',
    'proc/version': 'Linux version 5.13.0-25-generic (mock)\n',
    'proc/1/environ': `TOKEN=${NODE_CANARIES.environ}\0`,
    'proc/1/net/tcp': `  sl  local_address rem_address   st tx_queue rx_queue
   0: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000
   1: 0100007F:1538 0100007F:D431 01 00000000:00000000 00:00000000
`,
    'proc/1/net/tcp6': `  sl  local_address remote_address st\n   0: ${'0'.repeat(32)}:280A ${'0'.repeat(32)}:0000 0A\n`,
    'proc/1/net/udp': '  sl\n   0: 3500007F:0035 00000000:0000 07 00000000:00000000\n',
    'proc/sys/kernel/unprivileged_userns_clone': isGood(condition) ? '0\n' : '1\n',
    'proc/sys/kernel/yama/ptrace_scope': '1\n',
    'proc/sys/kernel/random/uuid': 'never the same\n',
    'sys/fs/selinux/enforce': isGood(condition) ? '1' : '0',
    'sys/kernel/security/apparmor/profiles': 'docker-default (enforce)\n',
  })
}

/** The kubelet, kube-proxy and the network plug-in. */
function addWorker(machine: MockMachine, condition: Condition): void {
  const mode = modeOf(condition)
  const plugin = { type: isGood(condition) ? 'calico' : 'flannel', password: NODE_CANARIES.cniPassword }
  machine.write({
    'etc/systemd/system/kubelet.service': [mode, '[Service]\nExecStart=/usr/bin/kubelet\n'],
    'etc/systemd/system/kubelet.service.d/10-kubeadm.conf': [mode, `[Service]\n# ${NODE_CANARIES.bootstrapToken}\n`],
    'var/lib/kubelet/config.yaml': [mode, kubeletConfig(condition)],
    'etc/kubernetes/kubelet.conf': [mode, kubeconfig('kubelet')],
    'etc/kubernetes/pki/ca.crt': [mode, CERTIFICATE],
    'etc/kubernetes/proxy.conf': [mode, kubeconfig('proxy')],
    'etc/cni/net.d/10-net.conflist': [mode, JSON.stringify({ name: 'net', plugins: [plugin] })],
    'etc/cni/net.d/net-kubeconfig': [mode, kubeconfig('cni')],
  })
  machine.run(
    [700],
    [
      '/usr/bin/kubelet',
      '--config=/var/lib/kubelet/config.yaml',
      '--kubeconfig',
      '/etc/kubernetes/kubelet.conf',
      `--bootstrap-token=${NODE_CANARIES.bootstrapToken}`,
      '--register-token',
      NODE_CANARIES.bootstrapInWords,
      `--image-service-endpoint=https://user:${NODE_CANARIES.urlPassword}@registry.example/`,
      `--node-labels=from=${NODE_CANARIES.webToken}`,
      ...(isGood(condition) ? [] : ['--hostname-override=Node-1.example']),
    ],
  )
  const cgroup = ORDINARY_POD
  machine.run([900, 1], ['/usr/local/bin/kube-proxy', '--kubeconfig=/etc/kubernetes/proxy.conf'], { cgroup })
  machine.run([901, 1], [isGood(condition) ? 'calico-node' : '/opt/bin/flanneld', '--felix'], { cgroup })
}

/** The control plane in static Pods. The containers see some of their files under other paths than the node does. */
function addControlPlane(machine: MockMachine, condition: Condition): void {
  const mode = modeOf(condition)
  machine.write({
    'etc/kubernetes/manifests/kube-apiserver.yaml': [mode, manifest('kube-apiserver')],
    'etc/kubernetes/manifests/kube-controller-manager.yaml': [mode, manifest('kube-controller-manager')],
    'etc/kubernetes/manifests/kube-scheduler.yaml': [mode, manifest('kube-scheduler')],
    'etc/kubernetes/manifests/etcd.yaml': [mode, manifest('etcd')],
    'etc/kubernetes/controller-manager.conf': [mode, kubeconfig('controller-manager')],
    'etc/kubernetes/scheduler.conf': [mode, kubeconfig('scheduler')],
    'etc/kubernetes/admin.conf': [mode, kubeconfig('admin')],
    'etc/kubernetes/pki/ca.key': [mode, PRIVATE_KEY],
    'etc/kubernetes/pki/etcd/server.crt': [mode, CERTIFICATE],
    'etc/kubernetes/pki/etcd/server.key': [mode, PRIVATE_KEY],
    'etc/kubernetes/security/encryption.yaml': [0o600, encryption(condition)],
    'etc/kubernetes/security/audit.yaml': [0o600, auditPolicy(condition)],
    'var/lib/etcd/member/snap/db': [0o600, 'etcd'],
  })
  chmodSync(join(machine.root, 'var/lib/etcd'), isGood(condition) ? 0o700 : 0o755)
  const run = (pid: number, ...args: readonly string[]): void => machine.run([pid, 1], args, { cgroup: STATIC_POD })
  run(
    800,
    'kube-apiserver',
    '--client-ca-file=/etc/kubernetes/pki/ca.crt',
    '--encryption-provider-config=/inside/encryption.yaml',
    '--audit-policy-file=/inside/audit.yaml',
    ...(isGood(condition) ? [] : ['--feature-gates=ProcMountType=true']),
  )
  run(801, 'kube-controller-manager', '--kubeconfig=/etc/kubernetes/controller-manager.conf')
  run(802, 'kube-scheduler', '--kubeconfig=/etc/kubernetes/scheduler.conf')
  run(803, 'etcd', '--data-dir=/data/etcd')
}

function modeOf(condition: Condition): number {
  return isGood(condition) ? 0o600 : 0o666
}

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nbW9jaw==\n-----END CERTIFICATE-----\n'
const PRIVATE_KEY = `-----BEGIN RSA PRIVATE KEY-----\n${NODE_CANARIES.privateKey}\n-----END RSA PRIVATE KEY-----\n`

function kubeletConfig(condition: Condition): string {
  const settings = isGood(condition)
    ? `authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: /etc/kubernetes/pki/ca.crt}}
authorization: {mode: Webhook}
readOnlyPort: 0
streamingConnectionIdleTimeout: 4h
protectKernelDefaults: true
makeIPTablesUtilChains: true
eventRecordQPS: 5
rotateCertificates: true
serverTLSBootstrap: true
podPidsLimit: 4096
tlsCertFile: /var/lib/kubelet/pki/kubelet.crt
tlsPrivateKeyFile: /var/lib/kubelet/pki/kubelet.key
tlsCipherSuites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]
`
    : `authentication: {anonymous: {enabled: true}, webhook: {enabled: false}, x509: {}}
authorization: {mode: AlwaysAllow}
readOnlyPort: 10255
streamingConnectionIdleTimeout: 0s
protectKernelDefaults: false
makeIPTablesUtilChains: false
eventRecordQPS: 0
rotateCertificates: false
serverTLSBootstrap: false
tlsCipherSuites: [TLS_RSA_WITH_RC4_128_SHA]
`
  return `# password=${NODE_CANARIES.kubeletComment}
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
staticPodPath: /etc/kubernetes/manifests
staticPodURLHeader: {X-Check: [${NODE_CANARIES.staticPodHeader}]}
${settings}`
}

function kubeconfig(user: string): string {
  return `apiVersion: v1
kind: Config
users:
  - name: ${user}
    user: {client-key-data: ${NODE_CANARIES.clientKey}, token: ${NODE_CANARIES.adminToken}}
`
}

function manifest(component: string): string {
  return `apiVersion: v1
kind: Pod
metadata: {name: ${component}, namespace: kube-system}
spec:
  containers:
    - name: sidecar
      command: [sleep, infinity]
    - name: ${component}
      command: [/usr/local/bin/${component}]
      env: [{name: PASSWORD, value: ${NODE_CANARIES.manifestEnv}}]
      volumeMounts:
        - {name: data, mountPath: /}
        - {name: root, mountPath: /etc/kubernetes}
        - {name: security, mountPath: /inside}
        - {name: data, mountPath: /data, subPath: lib}
  volumes:
    - {name: root, hostPath: {path: /etc/kubernetes}}
    - {name: security, hostPath: {path: /etc/kubernetes/security}}
    - {name: data, hostPath: {path: /var}}
`
}

function encryption(condition: Condition): string {
  const providers = isGood(condition)
    ? `[{kms: {apiVersion: v2, name: akeyless, endpoint: unix:///run/kms.sock}}, {identity: {}}]`
    : `[{identity: {}}, {aescbc: {keys: [{name: key1, secret: ${NODE_CANARIES.encryptionKey}}]}}]`
  return `# secret: ${NODE_CANARIES.oldKeyInComment}
apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [${isGood(condition) ? 'secrets' : 'configmaps'}]
    providers: ${providers}
  - resources: [configmaps]
    providers: [{secretbox: {keys: [{name: key2, secret: ${NODE_CANARIES.encryptionKey}}]}}]
`
}

function auditPolicy(condition: Condition): string {
  const secrets = isGood(condition) ? 'Metadata' : 'RequestResponse'
  return `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: ${secrets}
    resources: [{resources: [secrets, configmaps]}, {group: authentication.k8s.io, resources: [tokenreviews]}]
  - level: Metadata
    resources:
      - {resources: [pods, pods/exec, pods/portforward, pods/proxy, services/proxy]}
      - {group: apps, resources: [deployments]}
`
}
