/** PSP enabled. */
import { field } from '@kubescape/resources'
import { eachApiServerPod } from '../../checks/api-server-pod.ts'
import { eachCluster, NEEDS_API_SERVER_OR_CLOUD } from '../../checks/cluster-description.ts'
import { listOf, usesOf } from '../../checks/command-flags.ts'
import { wrong } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0068',
  name: 'PSP enabled',
  baseScore: 1,
  category: 'Control plane',
  scope: ['cluster', 'file'],
  why: 'The cluster does not use PodSecurityPolicy admission. If nothing else checks new pods, anyone who may create them can run privileged containers or mount node directories. Kubernetes 1.25 removed PodSecurityPolicy, so newer clusters need its successor.',
  repair:
    'On Kubernetes 1.25 and later label namespaces with `pod-security.kubernetes.io/enforce: baseline` or `restricted`, try `warn` first, and add an exception for this control. On 1.24 and earlier add `PodSecurityPolicy` to `--enable-admission-plugins`, after you have created policies, or no pod starts.',
  references: ['podSecurityAdmission', 'podSecurityStandards'],
  needs: NEEDS_API_SERVER_OR_CLOUD,
  checks: [
    eachCluster('psp-enabled-cloud', {
      eks: () => undefined,
      gke: (data) => (field(data, 'pod_security_policy_config', 'enabled') === true ? undefined : []),
    }),
    eachApiServerPod('psp-enabled-native', (line) => {
      const use = usesOf(line.items, '--enable-admission-plugins').at(-1)
      // The plug-in is off by default.
      if (use === undefined) return [wrong(line.listPath)]
      return listOf(use.value).includes('PodSecurityPolicy') ? undefined : [wrong(use.path)]
    }),
  ],
})
