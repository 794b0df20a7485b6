/** Ensure that the scheduler pod specification file ownership is set to root:root. */
import { ownedByRoot } from '../../checks/file-owner.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0097',
  name: 'Ensure that the scheduler pod specification file ownership is set to root:root',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The manifest of kube-scheduler belongs to someone other than root. Its owner decides what the kubelet starts in the name of the scheduler.',
  repair: 'Run `chown root:root /etc/kubernetes/manifests/kube-scheduler.yaml` on each node that runs a scheduler.',
  references: ['staticPods', 'schedulerFlags'],
  needs: needsNodeFacts('ControlPlaneInfo'),
  checks: [
    ownedByRoot({
      name: 'ensure-that-the-scheduler-pod-specification-file-ownership-is-set-to-root-root',
      kind: 'ControlPlaneInfo',
      at: ['data.schedulerInfo.specsFile'],
    }),
  ],
})
