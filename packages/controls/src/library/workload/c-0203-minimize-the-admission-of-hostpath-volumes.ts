/** Minimize the admission of HostPath volumes. */
import { enforcesBaseline } from '../../checks/pod-security-admission.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0203',
  name: 'Minimize the admission of HostPath volumes',
  baseScore: 6,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'Pods of this namespace may mount directories of the node by `hostPath`, since no Pod Security standard is enforced. Through `/`, `/etc` or the runtime socket a pod can take over the node.',
  repair:
    'Set the namespace label `pod-security.kubernetes.io/enforce` to `baseline` or `restricted`. Replace `hostPath` volumes with volume claims, `emptyDir`, ConfigMaps or a CSI driver before; log collectors that read `/var/log` need a namespace with an exception.',
  references: ['podSecurityAdmission', 'podSecurityStandards', 'volumes'],
  checks: [enforcesBaseline],
})
