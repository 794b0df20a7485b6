/** Ensure clusters are created with Private Nodes. */
import { field } from '@kubescape/resources'
import { CLUSTER_DESCRIPTION, clusterDescription } from '../../checks/cloud.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0248',
  name: 'Ensure clusters are created with Private Nodes',
  baseScore: 8,
  scope: ['AKS'],
  why: 'This AKS cluster is not private: nodes and API server talk over a public address. What protects the control plane from the internet is then a firewall rule at most.',
  repair:
    'Create the cluster with `--enable-private-cluster`; on an existing one this needs API Server VNet Integration, or a new cluster to move to. Put administrators and agents of the build system into a network that is peered with it, and arrange for the private DNS zone.',
  references: ['aksSecurity'],
  needs: CLUSTER_DESCRIPTION,
  checks: [
    clusterDescription(
      'ensure-clusters-are-created-with-private-nodes',
      'aks',
      ['properties'],
      (properties) => field(properties, 'apiServerAccessProfile', 'enablePrivateCluster') !== true,
    ),
  ],
})
