/** RBAC enabled. */
import { matching } from '@kubescape/resources'
import { defineControl } from '../../control.ts'

const FACTS = [matching('*', 'ClusterDescribe')]

export default defineControl({
  id: 'C-0088',
  name: 'RBAC enabled',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cluster'],
  why: '',
  repair: '',
  needs: { what: 'the cloud\'s description of the cluster (a ClusterDescribe object)', kinds: ['ClusterDescribe'] },
  checks: [{ shape: 'unavailable', name: 'rbac-enabled-cloud', match: FACTS }, { shape: 'unavailable', name: 'rbac-enabled-native', match: FACTS }],
})
