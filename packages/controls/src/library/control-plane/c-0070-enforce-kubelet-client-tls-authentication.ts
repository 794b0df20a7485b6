/** Enforce Kubelet client TLS authentication. */
import { noKubeletClientCa } from '../../checks/kubelet-access.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0070',
  name: 'Enforce Kubelet client TLS authentication',
  baseScore: 9,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The kubelet has no client CA, so it cannot verify client certificates and cannot tell the API server from another caller. Port 10250 serves logs and runs commands in pods, so it must know who is asking.',
  repair:
    'Set `authentication.x509.clientCAFile` in the kubelet configuration file, or `--client-ca-file`, to the CA that signs the client certificate of the API server, and restart the kubelet. Make sure that kube-apiserver has `--kubelet-client-certificate` and `--kubelet-client-key`, or logs and exec stop working.',
  references: ['kubeletAuthentication', 'kubeletConfiguration'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [noKubeletClientCa],
})
