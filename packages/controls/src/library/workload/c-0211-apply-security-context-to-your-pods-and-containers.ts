/** Apply Security Context to Your Pods and Containers. */
import { nonRoot, privileged, privilegeEscalation, writableRoot } from '../../checks/pod-security.ts'
import {
  fsGroupChangePolicySet,
  fsGroupSet,
  gmsaNamed,
  hostProcess,
  netRawDropped,
  procMountDefault,
  seccompSet,
  seLinuxSet,
  supplementalGroupsSafe,
  sysctlsSafe,
  windowsUserNamed,
} from '../../checks/security-context.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0211',
  name: 'Apply Security Context to Your Pods and Containers',
  baseScore: 8,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'Hardening settings in the security context of the pod or its containers are missing or too loose, for instance user, capabilities, seccomp or SELinux. Whoever breaks into such a container has more ways to root and to the node.',
  repair:
    'In `securityContext` set `runAsNonRoot: true`, `runAsGroup`, `allowPrivilegeEscalation: false`, `readOnlyRootFilesystem: true`, `capabilities.drop: [ALL]`, `seccompProfile` and `seLinuxOptions`; keep `procMount: Default`, set `fsGroup` for volumes and remove unsafe `sysctls`. Test the image after each step.',
  references: ['securityContext', 'podSecurityStandards', 'linuxKernelSecurity'],
  attackSteps: { 'workload-external-track': 'Privilege Escalation (Node)' },
  checks: [
    privileged,
    writableRoot,
    nonRoot,
    netRawDropped,
    seLinuxSet,
    seccompSet,
    procMountDefault,
    fsGroupSet,
    fsGroupChangePolicySet,
    sysctlsSafe,
    supplementalGroupsSafe,
    privilegeEscalation,
    gmsaNamed,
    hostProcess,
    windowsUserNamed,
  ],
})
