/** Ensure that the --client-ca-file argument is set as appropriate. */
import { noKubeletClientCa } from '../../checks/kubelet-access.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0174',
  name: 'Ensure that the --client-ca-file argument is set as appropriate',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'No client CA is configured for this kubelet, so certificates of callers, the API server among them, cannot be checked.',
  repair:
    'Point `authentication.x509.clientCAFile` of the kubelet configuration, or `--client-ca-file`, at `/etc/kubernetes/pki/ca.crt` and restart the kubelet.',
  references: ['kubeletAuthentication', 'kubeletConfiguration'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [noKubeletClientCa],
})
