/** Verify that the --read-only-port argument is set to 0. */
import { asText } from '@kubescape/resources'
import { kubeletSetting } from '../../checks/kubelet-setting.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0175',
  name: 'Verify that the --read-only-port argument is set to 0',
  baseScore: 4,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The read-only port of the kubelet is open. It lists the pods of the node with their environment and metrics to anyone, without TLS and without signing in.',
  repair:
    'Set `readOnlyPort: 0` in the kubelet configuration or `--read-only-port=0`. Let monitoring use port 10250 with a token in place of 10255.',
  references: ['kubeletConfiguration'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [
    kubeletSetting({
      name: 'read-only-port-enabled-updated',
      flag: '--read-only-port',
      isBadFlag: (value) => Number(value) !== 0,
      properties: ['readOnlyPort'],
      isBadProperty: (value) => value !== undefined && Number(asText(value)) !== 0,
      neither: 'fails',
    }),
  ],
})
