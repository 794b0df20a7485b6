/** If proxy kubeconfig file exists ensure permissions are set to 600 or more restrictive. */
import { fileMode } from '../../checks/file-mode.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0164',
  name: 'If proxy kubeconfig file exists ensure permissions are set to 600 or more restrictive',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The kubeconfig of kube-proxy is open to ordinary users of the node. It lets them read Services, endpoints and nodes of the cluster, or send kube-proxy to another API server.',
  repair:
    'Run `chmod 600` on the file that `--kubeconfig` of kube-proxy names. Where kube-proxy runs as a DaemonSet, set `defaultMode: 0600` on the volume that carries it.',
  references: ['kubeProxy'],
  needs: needsNodeFacts('KubeProxyInfo'),
  checks: [
    fileMode({
      name: 'if-proxy-kubeconfig-file-exists-ensure-permissions-are-set-to-600-or-more-restrictive',
      kind: 'KubeProxyInfo',
      at: ['data.kubeConfigFile'],
      max: 0o600,
    }),
  ],
})
