/** If the kubelet config.yaml configuration file is being used validate permissions set to 600 or more restrictive. */
import { fileMode } from '../../checks/file-mode.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0170',
  name: 'If the kubelet config.yaml configuration file is being used validate permissions set to 600 or more restrictive',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'Users other than root can open the configuration file of the kubelet. Write access is enough to turn off its authentication or authorisation.',
  repair:
    'Run `chmod 600 /var/lib/kubelet/config.yaml`, or the file behind `--config`, and do the same for the files of a drop-in directory.',
  references: ['kubeletConfiguration'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [
    fileMode({
      name: 'if-the-kubelet-config.yaml-configuration-file-is-being-used-validate-permissions-set-to-600-or-more-restrictive',
      kind: 'KubeletInfo',
      at: ['data.configFile'],
      max: 0o600,
    }),
  ],
})
