/** If the kubelet config.yaml configuration file is being used validate file ownership is set to root:root. */
import { ownedByRoot } from '../../checks/file-owner.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0171',
  name: 'If the kubelet config.yaml configuration file is being used validate file ownership is set to root:root',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The configuration file of the kubelet belongs to a user other than root, who can open the kubelet to the network with two changed lines.',
  repair: 'Run `chown root:root /var/lib/kubelet/config.yaml` on the node, or on the file that `--config` names.',
  references: ['kubeletConfiguration'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [
    ownedByRoot({
      name: 'ensure-that-the-kubelet-configuration-file-ownership-is-set-to-root-root',
      kind: 'KubeletInfo',
      at: ['data.configFile'],
    }),
  ],
})
