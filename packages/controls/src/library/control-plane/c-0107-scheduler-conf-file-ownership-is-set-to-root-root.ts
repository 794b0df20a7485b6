/** Ensure that the scheduler.conf file ownership is set to root:root. */
import { ownedByRoot } from '../../checks/file-owner.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0107',
  name: 'Ensure that the scheduler.conf file ownership is set to root:root',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The kubeconfig of the scheduler belongs to someone other than root, who can use the identity `system:kube-scheduler` or point the scheduler at another API server.',
  repair:
    'Run `chown root:root /etc/kubernetes/scheduler.conf`. The static Pod mounts the file from the host and reads it as root.',
  references: ['certificates'],
  needs: needsNodeFacts('ControlPlaneInfo'),
  checks: [
    ownedByRoot({
      name: 'ensure-that-the-scheduler.conf-file-ownership-is-set-to-root-root',
      kind: 'ControlPlaneInfo',
      at: ['data.schedulerInfo.configFile'],
    }),
  ],
})
