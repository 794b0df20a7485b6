/** Checks of the pod and container security context that several controls share. */
import {
  asList,
  asMap,
  asText,
  asTexts,
  matching,
  saysTrue,
  WORKLOADS,
  workloadOf,
  type Container,
  type Value,
} from '@kubescape/resources'

import type { JoinedCheck, Outcome } from '../check.ts'
import { missing, removal, replacement, type Finding } from '../finding.ts'
import { projection } from '../projection.ts'
import { eachContainer, EVERY_LIST, hasJudgedList, isWindows, lacking, NO_FIELD } from './workloads.ts'

/** Privileged containers, and containers with SYS_ADMIN, which is nearly the same. */
export const privileged = eachContainer({ name: 'rule-privilege-escalation', lists: EVERY_LIST }, (container) => {
  const findings: Finding[] = []
  asList(container.get('securityContext', 'capabilities', 'add')).forEach((entry, at) => {
    const capability = capabilityName(asText(entry) ?? '')
    if (capability === 'SYS_ADMIN' || (capability === 'ALL' && !dropsSysAdmin(container))) {
      findings.push(removal(container.at(`securityContext.capabilities.add[${at}]`)))
    }
  })
  if (saysTrue(container.get('securityContext', 'privileged'))) {
    findings.push(removal(container.at('securityContext.privileged')))
  }
  return findings
})

/** Containers that may write to their root filesystem. */
export const writableRoot = eachContainer(
  { name: 'immutable-container-filesystem', lists: EVERY_LIST, linuxOnly: true },
  (container) =>
    !hasJudgedList(container) || container.get('securityContext', 'readOnlyRootFilesystem') === true
      ? undefined
      : lacking(container, 'securityContext.readOnlyRootFilesystem', 'true'),
)

/** Containers that may run as root, by user or by group. */
export const nonRoot = eachContainer({ name: 'non-root-containers', lists: EVERY_LIST }, (container) => {
  if (!hasJudgedList(container)) return undefined
  const findings: Finding[] = []
  const runAsNonRoot = effective(container, 'runAsNonRoot')
  if (isWindows(container.workload)) {
    // Users and groups of Windows have names, not numbers.
    return runAsNonRoot.value === true ? undefined : lacking(container, 'securityContext.runAsNonRoot', 'true')
  }
  const user = effective(container, 'runAsUser')
  if (runAsNonRoot.value !== true && isRootId(user.value)) {
    findings.push(
      user.path === undefined
        ? missing(container.at('securityContext.runAsNonRoot'), 'true')
        : missing(user.path, '1000'),
    )
  }
  const group = effective(container, 'runAsGroup')
  if (isRootId(group.value)) findings.push(missing(group.path ?? container.at('securityContext.runAsGroup'), '1000'))
  return findings.length > 0 && container.list === 'ephemeralContainers' ? NO_FIELD : findings
})

const podSecurityPolicies = projection(
  'pod-security-policies',
  [matching('policy/*', 'PodSecurityPolicy')],
  (resource) => ({
    forbidsEscalation: asMap(resource.object['spec'])?.['allowPrivilegeEscalation'] === false,
  }),
)

const escalating = projection('escalating-containers', WORKLOADS, (resource) => {
  const workload = workloadOf(resource)
  if (workload === undefined || workload.containers.length === 0 || isWindows(workload)) return undefined
  const open = workload.containers.filter(
    (container) => hasJudgedList(container) && container.get('securityContext', 'allowPrivilegeEscalation') !== false,
  )
  const findings = open.flatMap((container) => [
    ...lacking(container, 'securityContext.allowPrivilegeEscalation', 'false'),
    ...lacking(container, 'securityContext.privileged', 'false'),
  ])
  return { isOpen: open.length > 0, findings }
})

/** Containers whose processes may gain more privileges than their parent, unless every PodSecurityPolicy forbids it. */
export const privilegeEscalation: JoinedCheck = {
  shape: 'joined',
  name: 'rule-allow-privilege-escalation',
  match: [...WORKLOADS, ...podSecurityPolicies.match],
  tests: 'reported',
  needs: [escalating, podSecurityPolicies],
  across: [],
  *judge(tables): Generator<Outcome> {
    const policies = tables.rows(podSecurityPolicies)
    const isForbidden = policies.length > 0 && policies.every((policy) => policy.forbidsEscalation)
    for (const { ref } of policies) yield { subject: ref }
    for (const { ref, isOpen, findings } of tables.rows(escalating)) {
      yield isForbidden || !isOpen ? { subject: ref } : { subject: ref, findings }
    }
  },
}

const SECCOMP_TYPE = 'securityContext.seccompProfile.type'

/** The type of the seccomp profile that takes effect, the container's own or the pod's, with its path. */
export function seccompType(container: Container): { type: string | undefined; path: string } {
  const [own, pods] = [container, container.workload].map((owner) =>
    asText(owner.get('securityContext', 'seccompProfile', 'type')),
  )
  return { type: own ?? pods, path: (own === undefined ? container.workload : container).at(SECCOMP_TYPE) }
}

/** Containers that no seccomp profile confines; `Unconfined` is none. */
export function unconfined(container: Container): readonly Finding[] | Finding | undefined {
  if (!hasJudgedList(container)) return undefined
  const { type, path } = seccompType(container)
  if (type === undefined) return lacking(container, 'securityContext.seccompProfile', 'YOUR_VALUE')
  return type === 'RuntimeDefault' || type === 'Localhost' ? undefined : replacement(path, 'RuntimeDefault')
}

/** A security context field as it takes effect: the container's own, else the pod's. `path` tells where it is set. */
export function effective(container: Container, name: string): { value: Value | undefined; path: string | undefined } {
  const own = container.get('securityContext', name)
  if (own !== undefined && own !== null) return { value: own, path: container.at(`securityContext.${name}`) }
  const pods = container.workload.get('securityContext', name)
  if (pods !== undefined && pods !== null)
    return { value: pods, path: container.workload.at(`securityContext.${name}`) }
  return { value: undefined, path: undefined }
}

function isRootId(id: Value | undefined): boolean {
  return id === undefined || Number(id) === 0
}

/** All capabilities but SYS_ADMIN: what is dropped is taken from what is added. */
function dropsSysAdmin(container: Container): boolean {
  return asTexts(container.get('securityContext', 'capabilities', 'drop')).some((capability) =>
    ['SYS_ADMIN', 'ALL'].includes(capabilityName(capability)),
  )
}

/** The name of a capability without the `CAP_` that the kernel puts before it, in upper case. */
export function capabilityName(capability: string): string {
  const upper = capability.toUpperCase()
  return upper.startsWith('CAP_') ? upper.slice(4) : upper
}
