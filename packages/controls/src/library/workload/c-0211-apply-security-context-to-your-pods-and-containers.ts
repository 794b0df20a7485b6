/** Apply Security Context to Your Pods and Containers. */
import { nonRoot, privileged, privilegeEscalation, writableRoot } from '../../checks/pod-security.ts'
import { openProcMount } from '../../checks/proc-mount.ts'
import {
  keepsNetRaw,
  noFsGroup,
  noFsGroupChangePolicy,
  noSeccompProfile,
  noSeLinuxOptions,
  rootGroup,
  unsafeSysctls,
} from '../../checks/security-context.ts'
import { hostProcess, windowsOption } from '../../checks/windows-context.ts'
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
  checks: [
    privileged,
    writableRoot,
    nonRoot,
    keepsNetRaw,
    noSeLinuxOptions,
    noSeccompProfile,
    openProcMount,
    noFsGroup,
    noFsGroupChangePolicy,
    unsafeSysctls,
    rootGroup,
    privilegeEscalation,
    windowsOption('set-gmsacredentialspecname-value', 'gmsaCredentialSpecName'),
    hostProcess,
    windowsOption('set-runasusername-value', 'runAsUserName'),
  ],
})
