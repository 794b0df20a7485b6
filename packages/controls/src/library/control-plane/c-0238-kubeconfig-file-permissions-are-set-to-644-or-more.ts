/** Ensure that the kubeconfig file permissions are set to 644 or more restrictive. */
import { fileMode } from '../../checks/file-mode.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0238',
  name: 'Ensure that the kubeconfig file permissions are set to 644 or more restrictive',
  baseScore: 6,
  scope: ['EKS'],
  why: 'The kubeconfig of the kubelet on this EKS node has a wider mode than 644, so accounts other than root can redirect the kubelet or take part in its identity.',
  repair:
    'Run `chmod 644 /var/lib/kubelet/kubeconfig` from the launch template of the node group; managed node images ship with this mode, so look for a script that widens it.',
  references: ['eksSecurity'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [
    fileMode({
      name: 'Ensure-that-the-kubeconfig-file-permissions-are-set-to-644-or-more-restrictive',
      kind: 'KubeletInfo',
      at: ['data.kubeConfigFile'],
      max: 0o644,
    }),
  ],
})
