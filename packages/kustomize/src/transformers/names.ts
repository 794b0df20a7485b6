/** `namePrefix`, `nameSuffix` and `namespace`. */
import { asList, asMapping, asText, get, set, textNode } from '../nodes/node.ts'
import { isClusterScoped, isSelected } from '../resources/identity.ts'
import type { ResourceSet } from '../resources/resource-set.ts'
import type { Step } from '../nodes/steps.ts'
import type { Changed, Resource } from '../resources/resource.ts'
import { editFields, type FieldSpec } from './field-spec.ts'

/** Kinds whose names are not theirs to change. */
const UNPREFIXED: readonly { readonly group?: string; readonly kind: string }[] = [
  { kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', kind: 'APIService' },
  { kind: 'Namespace' },
]

/** Puts something before and behind names. */
export function affixNames(set_: ResourceSet, prefix: string, suffix: string, specs: readonly FieldSpec[]): Changed[] {
  if (prefix === '' && suffix === '') return []
  const changed: Changed[] = []
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
    const ways: (readonly Step[])[] = []
    editFields(resource, fitting, (node, way) => {
      const text = asText(node)
      if (text === undefined) return node
      ways.push(way)
      return textNode(`${prefix}${text}${suffix}`)
    })
    changed.push({ resource, ways })
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
): Changed[] {
  if (namespace === '') return []
  const changed: Changed[] = []
  const others = specs.filter(({ path }) => path !== 'metadata/namespace')
  for (const resource of objects.resources) {
    const { id } = resource
    resource.remember()
    const isFree = !unsetOnly || id.namespace === ''
    const ways: (readonly Step[])[] = []
    if (!isClusterScoped(id) && isFree) {
      resource.setNamespace(namespace)
      ways.push(['metadata', 'namespace'])
    }
    ways.push(...setSubjects(resource, namespace, subjects))
    editFields(resource, others, (node, way) => {
      if (unsetOnly && (asText(node) ?? '') !== '') return node
      ways.push(way)
      return textNode(namespace)
    })
    if (ways.length > 0) changed.push({ resource, ways })
  }
  objects.requireDistinct('namespace transformation')
  return changed
}

function setSubjects(resource: Resource, namespace: string, mode: SubjectMode): (readonly Step[])[] {
  const { kind } = resource.id
  if (mode === 'none' || (kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding')) return []
  const items = asList(get(resource.node, 'subjects'))?.items ?? []
  return items.flatMap((item, at) => {
    const subject = asMapping(item)
    const [field, wanted] =
      mode === 'defaultOnly' ? (['name', 'default'] as const) : (['kind', 'ServiceAccount'] as const)
    if (subject === undefined || asText(get(subject, field)) !== wanted) return []
    set(subject, 'namespace', textNode(namespace))
    return [['subjects', at, 'namespace']]
  })
}
