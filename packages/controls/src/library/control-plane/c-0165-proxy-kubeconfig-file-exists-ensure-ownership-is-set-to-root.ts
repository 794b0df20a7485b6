/** If proxy kubeconfig file exists ensure ownership is set to root:root. */
import { ownedByRoot } from '../../checks/file-owner.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0165',
  name: 'If proxy kubeconfig file exists ensure ownership is set to root:root',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The kubeconfig of kube-proxy has an owner other than root, who can change which API server the network rules of this node come from.',
  repair:
    'Run `chown root:root` on the file that the `--kubeconfig` flag of kube-proxy names, for instance `/var/lib/kube-proxy/kubeconfig`.',
  references: ['kubeProxy'],
  needs: needsNodeFacts('KubeProxyInfo'),
  checks: [
    ownedByRoot({
      name: 'if-proxy-kubeconfig-file-exists-ensure-ownership-is-set-to-root-root',
      kind: 'KubeProxyInfo',
      at: ['data.kubeConfigFile'],
    }),
  ],
})
