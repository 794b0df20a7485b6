/** Roles and bindings for listing types. */
import { EXCEPTION_MAP, EXCEPTION_TYPES, type ListedType } from '@kubescape/scanner'
import type { HostScanRight } from '@kubescape/sources'

import { Failure } from './failure.ts'

/** A Kubernetes object to print. */
export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly rules?: readonly Rule[]
  readonly roleRef?: { readonly apiGroup: string; readonly kind: string; readonly name: string }
  readonly subjects?: readonly { readonly kind: string; readonly name: string; readonly namespace: string }[]
}

/** A rule of a role. */
interface Rule {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  /** The only objects; a list of one then has to ask for it by name. */
  readonly resourceNames?: readonly string[]
  readonly verbs: readonly string[]
}

/** What is to be read, and where. */
export interface RoleRequest {
  readonly name: string
  /** The only namespaces to read; all where it is empty. */
  readonly namespaces: readonly string[]
  readonly types: readonly ListedType[]
}

/** A service account. */
export interface Account {
  readonly namespace: string
  readonly name: string
}

const RBAC_GROUP = 'rbac.authorization.k8s.io'
/** A label of RFC 1123, as namespaces are named; names of accounts are several, with dots between them. */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const ACCOUNT_NAME = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/
/** Names of roles are any segment of a path; these need no quoting anywhere. */
const ROLE_NAME = /^(?!\.{1,2}$)[\w.:-]{1,253}$/

/**
 * A ClusterRole for all of it; or, of some namespaces, a Role for each and a ClusterRole for what lives outside namespaces or
 * counts in all of them, and for the exceptions of the cluster. Roles without rules are left out.
 * @throws {Failure} for names that no object can have
 */
export function rolesFor({ name, namespaces, types }: RoleRequest): Manifest[] {
  if (!ROLE_NAME.test(name))
    throw new Failure(`--name: "${name}" is no name for a role`, 'Use letters, digits, - . : _')
  for (const namespace of namespaces) {
    if (!LABEL.test(namespace)) {
      throw new Failure(`--namespaces: "${namespace}" is no name of a namespace`, 'Use small letters, digits and -.')
    }
  }
  const isNarrow = ({ namespaced, across }: ListedType): boolean =>
    namespaces.length > 0 && namespaced && across.length === 0
  const everywhere = types.filter((type) => !isNarrow(type))
  const wide = [...(types.length === 0 ? [] : rulesForExceptions(everywhere)), ...rulesFor(everywhere)]
  const narrow = rulesFor(types.filter(isNarrow))
  return [
    ...(wide.length === 0 ? [] : [role('ClusterRole', { name }, wide)]),
    ...(narrow.length === 0 ? [] : namespaces.map((namespace) => role('Role', { name, namespace }, narrow))),
  ]
}

/** A ClusterRole for what is needed everywhere, and a Role for each namespace that the rest is needed in. */
export function rolesForRights(name: string, rights: readonly HostScanRight[]): Manifest[] {
  return [...Map.groupBy(rights, ({ namespace }) => namespace)].map(([namespace, each]) => {
    const rules = each.map(({ group, resource, verbs }) => ({
      apiGroups: [group],
      resources: [resource],
      verbs: verbs.toSorted(),
    }))
    return namespace === undefined ? role('ClusterRole', { name }, rules) : role('Role', { name, namespace }, rules)
  })
}

/** A binding of each role to the account; none without one. */
export function bindingsFor(roles: readonly Manifest[], account: Account | undefined): Manifest[] {
  if (account === undefined) return []
  return roles.map(({ kind, metadata }) => ({
    apiVersion: `${RBAC_GROUP}/v1`,
    kind: `${kind}Binding`,
    metadata,
    roleRef: { apiGroup: RBAC_GROUP, kind, name: metadata.name },
    subjects: [{ kind: 'ServiceAccount', name: account.name, namespace: account.namespace }],
  }))
}

/**
 * Reads `namespace/name`.
 * @throws {Failure} for anything else
 */
export function readAccount(text: string): Account {
  const [namespace = '', name = '', ...more] = text.trim().split('/')
  if (more.length > 0 || !LABEL.test(namespace) || !ACCOUNT_NAME.test(name)) {
    throw new Failure(
      `--service-account: "${text}" names no service account`,
      'Write its namespace and its name, such as security/kubescape.',
    )
  }
  return { namespace, name }
}

function role(kind: 'ClusterRole' | 'Role', metadata: Manifest['metadata'], rules: readonly Rule[]): Manifest {
  return { apiVersion: `${RBAC_GROUP}/v1`, kind, metadata, rules }
}

/** The exceptions that a cluster keeps: custom resources, and of ConfigMaps, where not all are read, the one that holds some. */
function rulesForExceptions(everywhere: readonly ListedType[]): Rule[] {
  const [{ group }] = EXCEPTION_TYPES
  const resources = EXCEPTION_TYPES.map(({ plural }) => plural).toSorted()
  const custom = { apiGroups: [group], resources, verbs: ['list'] }
  if (everywhere.some(({ plural }) => plural === 'configmaps')) return [custom]
  const map = { apiGroups: [''], resources: ['configmaps'], resourceNames: [EXCEPTION_MAP.name], verbs: ['list'] }
  return [custom, map]
}

/** A rule for each group: listing is all that a scan does. */
function rulesFor(types: readonly ListedType[]): Rule[] {
  return [...Map.groupBy(types, ({ group }) => group)].map(([group, each]) => ({
    apiGroups: [group],
    resources: each.map(({ plural }) => plural).toSorted(),
    verbs: ['list'],
  }))
}
