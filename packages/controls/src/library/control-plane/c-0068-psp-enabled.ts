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
  why: 'The cluster does not use PodSecurityPolicy admission. If nothing else checks new pods, anyone who may create them can run privileged containers or mount node directories. Kubernetes 1.25 removed PodSecurityPolicy, so newer clusters need its successor.',
  repair:
    'On Kubernetes 1.25 and later label namespaces with `pod-security.kubernetes.io/enforce: baseline` or `restricted`, try `warn` first, and add an exception for this control. On 1.24 and earlier add `PodSecurityPolicy` to `--enable-admission-plugins`, after you have created policies, or no pod starts.',
  needs: { what: "the cloud's description of the cluster (a ClusterDescribe object)", kinds: ['ClusterDescribe'] },
  checks: [
    { shape: 'unavailable', name: 'psp-enabled-cloud', match: FACTS },
    { shape: 'unavailable', name: 'psp-enabled-native', match: FACTS },
  ],
})
