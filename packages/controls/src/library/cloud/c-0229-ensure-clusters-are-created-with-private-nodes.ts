/** Ensure clusters are created with Private Nodes. */
import { asTexts } from '@kubescape/resources'
import { CLUSTER_DESCRIPTION, clusterDescription } from '../../checks/cloud.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0229',
  name: 'Ensure clusters are created with Private Nodes',
  baseScore: 8,
  scope: ['EKS'],
  why: 'The control plane of this EKS cluster takes requests from every address of the internet, since its allowed ranges hold the whole of it. Scanners find such endpoints within hours.',
  repair:
    'Replace `0.0.0.0/0` in `publicAccessCidrs` with your own ranges, or set `endpointPublicAccess=false`. Put node groups into private subnets with a NAT gateway too, so that nodes have no public addresses: this control sees the endpoint only.',
  references: ['eksSecurity', 'apiAccess'],
  needs: CLUSTER_DESCRIPTION,
  checks: [
    clusterDescription(
      'ensure-endpointpublicaccess-is-disabled-on-private-nodes-eks',
      'eks',
      ['Cluster', 'ResourcesVpcConfig'],
      ({ EndpointPublicAccess: isPublic, PublicAccessCidrs: cidrs }) => {
        if (isPublic !== true) return isPublic === false ? false : 'not-tested'
        const ranges = asTexts(cidrs)
        // Without ranges EKS lets in every address.
        return ranges.length === 0 || ranges.some((range) => range.endsWith('/0'))
      },
    ),
  ],
})
