/** Ensure that the --kubeconfig kubelet.conf file permissions are set to 600 or more restrictive. */
import { fileMode } from '../../checks/file-mode.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0166',
  name: 'Ensure that the --kubeconfig kubelet.conf file permissions are set to 600 or more restrictive',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The kubeconfig of the kubelet is open to users other than root. With its credential anyone can act as this node and read the Secrets of all pods that run on it.',
  repair:
    'Run `chmod 600 /etc/kubernetes/kubelet.conf` on the node. Look at `/var/lib/kubelet/pki` as well, where the rotated client key lies.',
  references: ['kubeletTls', 'certificates'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [
    fileMode({
      name: 'ensure-that-the-kubeconfig-kubelet.conf-file-permissions-are-set-to-600-or-more-restrictive',
      kind: 'KubeletInfo',
      at: ['data.kubeConfigFile'],
      max: 0o600,
    }),
  ],
})
