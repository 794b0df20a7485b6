/** Ensure that the --streaming-connection-idle-timeout argument is not set to 0. */
import { asText } from '@kubescape/resources'
import { kubeletSetting } from '../../checks/kubelet-setting.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

/** `0`, `0s` and `0h0m0s`, but not `05m`. */
function isZeroTime(text: string | undefined): boolean {
  return text !== undefined && /^0[0-9.a-zµ]*$/.test(text) && !/[1-9]/.test(text)
}

export default defineControl({
  id: 'C-0176',
  name: 'Ensure that the --streaming-connection-idle-timeout argument is not set to 0',
  baseScore: 3,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'Idle streaming connections to this node are never closed. Forgotten `exec` and `port-forward` sessions pile up and stay usable for whoever gets hold of them.',
  repair:
    'Set `streamingConnectionIdleTimeout` to `4h0m0s`, the default, or to a shorter time such as `5m0s`, in the kubelet configuration, or remove `--streaming-connection-idle-timeout=0`.',
  references: ['kubeletConfiguration'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [
    kubeletSetting({
      name: 'kubelet-streaming-connection-idle-timeout',
      flag: '--streaming-connection-idle-timeout',
      isBadFlag: isZeroTime,
      properties: ['streamingConnectionIdleTimeout'],
      isBadProperty: (value) => isZeroTime(asText(value)),
      neither: 'passes',
    }),
  ],
})
