/** Apply Security Context to Your Pods and Containers. */
import { matching } from '@kubescape/resources'
import { defineControl } from '../../control.ts'

const FACTS = [matching('*', 'ControlPlaneInfo')]

export default defineControl({
  id: 'C-0211',
  name: 'Apply Security Context to Your Pods and Containers',
  baseScore: 8,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  needs: { what: 'facts of the control plane (ControlPlaneInfo objects)', kinds: ['ControlPlaneInfo'] },
  checks: [{ shape: 'unavailable', name: 'set-procmount-default', match: FACTS }],
})
