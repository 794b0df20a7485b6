/** Ensure clusters are created with Private Endpoint Enabled and Public Access Disabled. */
import { CLUSTER_DESCRIPTION, clusterDescription } from '../../checks/cloud.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0228',
  name: 'Ensure clusters are created with Private Endpoint Enabled and Public Access Disabled',
  baseScore: 8,
  scope: ['EKS'],
  why: 'The EKS API endpoint is open to the internet, or it has no private side. A leaked token or a flaw in the API server can then be used from anywhere.',
  repair:
    'Run `aws eks update-cluster-config --resources-vpc-config endpointPublicAccess=false,endpointPrivateAccess=true`. Make sure before that administrators and the build system reach the VPC, by VPN, Direct Connect or a bastion, or you lock yourself out of kubectl.',
  references: ['eksSecurity', 'apiAccess'],
  needs: CLUSTER_DESCRIPTION,
  checks: [
    clusterDescription(
      'ensure-endpointprivateaccess-is-enabled-and-endpointpublicaccess-is-disabled-eks',
      'eks',
      ['Cluster', 'ResourcesVpcConfig'],
      ({ EndpointPrivateAccess: isPrivate, EndpointPublicAccess: isPublic }) => {
        if (isPrivate === false || isPublic === true) return true
        return isPrivate === true && isPublic === false ? false : 'not-tested'
      },
    ),
  ],
})
