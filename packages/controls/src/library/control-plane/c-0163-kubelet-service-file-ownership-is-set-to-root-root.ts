/** Ensure that the kubelet service file ownership is set to root:root. */
import { ownedByRoot } from '../../checks/file-owner.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0163',
  name: 'Ensure that the kubelet service file ownership is set to root:root',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'A systemd file of the kubelet belongs to another user than root. The owner can write any command into it, and systemd runs it as root.',
  repair:
    'Run `chown root:root` on `kubelet.service` and on the files in `kubelet.service.d`, then `systemctl daemon-reload`.',
  references: ['kubeletOfKubeadm', 'kubeletConfiguration'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [
    ownedByRoot({
      name: 'ensure-that-the-kubelet-service-file-ownership-is-set-to-root-root',
      kind: 'KubeletInfo',
      at: ['data.serviceFiles[]'],
    }),
  ],
})
