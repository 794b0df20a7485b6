/** Ensure that the API Server --kubelet-client-certificate and --kubelet-client-key arguments are set as appropriate. */
import { requiredFlags } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0116',
  name: 'Ensure that the API Server --kubelet-client-certificate and --kubelet-client-key arguments are set as appropriate',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The API server has no client certificate for kubelets, so kubelets cannot tell it from another caller. Either logs and exec fail, or the kubelets have to accept anonymous requests.',
  repair:
    'Set `--kubelet-client-certificate` and `--kubelet-client-key` to a pair that the kubelet CA signs; kubeadm puts it at `/etc/kubernetes/pki/apiserver-kubelet-client.crt` and `.key`.',
  references: ['nodeCommunication', 'kubeletAuthentication', 'certificates'],
  checks: [
    requiredFlags({
      name: 'ensure-that-the-api-server-kubelet-client-certificate-and-kubelet-client-key-arguments-are-set-as-appropriate',
      component: API_SERVER,
      flags: [
        ['--kubelet-client-certificate', '<path/to/appropriate/file>'],
        ['--kubelet-client-key', '<path/to/appropriate/file>'],
      ],
    }),
  ],
})
