/** Which object a tree is, and which kinds have no namespace. */
import type { YamlNode } from '@kubescape/yaml'

import { asText, get, getPath } from '../nodes/node.ts'

/** Group, version and kind; empty where they are not known. */
export interface Kind {
  readonly group: string
  readonly version: string
  readonly kind: string
}

/** A kind with the name and namespace of one object. */
export interface ResourceId extends Kind {
  readonly name: string
  readonly namespace: string
}

/** `apps/v1` is group `apps` and version `v1`. */
export function splitApiVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const slash = apiVersion.indexOf('/')
  return slash < 0
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) }
}

/** The identity of an object as it is now. */
export function idOf(node: YamlNode): ResourceId {
  return {
    ...splitApiVersion(asText(get(node, 'apiVersion')) ?? ''),
    kind: asText(get(node, 'kind')) ?? '',
    name: asText(getPath(node, 'metadata', 'name')) ?? '',
    namespace: asText(getPath(node, 'metadata', 'namespace')) ?? '',
  }
}

/** The namespace as it counts when objects are compared: `default` for none, nothing for kinds that have none. */
export function effectiveNamespace(id: ResourceId): string {
  if (isClusterScoped(id)) return ''
  return id.namespace === '' ? 'default' : id.namespace
}

/** True when a kind fits what is asked for; what is empty there fits everything. */
export function isSelected(id: Kind, by: Partial<Kind>): boolean {
  return (
    (by.group === undefined || by.group === '' || by.group === id.group) &&
    (by.version === undefined || by.version === '' || by.version === id.version) &&
    (by.kind === undefined || by.kind === '' || by.kind === id.kind)
  )
}

/** As kustomize writes an identity in its messages. */
export function idText({ group, version, kind, name, namespace }: ResourceId): string {
  const type = [kind || '[noKind]', version || '[noVer]', group || '[noGrp]'].join('.')
  return `${type}/${name || '[noName]'}.${namespace || '[noNs]'}`
}

/**
 * Kinds of Kubernetes without a namespace, with their versions. kustomize has them from Kubernetes 1.21: kinds and
 * versions that came later are in namespaces to it, as own kinds are.
 */
const CLUSTER_SCOPED = new Set(
  [
    ['v1', 'ComponentStatus', 'Namespace', 'Node', 'PersistentVolume'],
    ['admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
    ['admissionregistration.k8s.io/v1beta1', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition'],
    ['apiregistration.k8s.io/v1', 'APIService'],
    ['apiregistration.k8s.io/v1beta1', 'APIService'],
    ['certificates.k8s.io/v1', 'CertificateSigningRequest'],
    ['certificates.k8s.io/v1beta1', 'CertificateSigningRequest'],
    ['flowcontrol.apiserver.k8s.io/v1beta1', 'FlowSchema', 'PriorityLevelConfiguration'],
    ['networking.k8s.io/v1', 'IngressClass'],
    ['networking.k8s.io/v1beta1', 'IngressClass'],
    ['node.k8s.io/v1', 'RuntimeClass'],
    ['node.k8s.io/v1beta1', 'RuntimeClass'],
    ['policy/v1beta1', 'PodSecurityPolicy'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'ClusterRoleBinding'],
    ['rbac.authorization.k8s.io/v1beta1', 'ClusterRole', 'ClusterRoleBinding'],
    ['scheduling.k8s.io/v1', 'PriorityClass'],
    ['scheduling.k8s.io/v1beta1', 'PriorityClass'],
    ['storage.k8s.io/v1', 'CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'],
    ['storage.k8s.io/v1beta1', 'CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'],
  ].flatMap(([version = '', ...kinds]) => kinds.map((kind) => `${version}/${kind}`)),
)

/** True for the kinds of Kubernetes itself that have no namespace. */
export function isClusterScoped({ group, version, kind }: Kind): boolean {
  return CLUSTER_SCOPED.has(group === '' ? `${version}/${kind}` : `${group}/${version}/${kind}`)
}
