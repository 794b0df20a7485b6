/** Ensure that the controller manager pod specification file permissions are set to 600 or more restrictive. */
import { fileMode } from '../../checks/file-mode.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0094',
  name: 'Ensure that the controller manager pod specification file permissions are set to 600 or more restrictive',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The manifest of kube-controller-manager gives rights to users other than root. The controller manager signs service account tokens and certificates, so whoever changes its flags can make it trust or issue what they like.',
  repair:
    'Run `chmod 600 /etc/kubernetes/manifests/kube-controller-manager.yaml` on the control plane nodes. Keep copies and editor backups out of the `manifests` directory: the kubelet reads every file there.',
  references: ['staticPods', 'controllerManagerFlags'],
  needs: needsNodeFacts('ControlPlaneInfo'),
  checks: [
    fileMode({
      name: 'ensure-that-the-controller-manager-pod-specification-file-permissions-are-set-to-600-or-more-restrictive',
      kind: 'ControlPlaneInfo',
      at: ['data.controllerManagerInfo.specsFile'],
      max: 0o600,
    }),
  ],
})
