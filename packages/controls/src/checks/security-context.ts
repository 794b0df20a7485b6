/** Settings of the security context that harden pods further. */
import { asList, asMap, asText, asTexts, field, matching, saysTrue, WORKLOADS, workloadOf } from '@kubescape/resources'
import type { Container, Value, Workload } from '@kubescape/resources'

import type { JoinedCheck, LocalCheck, Outcome } from '../check.ts'
import { failsIfAny } from '../check.ts'
import { missing, replacement, type Finding } from '../finding.ts'
import { projection } from '../projection.ts'
import { capabilityName, effective, unconfined } from './pod-security.ts'
import {
  eachContainer,
  eachWorkload,
  EVERY_LIST,
  excess,
  hasJudgedList,
  isWindows,
  lacking,
  REGULAR_AND_INIT,
} from './workloads.ts'

/** Containers that keep NET_RAW, with which they can forge packets. */
export const netRawDropped = eachContainer(
  { name: 'drop-capability-netraw', lists: EVERY_LIST, linuxOnly: true },
  (container) => {
    if (!hasJudgedList(container)) return undefined
    const path = 'securityContext.capabilities'
    const drop = asTexts(container.get('securityContext', 'capabilities', 'drop')).map(capabilityName)
    const add = asTexts(container.get('securityContext', 'capabilities', 'add')).map(capabilityName)
    if (drop.includes('ALL')) return add.includes('NET_RAW') ? excess(container, `${path}.add`) : undefined
    if (drop.includes('NET_RAW')) return undefined
    const length = asList(container.get('securityContext', 'capabilities', 'drop')).length
    return lacking(container, `${path}.drop[${length}]`, 'NET_RAW')
  },
)

/** Containers without SELinux options of their own or of their pod. */
export const seLinuxSet = eachContainer(
  { name: 'set-seLinuxOptions', lists: EVERY_LIST, linuxOnly: true },
  (container) =>
    !hasJudgedList(container) || saysSomething(effective(container, 'seLinuxOptions').value)
      ? undefined
      : lacking(container, 'securityContext.seLinuxOptions', 'YOUR_VALUE'),
)

/** Containers that no seccomp profile of their own or of their pod confines. */
export const seccompSet = eachContainer({ name: 'set-seccomp-profile', lists: EVERY_LIST, linuxOnly: true }, unconfined)

const unmaskable = projection('containers-with-proc-mount', WORKLOADS, (resource) => {
  const workload = workloadOf(resource)
  if (workload === undefined || isWindows(workload)) return undefined
  return {
    findings: workload
      .containersIn(REGULAR_AND_INIT)
      .filter(({ spec }) => spec['securityContext'] !== undefined)
      .filter((container) => container.get('securityContext', 'procMount') !== 'Default')
      .map((container) => missing(container.at('securityContext.procMount'), 'Default')),
  }
})

const procMountGates = projection(
  'proc-mount-feature-gates',
  [matching('hostdata.kubescape.cloud/v1beta0', 'ControlPlaneInfo')],
  (resource) => {
    const words = (asText(field(resource.object, 'data', 'APIServerInfo', 'cmdLine')) ?? '').split(' ')
    const isOn = words.some((word) => word.includes('ProcMountType=true'))
    return isOn && words.some((word) => word.includes('--feature-gates=')) ? {} : undefined
  },
)

/** Containers that may see all of /proc, where the API server has the feature switched on. */
export const procMountDefault: JoinedCheck = {
  shape: 'joined',
  name: 'set-procmount-default',
  match: WORKLOADS,
  tests: 'reported',
  needs: [unmaskable, procMountGates],
  across: [],
  *judge(tables): Generator<Outcome> {
    if (tables.rows(procMountGates).length === 0) return
    for (const { ref, findings } of tables.rows(unmaskable)) {
      yield findings.length === 0 ? { subject: ref } : { subject: ref, findings }
    }
  },
}

