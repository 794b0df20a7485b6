/** Ensure that the --event-qps argument is set to 0 or a level which ensures appropriate event capture. */
import { asText } from '@kubescape/resources'
import { kubeletSetting } from '../../checks/kubelet-setting.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

function isZero(text: string | undefined): boolean {
  return Number(text || Number.NaN) === 0
}

export default defineControl({
  id: 'C-0180',
  name: 'Ensure that the --event-qps argument is set to 0 or a level which ensures appropriate event capture',
  baseScore: 2,
  category: 'Control plane',
  scope: ['cluster'],
  why: '`eventRecordQPS` or `--event-qps` is 0, which means that nothing limits the events this kubelet sends. A crashing pod can then flood the API server and etcd.',
  repair:
    'Set `eventRecordQPS` in the kubelet configuration, or `--event-qps`, to a positive number; the default is 50. If the benchmark at hand asks for unlimited events, keep 0 and add an exception.',
  references: ['kubeletConfiguration'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [
    kubeletSetting({
      name: 'kubelet-event-qps',
      flag: '--event-qps',
      isBadFlag: isZero,
      properties: ['eventRecordQPS'],
      isBadProperty: (value) => isZero(asText(value)),
      neither: 'passes',
    }),
  ],
})
