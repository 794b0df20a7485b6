/** Ensure that the kubelet service file permissions are set to 600 or more restrictive. */
import { fileMode } from '../../checks/file-mode.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0162',
  name: 'Ensure that the kubelet service file permissions are set to 600 or more restrictive',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'A systemd file of the kubelet has rights beyond those of its owner. Whoever can write it decides what systemd runs as root on this node at the next restart.',
  repair:
    'Run `chmod 600 /etc/systemd/system/kubelet.service.d/10-kubeadm.conf` and on the other unit files of the kubelet; packages may keep theirs below `/usr/lib/systemd/system`.',
  references: ['kubeletOfKubeadm', 'kubeletConfiguration'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [
    fileMode({
      name: 'ensure-that-the-kubelet-service-file-permissions-are-set-to-600-or-more-restrictive',
      kind: 'KubeletInfo',
      at: ['data.serviceFiles[]'],
      max: 0o600,
    }),
  ],
})
