/** Ensure that the --kubeconfig kubelet.conf file ownership is set to root:root. */
import { ownedByRoot } from '../../checks/file-owner.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0167',
  name: 'Ensure that the --kubeconfig kubelet.conf file ownership is set to root:root',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: '`kubelet.conf` is owned by someone other than root, who can make the kubelet take its pods from an API server of their own.',
  repair: 'Run `chown root:root /etc/kubernetes/kubelet.conf` on each node where the owner differs.',
  references: ['kubeletTls', 'certificates'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [
    ownedByRoot({
      name: 'ensure-that-the-kubeconfig-kubelet.conf-file-ownership-is-set-to-root-root',
      kind: 'KubeletInfo',
      at: ['data.kubeConfigFile'],
    }),
  ],
})
