/** Mount service principal. */
import { matching } from '@kubescape/resources'
import { defineControl } from '../../control.ts'

const FACTS = [matching('*', 'ClusterDescribe')]

export default defineControl({
  id: 'C-0020',
  name: 'Mount service principal',
  baseScore: 4,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  needs: { what: 'the cloud provider of the cluster (a ClusterDescribe object)', kinds: ['ClusterDescribe'] },
  checks: [{ shape: 'unavailable', name: 'alert-mount-potential-credentials-paths', match: FACTS }],
})
