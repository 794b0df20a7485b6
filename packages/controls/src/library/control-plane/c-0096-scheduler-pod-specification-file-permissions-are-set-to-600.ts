/** Ensure that the scheduler pod specification file permissions are set to 600 or more restrictive. */
import { fileMode } from '../../checks/file-mode.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0096',
  name: 'Ensure that the scheduler pod specification file permissions are set to 600 or more restrictive',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The manifest of kube-scheduler can be opened by ordinary users of the node. A changed manifest runs any image as a static Pod of the control plane.',
  repair:
    'Run `chmod 600 /etc/kubernetes/manifests/kube-scheduler.yaml` on the control plane nodes, then check with `stat -c %a` that nothing sets it back.',
  references: ['staticPods', 'schedulerFlags'],
  needs: needsNodeFacts('ControlPlaneInfo'),
  checks: [
    fileMode({
      name: 'ensure-that-the-scheduler-pod-specification-file-permissions-are-set-to-600-or-more-restrictive',
      kind: 'ControlPlaneInfo',
      at: ['data.schedulerInfo.specsFile'],
      max: 0o600,
    }),
  ],
})
