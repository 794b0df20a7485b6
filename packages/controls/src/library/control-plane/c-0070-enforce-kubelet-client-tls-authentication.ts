/** Enforce Kubelet client TLS authentication. */
import { matching } from '@kubescape/resources'
import { defineControl } from '../../control.ts'

const FACTS = [matching('*', 'KubeletInfo')]

export default defineControl({
  id: 'C-0070',
  name: 'Enforce Kubelet client TLS authentication',
  baseScore: 9,
  category: 'Control plane',
  scope: ['cluster'],
  why: '',
  repair: '',
  needs: { what: 'facts of the nodes (KubeletInfo objects)', kinds: ['KubeletInfo'] },
  checks: [{ shape: 'unavailable', name: 'enforce-kubelet-client-tls-authentication-updated', match: FACTS }],
})
