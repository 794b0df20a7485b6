/** table: where distributions keep the files of a node, for those that no command line or configuration names. */

const K3S = '/var/lib/rancher/k3s'
const RKE2 = '/var/lib/rancher/rke2'
const MICROK8S = '/var/snap/microk8s/current'

/** Usual places by what is there, in the order in which they are tried. */
export const PLACES = {
  kubeletConfig: [
    '/var/lib/kubelet/config.yaml', // kubeadm, kind
    '/etc/kubernetes/kubelet/config.json', // EKS on AL2023
    '/etc/kubernetes/kubelet/kubelet-config.json', // EKS on AL2
    '/home/kubernetes/kubelet-config.yaml', // GKE
    '/etc/default/kubeletconfig.json', // AKS
    '/etc/kubernetes/kubelet-config.yaml', // kubespray
  ],
  kubeletKubeconfig: [
    '/var/lib/kubelet/kubeconfig', // EKS, GKE, AKS, OpenShift, where the next one is a configuration
    '/etc/kubernetes/kubelet.conf', // kubeadm, kind
    `${K3S}/agent/kubelet.kubeconfig`,
    `${RKE2}/agent/kubelet.kubeconfig`,
    `${MICROK8S}/credentials/kubelet.config`,
  ],
  clientCa: [
    '/etc/kubernetes/pki/ca.crt', // kubeadm, kind, EKS
    '/etc/kubernetes/certs/ca.crt', // AKS
    '/etc/srv/kubernetes/pki/ca-certificates.crt', // GKE
    '/etc/kubernetes/kubelet-ca.crt', // OpenShift
    `${K3S}/agent/client-ca.crt`,
    `${RKE2}/agent/client-ca.crt`,
    `${MICROK8S}/certs/ca.crt`,
  ],
  proxyKubeconfig: [
    '/var/lib/kube-proxy/kubeconfig', // GKE
    '/etc/kubernetes/proxy.conf',
    `${K3S}/agent/kubeproxy.kubeconfig`,
    `${RKE2}/agent/kubeproxy.kubeconfig`,
    `${MICROK8S}/credentials/proxy.config`,
  ],
  controllerManagerKubeconfig: [
    '/etc/kubernetes/controller-manager.conf',
    `${K3S}/server/cred/controller.kubeconfig`,
    `${RKE2}/server/cred/controller.kubeconfig`,
    `${MICROK8S}/credentials/controller.config`,
  ],
  schedulerKubeconfig: [
    '/etc/kubernetes/scheduler.conf',
    `${K3S}/server/cred/scheduler.kubeconfig`,
    `${RKE2}/server/cred/scheduler.kubeconfig`,
    `${MICROK8S}/credentials/scheduler.config`,
  ],
  adminKubeconfig: [
    '/etc/kubernetes/admin.conf',
    `${K3S}/server/cred/admin.kubeconfig`,
    `${RKE2}/server/cred/admin.kubeconfig`,
    `${MICROK8S}/credentials/client.config`,
  ],
  encryptionConfig: [`${K3S}/server/cred/encryption-config.json`, `${RKE2}/server/cred/encryption-config.json`],
  pki: ['/etc/kubernetes/pki', `${K3S}/server/tls`, `${RKE2}/server/tls`, `${MICROK8S}/certs`, '/etc/kubernetes/ssl'],
  etcdConfig: ['/etc/etcd/etcd.conf', `${K3S}/server/db/etcd/config`],
  etcdData: ['/var/lib/etcd', `${K3S}/server/db/etcd`, `${RKE2}/server/db/etcd`, `${MICROK8S}/var/kubernetes/backend`],
  cni: [
    '/etc/cni/net.d',
    `${K3S}/agent/etc/cni/net.d`,
    `${MICROK8S}/args/cni-network`,
    '/etc/kubernetes/cni/net.d', // OpenShift
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** Directory of the drop-ins of the kubelet inside `k3s`, from version 1.32 on. */
export const K3S_KUBELET_DROP_INS: string = `${K3S}/agent/etc/kubelet.conf.d`

/** Directory of the files with the arguments of the components inside `kubelite`, which stand for their specifications. */
export const MICROK8S_ARGUMENTS: string = `${MICROK8S}/args`

/** Directories of systemd units, of which the first that has a unit counts (systemd.unit(5)). */
export const UNIT_DIRECTORIES: readonly string[] = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
]

/** Units that start a kubelet. That of k3s is none of them: its hardening guide calls the controls of the unit not applicable. */
export const KUBELET_UNITS: readonly string[] = [
  'kubelet.service',
  'snap.kubelet.daemon.service',
  'snap.microk8s.daemon-kubelet.service',
  'snap.microk8s.daemon-kubelite.service',
]
