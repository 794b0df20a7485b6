/** Restrict Access to the Control Plane Endpoint. */
import { CLUSTER_DESCRIPTION, clusterDescription } from '../../checks/cloud.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0227',
  name: 'Restrict Access to the Control Plane Endpoint',
  baseScore: 8,
  scope: ['cloud'],
  why: 'The API server of this EKS cluster has no private endpoint. Requests of nodes and administrators leave the VPC and reach it at a public address, where everyone can try.',
  repair:
    'Set `endpointPrivateAccess=true` with `aws eks update-cluster-config --name NAME --resources-vpc-config`, and limit `publicAccessCidrs` to the networks of your administrators while the public endpoint stays on. Allow port 443 in the security group of the cluster.',
  references: ['eksSecurity', 'apiAccess'],
  needs: CLUSTER_DESCRIPTION,
  checks: [
    clusterDescription(
      'ensure-endpointprivateaccess-is-enabled',
      'eks',
      ['Cluster', 'ResourcesVpcConfig'],
      ({ EndpointPrivateAccess: isPrivate }) => (typeof isPrivate === 'boolean' ? !isPrivate : 'not-tested'),
    ),
  ],
})
