/** PSP enabled. */
import { matching } from '@kubescape/resources'
import { defineControl } from '../../control.ts'

const FACTS = [matching('*', 'ClusterDescribe')]

export default defineControl({
  id: 'C-0068',
  name: 'PSP enabled',
  baseScore: 1,
  category: 'Control plane',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  needs: { what: 'the cloud\'s description of the cluster (a ClusterDescribe object)', kinds: ['ClusterDescribe'] },
  checks: [{ shape: 'unavailable', name: 'psp-enabled-cloud', match: FACTS }, { shape: 'unavailable', name: 'psp-enabled-native', match: FACTS }],
})
