/** Ensure that the kubelet configuration file has permissions set to 644 or more restrictive. */
import { fileMode } from '../../checks/file-mode.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0235',
  name: 'Ensure that the kubelet configuration file has permissions set to 644 or more restrictive',
  baseScore: 6,
  scope: ['EKS'],
  why: 'On this EKS node users other than root may write the configuration file of the kubelet, or run it as a program. A changed file can open the kubelet to anonymous callers.',
  repair:
    'Run `chmod 644 /etc/kubernetes/kubelet/kubelet-config.json` (on AL2023 the `config.json` beside it) in the user data of the node group, and replace the nodes rather than repairing each.',
  references: ['eksSecurity', 'kubeletConfiguration'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [
    fileMode({
      name: 'ensure-that-the-kubelet-configuration-file-has-permissions-set-to-644-or-more-restrictive',
      kind: 'KubeletInfo',
      at: ['data.configFile'],
      max: 0o644,
    }),
  ],
})
