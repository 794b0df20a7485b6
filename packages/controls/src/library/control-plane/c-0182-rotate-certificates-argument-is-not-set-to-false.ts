/** Ensure that the --rotate-certificates argument is not set to false. */
import { booleanOf } from '../../checks/command-flags.ts'
import { kubeletSetting } from '../../checks/kubelet-setting.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0182',
  name: 'Ensure that the --rotate-certificates argument is not set to false',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The kubelet does not renew its client certificate. When it expires the node drops out of the cluster, and until then a stolen one stays valid.',
  repair:
    'Set `rotateCertificates: true` in the kubelet configuration or remove `--rotate-certificates=false`. kube-controller-manager has to sign the requests, which kubeadm sets up.',
  references: ['kubeletTls', 'kubeletConfiguration'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [
    kubeletSetting({
      name: 'kubelet-rotate-certificates',
      flag: '--rotate-certificates',
      isBadFlag: (value) => booleanOf(value) !== true,
      properties: ['rotateCertificates'],
      isBadProperty: (value) => value === false,
      neither: 'passes',
    }),
  ],
})