/** Pods whose security context names no group for files on volumes. */
export const fsGroupSet = podContext('set-fsgroup-value', (context, at, workload) => {
  if (isWindows(workload)) return 'not-tested'
  const group = field(context, 'fsGroup')
  return isSetId(group) ? [] : [missing(at('fsGroup'), 'YOUR_VALUE')]
})

/** Pods whose security context does not say when the group of files on volumes is changed. */
export const fsGroupChangePolicySet = podContext('set-fsgroupchangepolicy-value', (context, at, workload) => {
  if (isWindows(workload)) return 'not-tested'
  const policy = asText(field(context, 'fsGroupChangePolicy')) ?? ''
  return ['Always', 'OnRootMismatch'].includes(policy) ? [] : [missing(at('fsGroupChangePolicy'), 'Always')]
})

/** The kernel settings that Kubernetes calls safe. */
const SAFE_SYSCTLS = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
])

/** Pods that change kernel settings which reach beyond the pod. */
export const sysctlsSafe = podContext('set-sysctls-params', (context, at) => {
  const names = asList(field(context, 'sysctls')).map((entry) => asText(asMap(entry)?.['name']))
  return names.some((name) => name !== undefined && !SAFE_SYSCTLS.has(name.replaceAll('/', '.')))
    ? [replacement(at('sysctls'), 'REMOVE_UNSAFE_SYSCTLS')]
    : []
})

/** Pods whose processes are in the group of root. */
export const supplementalGroupsSafe = podContext('set-supplementalgroups-values', (context, at) =>
  asList(field(context, 'supplementalGroups')).some((group) => group === 0)
    ? [replacement(at('supplementalGroups'), 'REMOVE_GROUP_0')]
    : [],
)

/** Windows containers without a group-managed service account. */
export const gmsaNamed = windowsSetting('set-gmsacredentialspecname-value', 'gmsaCredentialSpecName')

/** Windows containers that name no user. */
export const windowsUserNamed = windowsSetting('set-runasusername-value', 'runAsUserName')

/** Windows containers that run as processes of the node. */
export const hostProcess = eachWorkload({ name: 'set-hostprocess-true' }, (workload) => {
  const setting = 'securityContext.windowsOptions.hostProcess'
  const own = workload.containers
    .filter((container) => saysTrue(container.get(...setting.split('.'))))
    .map((container) => replacement(container.at(setting), 'false'))
  const pods = saysTrue(workload.get(...setting.split('.'))) ? [replacement(workload.at(setting), 'false')] : []
  return failsIfAny([...pods, ...own])
})

/** A check of the pod's security context; pods without one are not judged by it. */
function podContext(
  name: string,
  judge: (context: Value, at: (setting: string) => string, workload: Workload) => readonly Finding[] | 'not-tested',
): LocalCheck {
  return eachWorkload({ name }, (workload) => {
    const context = workload.get('securityContext')
    if (context === undefined) return undefined
    const findings = judge(context, (setting) => workload.at(`securityContext.${setting}`), workload)
    return findings === 'not-tested' ? findings : failsIfAny(findings)
  })
}

function windowsSetting(name: string, setting: string): LocalCheck {
  return eachContainer({ name, lists: REGULAR_AND_INIT }, (container) => {
    if (!isWindows(container.workload)) return undefined
    const of = (owner: Container | Workload): Value | undefined =>
      owner.get('securityContext', 'windowsOptions', setting)
    return saysSomething(of(container)) || saysSomething(of(container.workload))
      ? undefined
      : missing(container.at(`securityContext.windowsOptions.${setting}`), 'YOUR_VALUE')
  })
}

function isSetId(id: Value | undefined): boolean {
  return id !== undefined && id !== null && Number(id) >= 0
}

function saysSomething(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === '') return false
  const map = asMap(value)
  return map === undefined || Object.keys(map).length > 0
}
