/** Where the control plane of a cluster runs, by whose Kubernetes it is. */
import type { Platform, Provider } from '@kubescape/cluster'

/** Where it is, when it is not in Pods of the cluster as kubeadm has it. */
interface ControlPlanePlace {
  /** As a clause. */
  readonly where: string
  /** Only its provider can look at it. */
  readonly isOutOfReach: boolean
}

/** Names of services as their providers write them. */
const SERVICES: Readonly<Partial<Record<Provider, string>>> = {
  aks: 'AKS',
  alibaba: 'Alibaba Cloud',
  digitalocean: 'DigitalOcean',
  eks: 'EKS',
  gke: 'GKE',
  ibm: 'IBM Cloud',
  linode: 'Linode',
  oke: 'Oracle Cloud',
}

/** Distributions that place it elsewhere, with where its settings are; from their documentation. */
const ELSEWHERE: Readonly<Partial<Record<Provider, string>>> = {
  k0s: 'k0s runs the control plane as processes of its controllers, not in Pods; its settings are in /etc/k0s/k0s.yaml there',
  k3s: 'k3s runs the control plane in its own process, not in Pods; its settings are in /etc/rancher/k3s/config.yaml and the flags of the service on its servers',
  microk8s:
    'MicroK8s runs the control plane in its own process, not in Pods; its settings are in /var/snap/microk8s/current/args',
  openshift:
    'OpenShift runs the control plane in namespaces of its own, such as openshift-kube-apiserver and openshift-etcd; its settings are in the ConfigMap config of each',
  rke2: 'RKE2 runs the control plane in static Pods of its servers; their manifests are in /var/lib/rancher/rke2/agent/pod-manifests there',
}

/** Where the control plane of the platform is; undefined where it is in Pods of `kube-system`, or where nothing is known. */
export function controlPlaneOf({ provider, managedControlPlane }: Platform): ControlPlanePlace | undefined {
  if (provider === '') return undefined
  if (managedControlPlane) {
    return { where: `the control plane is run by ${SERVICES[provider] ?? provider}`, isOutOfReach: true }
  }
  const where = ELSEWHERE[provider]
  return where === undefined ? undefined : { where, isOutOfReach: false }
}
