/** Ensure that the Kubelet is configured to limit pod PIDS. */
import { asText } from '@kubescape/resources'
import { eachKubelet } from '../../checks/kubelet-facts.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0284',
  name: 'Ensure that the Kubelet is configured to limit pod PIDS',
  baseScore: 2,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The number of processes in a pod is not limited by this kubelet. One pod with a fork bomb can use up all process ids, and the node stops working for the others.',
  repair:
    'Set `podPidsLimit` in the kubelet configuration, or `--pod-max-pids`, to a number above what your busiest pod needs, for instance 4096. Java and database pods count each thread.',
  references: ['pidLimits'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [
    eachKubelet('kubelet-set-pod-limit', (kubelet) => {
      const { config } = kubelet
      const flag = kubelet.flag('--pod-max-pids')
      if (flag !== undefined) return Number(flag.value) > 0 ? undefined : []
      // Without a file the default holds, which is no limit.
      if (config === 'absent' && !kubelet.namesConfig) return []
      if (typeof config === 'string') return 'not-tested'
      return Number(asText(config['podPidsLimit'])) > 0 ? undefined : []
    }),
  ],
})
