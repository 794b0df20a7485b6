/** Parts of the security context that a hardened pod sets; each is a check of its own within one control. */
import { asList, asText, asTexts, field, type Container } from '@kubescape/resources'

import { missing, removal, replacement, type Finding } from '../finding.ts'
import { capabilityName, effective } from './pod-security.ts'
import { eachContainer, eachWorkload, REGULAR } from './workloads.ts'

const CHANGE_POLICIES = ['Always', 'OnRootMismatch']

/** Sysctls that affect only the pod itself. */
const SAFE_SYSCTLS = new Set([
  'kernel.shm_rmid_forced',
  ...[
    'ip_local_port_range',
    'tcp_syncookies',
    'ping_group_range',
    'ip_unprivileged_port_start',
    'ip_local_reserved_ports',
    'tcp_keepalive_time',
    'tcp_fin_timeout',
    'tcp_keepalive_intvl',
    'tcp_keepalive_probes',
    'tcp_rmem',
    'tcp_wmem',
  ].map((name) => `net.ipv4.${name}`),
])

/** Containers that keep NET_RAW: raw sockets let them forge packets. */
export const keepsNetRaw = eachContainer({ name: 'drop-capability-netraw', lists: REGULAR }, (container) => {
  const written = container.get('securityContext', 'capabilities', 'drop')
  const dropped = asTexts(written).map(capabilityName)
  const added = asTexts(container.get('securityContext', 'capabilities', 'add')).map(capabilityName)
  const path = container.at('securityContext.capabilities')
  if (dropped.includes('ALL')) return added.includes('NET_RAW') ? removal(`${path}.add`) : undefined
  return dropped.includes('NET_RAW') ? undefined : missing(`${path}.drop[${asList(written).length}]`, 'NET_RAW')
})

/** Containers without SELinux options. */
export const noSeLinuxOptions = eachContainer({ name: 'set-seLinuxOptions', lists: REGULAR }, (container) =>
  unsetIn(container, 'seLinuxOptions'),
)

/** Containers without a seccomp profile. */
export const noSeccompProfile = eachContainer({ name: 'set-seccomp-profile', lists: REGULAR }, (container) =>
  unsetIn(container, 'seccompProfile'),
)

function unsetIn(container: Container, name: string): Finding | undefined {
  const { value } = effective(container, name)
  return value === undefined || value === ''
    ? missing(container.at(`securityContext.${name}`), 'YOUR_VALUE')
    : undefined
}

/** Pods with a security context but without a group for their volumes. */
export const noFsGroup = eachWorkload({ name: 'set-fsgroup-value' }, (workload) => {
  if (workload.get('securityContext') === undefined) return undefined
  const group = Number(asText(workload.get('securityContext', 'fsGroup')) ?? Number.NaN)
  return group >= 0 ? undefined : [missing(workload.at('securityContext.fsGroup'), 'YOUR_VALUE')]
})

/** Pods with a security context that does not say when volumes change their group. */
export const noFsGroupChangePolicy = eachWorkload({ name: 'set-fsgroupchangepolicy-value' }, (workload) => {
  const policy = asText(workload.get('securityContext', 'fsGroupChangePolicy')) ?? ''
  return workload.get('securityContext') === undefined || CHANGE_POLICIES.includes(policy)
    ? undefined
    : [missing(workload.at('securityContext.fsGroupChangePolicy'), 'Always')]
})

/** Pods that set kernel parameters which reach beyond the pod. */
export const unsafeSysctls = eachWorkload({ name: 'set-sysctls-params' }, (workload) => {
  const names = asList(workload.get('securityContext', 'sysctls')).map((entry) => asText(field(entry, 'name')))
  return names.every((name) => name === undefined || SAFE_SYSCTLS.has(name.replaceAll('/', '.')))
    ? undefined
    : [replacement(workload.at('securityContext.sysctls'), 'REMOVE_UNSAFE_SYSCTLS')]
})

/** Pods whose processes are in group 0 besides their own. */
export const rootGroup = eachWorkload({ name: 'set-supplementalgroups-values' }, (workload) =>
  asTexts(workload.get('securityContext', 'supplementalGroups')).some((group) => Number(group) === 0)
    ? [replacement(workload.at('securityContext.supplementalGroups'), 'REMOVE_GROUP_0')]
    : undefined,
)
