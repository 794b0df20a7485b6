/** Instance Metadata API. */
import { matching } from '@kubescape/resources'
import { defineControl } from '../../control.ts'

const FACTS = [matching('*', 'cloudProviderInfo')]

export default defineControl({
  id: 'C-0052',
  name: 'Instance Metadata API',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cloud'],
  why: '',
  repair: '',
  needs: { what: 'facts of the nodes (cloudProviderInfo objects)', kinds: ['cloudProviderInfo'] },
  checks: [{ shape: 'unavailable', name: 'instance-metadata-api-access', match: FACTS }],
})
