/** Tells whose Kubernetes it is. */
import type { ValueMap } from '@kubescape/resources'

import type { ServerVersion } from './client.ts'
import type { Discovery } from './discovery/api-resource.ts'

/** Distributions and services that are told apart. */
export type Provider =
  | 'aks'
  | 'alibaba'
  | 'digitalocean'
  | 'eks'
  | 'gke'
  | 'ibm'
  | 'k0s'
  | 'k3s'
  | 'kind'
  | 'linode'
  | 'microk8s'
  | 'minikube'
  | 'oke'
  | 'openshift'
  | 'openstack'
  | 'rke2'
  | 'vsphere'

/** What is known of a cluster without asking it anything. */
export interface PlatformFacts {
  readonly version?: ServerVersion
  readonly discovery?: Discovery
  /** A few Nodes: `metadata`, `spec.providerID` and `status.nodeInfo` are looked at. */
  readonly nodes?: readonly ValueMap[]
  readonly server?: string
}

/** Whose Kubernetes it is. */
export interface Platform {
  /** Empty where nothing gives it away. */
  readonly provider: Provider | ''
  /** True where the provider runs the control plane, out of the user's reach. */
  readonly managedControlPlane: boolean
  /** What gave it away, such as `version v1.31.4-eks-2d5f260`; empty where nothing did. */
  readonly evidence: string
}

/** The provider that the facts speak for, the most telling fact first. */
export function detectPlatform(facts: PlatformFacts): Platform {
  throw new Error(`not written yet: ${String(facts)}`)
}
