/** Who may do what: role bindings joined with the role that they bind, one vector per subject. */
import { asList, asMap, asText, asTexts } from './object.ts'
import type { Match } from './match.ts'
import type { Ref, Resource } from './resource.ts'

/** The four RBAC kinds. */
export const RBAC: readonly Match[] = [
  {
    groups: ['rbac.authorization.k8s.io'],
    versions: ['*'],
    kinds: ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'],
  },
]

/** One rule of a role; absent lists are empty. */
export interface PolicyRule {
  readonly verbs: readonly string[]
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly resourceNames: readonly string[]
}

/** A subject of a binding, at its index in the binding. A ServiceAccount without a namespace gets its binding's. */
export interface Subject {
  readonly index: number
  readonly kind: string
  readonly name: string
  readonly namespace: string
  readonly apiGroup: string
}

/** What the join keeps of a role. */
export interface Role {
  readonly kind: string
  readonly name: string
  readonly namespace: string
  readonly rules: readonly PolicyRule[]
}

/** What the join keeps of a binding. */
export interface Binding {
  readonly kind: string
  readonly name: string
  readonly namespace: string
  readonly roleKind: string
  readonly roleName: string
  readonly subjects: readonly Subject[]
}

/** One subject, bound by one binding to one role. */
export interface SubjectVector {
  readonly subject: Subject
  readonly binding: Placed<Binding>
  readonly role: Placed<Role>
}

/** Reads a Role or ClusterRole; undefined for anything else. */
export function readRole(resource: Resource): Role | undefined {
  const { kind, name, namespace } = resource.identity
  if (kind !== 'Role' && kind !== 'ClusterRole') return undefined
  const rules = asList(resource.object['rules']).map((entry): PolicyRule => {
    const rule = asMap(entry)
    return {
      verbs: asTexts(rule?.['verbs']),
      apiGroups: asTexts(rule?.['apiGroups']),
      resources: asTexts(rule?.['resources']),
      resourceNames: asTexts(rule?.['resourceNames']),
    }
  })
  return { kind, name, namespace: kind === 'Role' ? namespace : '', rules }
}

/** Reads a RoleBinding or ClusterRoleBinding; undefined for anything else. */
export function readBinding(resource: Resource): Binding | undefined {
  const { kind, name, namespace } = resource.identity
  if (kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding') return undefined
  const roleRef = asMap(resource.object['roleRef'])
  const subjects: Subject[] = []
  asList(resource.object['subjects']).forEach((entry, index) => {
    const subject = asMap(entry)
    const subjectKind = asText(subject?.['kind']) ?? ''
    if (subject === undefined) return
    const account = subjectKind === 'ServiceAccount'
    subjects.push({
      index,
      kind: subjectKind,
      name: asText(subject['name']) ?? '',
      namespace: asText(subject['namespace']) || (account ? namespace : ''),
      apiGroup: asText(subject['apiGroup']) ?? '',
    })
  })
  return {
    kind,
    name,
    namespace: kind === 'RoleBinding' ? namespace : '',
    roleKind: asText(roleRef?.['kind']) ?? '',
    roleName: asText(roleRef?.['name']) ?? '',
    subjects,
  }
}

/** A role or binding of a scan; `file` tells apart objects that repeat in several files. */
export type Placed<T> = T & { readonly ref: Ref; readonly file: string }

/**
 * Joins bindings with their roles by hashing. A RoleBinding binds a Role of its own namespace only (a namespace that is not
 * written counts as `default`); both kinds of binding may bind a ClusterRole. Where a role is in the input several times (folders
 * per environment repeat names), the nearest is meant: in the binding's file, else in its folder, else any.
 */
export function joinSubjects(roles: readonly Placed<Role>[], bindings: readonly Placed<Binding>[]): SubjectVector[] {
  const byKey = Map.groupBy(roles, (role) => roleKey(role.kind, role.namespace, role.name))
  const vectors: SubjectVector[] = []
  for (const binding of bindings) {
    if (binding.kind === 'ClusterRoleBinding' && binding.roleKind === 'Role') continue
    const twins = byKey.get(roleKey(binding.roleKind, binding.namespace, binding.roleName)) ?? []
    for (const role of nearestTo(binding.file, twins)) {
      for (const subject of binding.subjects) vectors.push({ subject, binding, role })
    }
  }
  return vectors
}

function nearestTo(file: string, twins: readonly Placed<Role>[]): readonly Placed<Role>[] {
  if (twins.length < 2) return twins
  const sameFile = twins.filter((role) => role.file === file)
  if (sameFile.length > 0) return sameFile
  const folder = file.slice(0, file.lastIndexOf('/') + 1)
  const sameFolder = twins.filter((role) => role.file.slice(0, role.file.lastIndexOf('/') + 1) === folder)
  return sameFolder.length > 0 ? sameFolder : twins
}

function roleKey(kind: string, namespace: string, name: string): string {
  return kind === 'Role' ? `Role/${namespace || 'default'}/${name}` : `${kind}//${name}`
}
