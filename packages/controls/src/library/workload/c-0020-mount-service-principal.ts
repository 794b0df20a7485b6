/** Mount service principal. */
import { mountsNodeCredentials } from '../../checks/provider-credentials.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0020',
  name: 'Mount service principal',
  baseScore: 4,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'The workload mounts a directory of the node in which the cloud provider keeps credentials, such as `/.aws` or `/etc/kubernetes`. Code in the container can read them and act in the cloud account as the node.',
  repair:
    'Remove the `hostPath` volume and the `volumeMounts` that use it. Give the workload a cloud identity of its own in place of the credentials of the node: IAM roles for ServiceAccounts or Pod Identity on EKS, Workload ID on AKS, Workload Identity Federation on GKE.',
  references: ['eksSecurity', 'aksSecurity', 'gkeHardening'],
  needs: {
    what: 'the cloud provider of the cluster (Nodes with a provider ID, or a ClusterDescribe object)',
    kinds: [],
  },
  checks: [mountsNodeCredentials],
})
