/** Audit logs enabled. */
import { matching } from '@kubescape/resources'
import { defineControl } from '../../control.ts'

const FACTS = [matching('*', 'ClusterDescribe')]

export default defineControl({
  id: 'C-0067',
  name: 'Audit logs enabled',
  baseScore: 5,
  category: 'Control plane',
  scope: ['cluster'],
  why: '',
  repair: '',
  needs: { what: 'the cloud\'s description of the cluster (a ClusterDescribe object)', kinds: ['ClusterDescribe'] },
  checks: [{ shape: 'unavailable', name: 'k8s-audit-logs-enabled-cloud', match: FACTS }, { shape: 'unavailable', name: 'k8s-audit-logs-enabled-native', match: FACTS }],
})
