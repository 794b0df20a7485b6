/** Ensure that the Container Network Interface file permissions are set to 600 or more restrictive. */
import { fileMode } from '../../checks/file-mode.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0100',
  name: 'Ensure that the Container Network Interface file permissions are set to 600 or more restrictive',
  baseScore: 6,
  category: 'Network',
  scope: ['cluster'],
  why: 'A configuration file of the container network gives rights to users other than root. It names the programs that the container runtime starts as root for every pod, so a writable file is a way to root.',
  repair:
    'Run `chmod 600` on the files in `/etc/cni/net.d`. Many network plug-ins write these files from a DaemonSet, so set the mode there too, or it returns with the next restart.',
  references: ['cni'],
  needs: needsNodeFacts('CNIInfo'),
  checks: [
    fileMode({
      name: 'ensure-that-the-Container-Network-Interface-file-permissions-are-set-to-600-or-more-restrictive',
      kind: 'CNIInfo',
      at: ['data.CNIConfigFiles[]'],
      max: 0o600,
    }),
  ],
})
