/** Ensure that the API Server --kubelet-certificate-authority argument is set as appropriate. */
import { requiredFlag } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0117',
  name: 'Ensure that the API Server --kubelet-certificate-authority argument is set as appropriate',
  baseScore: 8,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The API server does not verify the certificates of kubelets. Someone between the two can pose as a node and read or change logs, commands and their output.',
  repair:
    'Set `--kubelet-certificate-authority` to the CA of the kubelets serving certificates. First let kubelets request signed ones with `serverTLSBootstrap: true` and approve the requests, or connections to nodes fail.',
  references: ['nodeCommunication', 'kubeletTls', 'apiServerFlags'],
  checks: [
    requiredFlag({
      name: 'ensure-that-the-api-server-kubelet-certificate-authority-argument-is-set-as-appropriate',
      component: API_SERVER,
      flag: '--kubelet-certificate-authority',
      value: '<path/to/ca.crt>',
    }),
  ],
})
