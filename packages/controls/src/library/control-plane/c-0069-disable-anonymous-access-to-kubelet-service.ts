/** Disable anonymous access to Kubelet service. */
import { anonymousKubelet } from '../../checks/kubelet-access.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0069',
  name: 'Disable anonymous access to Kubelet service',
  baseScore: 10,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The kubelet accepts requests without credentials. Depending on its authorisation mode, anyone who reaches port 10250 of the node can list its pods, read their logs or run commands in their containers.',
  repair:
    'Set `authentication.anonymous.enabled: false` in the kubelet configuration file, or `--anonymous-auth=false` if you use flags, and restart the kubelet on each node. Give monitoring that read from the kubelet without credentials a ServiceAccount with access to `nodes/metrics`.',
  references: ['kubeletAuthentication', 'kubeletConfiguration'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [anonymousKubelet],
})
