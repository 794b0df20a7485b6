/** Apply Security Context to Your Pods and Containers. */
import { matching } from '@kubescape/resources'
import { defineControl } from '../../control.ts'

const FACTS = [matching('*', 'ControlPlaneInfo')]

export default defineControl({
  id: 'C-0211',
  name: 'Apply Security Context to Your Pods and Containers',
  baseScore: 8,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'Hardening settings in the security context of the pod or its containers are missing or too loose, for instance user, capabilities, seccomp or SELinux. Whoever breaks into such a container has more ways to root and to the node.',
  repair:
    'In `securityContext` set `runAsNonRoot: true`, `runAsGroup`, `allowPrivilegeEscalation: false`, `readOnlyRootFilesystem: true`, `capabilities.drop: [ALL]`, `seccompProfile` and `seLinuxOptions`; keep `procMount: Default`, set `fsGroup` for volumes and remove unsafe `sysctls`. Test the image after each step.',
  needs: { what: 'facts of the control plane (ControlPlaneInfo objects)', kinds: ['ControlPlaneInfo'] },
  checks: [{ shape: 'unavailable', name: 'set-procmount-default', match: FACTS }],
})
