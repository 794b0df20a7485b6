/** Secret/etcd encryption enabled. */
import { matching } from '@kubescape/resources'
import { defineControl } from '../../control.ts'

const FACTS = [matching('*', 'ClusterDescribe')]

export default defineControl({
  id: 'C-0066',
  name: 'Secret/etcd encryption enabled',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: '',
  repair: '',
  needs: { what: 'the cloud\'s description of the cluster (a ClusterDescribe object)', kinds: ['ClusterDescribe'] },
  checks: [{ shape: 'unavailable', name: 'secret-etcd-encryption-cloud', match: FACTS }, { shape: 'unavailable', name: 'etcd-encryption-native', match: FACTS }],
})
