/** `namePrefix`, `nameSuffix` and `namespace`. */
import { asList, asMapping, asText, get, set, textNode } from '../nodes/node.ts'
import { isClusterScoped, isSelected } from '../resources/identity.ts'
import type { ResourceSet } from '../resources/resource-set.ts'
import type { Resource } from '../resources/resource.ts'
import { editFields, type FieldSpec } from './field-spec.ts'

/** Kinds whose names are not theirs to change. */
const UNPREFIXED: readonly { readonly group?: string; readonly kind: string }[] = [
  { kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', kind: 'APIService' },
  { kind: 'Namespace' },
]

/** Puts something before and behind names. */
export function affixNames(set_: ResourceSet, prefix: string, suffix: string, specs: readonly FieldSpec[]): Resource[] {
  if (prefix === '' && suffix === '') return []
  const changed: Resource[] = []
  for (const resource of set_.resources) {
    const { id } = resource
    if (UNPREFIXED.some((kind) => isSelected(id, kind))) continue
    const fitting = specs.filter((spec) => isSelected(id, spec))
    if (fitting.length === 0) continue
    if (fitting.some(({ path }) => path === 'metadata/name')) {
      resource.remember()
      if (prefix !== '') resource.prefixes = [...resource.prefixes, prefix]
      if (suffix !== '') resource.suffixes = [...resource.suffixes, suffix]
    }
    editFields(resource, fitting, (node) => {
      const text = asText(node)
      return text === undefined ? node : textNode(`${prefix}${text}${suffix}`)
    })
    changed.push(resource)
  }
  set_.requireDistinct('name prefix or suffix')
  return changed
}

/** Which subjects of bindings get the namespace. */
export type SubjectMode = 'defaultOnly' | 'allServiceAccounts' | 'none'

/** How a namespace is set. */
export interface NamespaceOptions {
  readonly specs: readonly FieldSpec[]
  readonly subjects?: SubjectMode
  /** What has a namespace keeps it. */
  readonly unsetOnly?: boolean
}

/** Puts objects into a namespace. */
export function setNamespaces(
  objects: ResourceSet,
  namespace: string,
  { specs, subjects = 'defaultOnly', unsetOnly = false }: NamespaceOptions,
): Resource[] {
  if (namespace === '') return []
  const changed: Resource[] = []
  for (const resource of objects.resources) {
    const { id } = resource
    resource.remember()
    const isFree = !unsetOnly || id.namespace === ''
    const others = specs.filter(({ path }) => path !== 'metadata/namespace')
    if (!isClusterScoped(id) && isFree) resource.setNamespace(namespace)
    setSubjects(resource, namespace, subjects)
    editFields(resource, others, (node) => (unsetOnly && (asText(node) ?? '') !== '' ? node : textNode(namespace)))
    changed.push(resource)
  }
  objects.requireDistinct('namespace transformation')
  return changed
}

function setSubjects(resource: Resource, namespace: string, mode: SubjectMode): void {
  const { kind } = resource.id
  if (mode === 'none' || (kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding')) return
  for (const item of asList(get(resource.node, 'subjects'))?.items ?? []) {
    const subject = asMapping(item)
    if (subject === undefined || asText(get(subject, 'kind')) !== 'ServiceAccount') continue
    if (mode === 'defaultOnly' && asText(get(subject, 'name')) !== 'default') continue
    set(subject, 'namespace', textNode(namespace))
  }
}
