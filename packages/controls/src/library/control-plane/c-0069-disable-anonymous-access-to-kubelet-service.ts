/** Disable anonymous access to Kubelet service. */
import { matching } from '@kubescape/resources'
import { defineControl } from '../../control.ts'

const FACTS = [matching('*', 'KubeletInfo')]

export default defineControl({
  id: 'C-0069',
  name: 'Disable anonymous access to Kubelet service',
  baseScore: 10,
  category: 'Control plane',
  scope: ['cluster'],
  why: '',
  repair: '',
  needs: { what: 'facts of the nodes (KubeletInfo objects)', kinds: ['KubeletInfo'] },
  checks: [{ shape: 'unavailable', name: 'anonymous-requests-to-kubelet-service-updated', match: FACTS }],
})
