/** Ensure clusters are created with Private Endpoint Enabled and Public Access Disabled. */
import { asText, field } from '@kubescape/resources'
import { CLUSTER_DESCRIPTION, clusterDescription } from '../../checks/cloud.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0252',
  name: 'Ensure clusters are created with Private Endpoint Enabled and Public Access Disabled',
  baseScore: 8,
  scope: ['AKS'],
  why: 'The AKS cluster has no private endpoint for its API server. kubectl and nodes reach it through the public network, where the address can be probed and flooded.',
  repair:
    'Create the cluster with `--enable-private-cluster` and `--disable-public-fqdn`, or add API Server VNet Integration. Plan how people get in, for instance by VPN or `az aks command invoke`, before the public name goes.',
  references: ['aksSecurity', 'apiAccess'],
  needs: CLUSTER_DESCRIPTION,
  checks: [
    clusterDescription(
      'ensure-clusters-are-created-with-private-endpoint-enabled-and-public-access-disabled',
      'aks',
      ['properties'],
      (properties) =>
        !asText(field(properties, 'privateEndpoint', 'id')) &&
        field(properties, 'apiServerAccessProfile', 'enablePrivateCluster') !== true,
    ),
  ],
})
