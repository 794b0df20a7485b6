/** What a policy of the library is, and the parts that many share. All of it is CEL that API servers of v1.30 and later know. */
import type { NamedExpression, Validation } from '../admission/policy-source.ts'

/** Types that a policy is about, by group. */
export interface ResourceTypes {
  readonly group: string
  readonly version: string
  readonly resources: readonly string[]
}

/** The admission policy of a control. */
export interface LibraryPolicy {
  readonly control: string
  /** What follows the id of the control in the name of the policy. */
  readonly name: string
  readonly types: readonly ResourceTypes[]
  /** It reads `params.settings` of a `ControlConfiguration`. */
  readonly hasParams?: true
  readonly variables: readonly NamedExpression[]
  readonly validations: readonly Validation[]
}

const ONLY_PODS: ResourceTypes = { group: '', version: 'v1', resources: ['pods'] }
const JOBS: ResourceTypes = { group: 'batch', version: 'v1', resources: ['jobs', 'cronjobs'] }

export const PODS: readonly ResourceTypes[] = [ONLY_PODS]
export const DEPLOYMENTS: readonly ResourceTypes[] = [{ group: 'apps', version: 'v1', resources: ['deployments'] }]
/** Workloads that make pods from a template. */
export const CONTROLLERS: readonly ResourceTypes[] = [
  { group: 'apps', version: 'v1', resources: ['deployments', 'replicasets', 'daemonsets', 'statefulsets'] },
  JOBS,
]
/** The seven kinds of workloads. */
export const WORKLOADS: readonly ResourceTypes[] = [ONLY_PODS, ...CONTROLLERS]
export const ROLES: readonly ResourceTypes[] = [
  { group: 'rbac.authorization.k8s.io', version: 'v1', resources: ['roles', 'clusterroles'] },
]
export const BINDINGS: readonly ResourceTypes[] = [
  { group: 'rbac.authorization.k8s.io', version: 'v1', resources: ['rolebindings', 'clusterrolebindings'] },
]

/** The spec of the pods of a workload. `dyn` keeps API servers from holding one kind to the fields of another. */
const POD_SPEC: NamedExpression = {
  name: 'podSpec',
  expression: [
    "(dyn(object).kind == 'Pod' ? dyn(object).?spec",
    ": dyn(object).kind == 'CronJob' ? dyn(object).?spec.?jobTemplate.?spec.?template.?spec",
    ': dyn(object).?spec.?template.?spec).orValue({})',
  ].join(' '),
}

const list = (name: string): string => `variables.podSpec.?${name}.orValue([])`

/** The pod spec alone. */
export const POD: readonly NamedExpression[] = [POD_SPEC]
/** The regular containers. */
export const CONTAINERS: readonly NamedExpression[] = [POD_SPEC, { name: 'containers', expression: list('containers') }]
/** Regular and init containers. */
export const WITH_INIT: readonly NamedExpression[] = [
  POD_SPEC,
  { name: 'containers', expression: `${list('containers')} + ${list('initContainers')}` },
]
/** Regular, init and ephemeral containers. */
export const ALL_CONTAINERS: readonly NamedExpression[] = [
  POD_SPEC,
  {
    name: 'containers',
    expression: `${list('containers')} + ${list('initContainers')} + ${list('ephemeralContainers')}`,
  },
]
/** The volumes. */
export const VOLUMES: readonly NamedExpression[] = [POD_SPEC, { name: 'volumes', expression: list('volumes') }]

/** A setting; undefined ones have no bound and no entries. */
export function setting(name: string): string {
  return `params.?settings.?${name}`
}

/** A validation that every container must hold. */
export function everyContainer(test: string, message: string): Validation {
  return { expression: `variables.containers.all(container, ${test})`, message }
}
