/** Ensure that the Container Network Interface file ownership is set to root:root. */
import { ownedByRoot } from '../../checks/file-owner.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0101',
  name: 'Ensure that the Container Network Interface file ownership is set to root:root',
  baseScore: 6,
  category: 'Network',
  scope: ['cluster'],
  why: 'Someone other than root owns a configuration file of the container network on this node. The owner can add a plug-in to the chain, which then runs as root whenever a pod starts.',
  repair:
    'Run `chown root:root` on the files in `/etc/cni/net.d`, and let the installer of the network plug-in run as root so that new files belong to root.',
  references: ['cni'],
  needs: needsNodeFacts('CNIInfo'),
  checks: [
    ownedByRoot({
      name: 'ensure-that-the-Container-Network-Interface-file-ownership-is-set-to-root-root',
      kind: 'CNIInfo',
      at: ['data.CNIConfigFiles[]'],
    }),
  ],
})
