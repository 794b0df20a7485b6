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

/** The same object: kind, name and namespace as they count. */
export function isSame(a: ResourceId, b: ResourceId): boolean {
  return (
    a.kind === b.kind &&
    a.name === b.name &&
    a.group === b.group &&
    a.version === b.version &&
    effectiveNamespace(a) === effectiveNamespace(b)
  )
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

/** Kinds of Kubernetes without a namespace, `kind` or `kind.group`. */
const CLUSTER_SCOPED = new Set(
  [
    'APIService.apiregistration.k8s.io',
    'CertificateSigningRequest.certificates.k8s.io',
    'ClusterRole.rbac.authorization.k8s.io',
    'ClusterRoleBinding.rbac.authorization.k8s.io',
    'ClusterTrustBundle.certificates.k8s.io',
    'ComponentStatus.',
    'CSIDriver.storage.k8s.io',
    'CSINode.storage.k8s.io',
    'CustomResourceDefinition.apiextensions.k8s.io',
    'FlowSchema.flowcontrol.apiserver.k8s.io',
    'IngressClass.networking.k8s.io',
    'IPAddress.networking.k8s.io',
    'MutatingAdmissionPolicy.admissionregistration.k8s.io',
    'MutatingAdmissionPolicyBinding.admissionregistration.k8s.io',
    'MutatingWebhookConfiguration.admissionregistration.k8s.io',
    'Namespace.',
    'Node.',
    'PersistentVolume.',
    'PodSecurityPolicy.policy',
    'PriorityClass.scheduling.k8s.io',
    'PriorityLevelConfiguration.flowcontrol.apiserver.k8s.io',
    'RuntimeClass.node.k8s.io',
    'SelfSubjectAccessReview.authorization.k8s.io',
    'SelfSubjectReview.authentication.k8s.io',
    'SelfSubjectRulesReview.authorization.k8s.io',
    'ServiceCIDR.networking.k8s.io',
    'StorageClass.storage.k8s.io',
    'StorageVersion.internal.apiserver.k8s.io',
    'StorageVersionMigration.storagemigration.k8s.io',
    'SubjectAccessReview.authorization.k8s.io',
    'TokenReview.authentication.k8s.io',
    'ValidatingAdmissionPolicy.admissionregistration.k8s.io',
    'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io',
    'ValidatingWebhookConfiguration.admissionregistration.k8s.io',
    'VolumeAttachment.storage.k8s.io',
    'VolumeAttributesClass.storage.k8s.io',
  ].map((name) => name.toLowerCase()),
)

/** True for the kinds of Kubernetes itself that have no namespace. */
export function isClusterScoped({ group, kind }: Kind): boolean {
  return CLUSTER_SCOPED.has(`${kind}.${group}`.toLowerCase())
}
