/** Restrict Access to the Control Plane Endpoint. */
import { asTexts, field } from '@kubescape/resources'
import { CLUSTER_DESCRIPTION, clusterDescription } from '../../checks/cloud.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0247',
  name: 'Restrict Access to the Control Plane Endpoint',
  baseScore: 8,
  scope: ['AKS'],
  why: 'The API server of this AKS cluster takes requests from any address, because `authorizedIPRanges` is empty. Stolen credentials and flaws of the API server can then be used from anywhere.',
  repair:
    'Run `az aks update --api-server-authorized-ip-ranges` with the ranges of your administrators and build systems; the outbound address of the cluster is added by itself. A private cluster (`--enable-private-cluster`) needs no such list.',
  references: ['aksSecurity', 'apiAccess'],
  needs: CLUSTER_DESCRIPTION,
  checks: [
    clusterDescription('restrict-access-to-the-control-plane-endpoint', 'aks', ['properties'], (properties) => {
      const profile = field(properties, 'apiServerAccessProfile')
      // A private cluster has no public address, so it takes no ranges.
      if (field(profile, 'enablePrivateCluster') === true) return false
      const ranges = asTexts(field(profile, 'authorizedIPRanges'))
      return ranges.length === 0 || ranges.some((range) => range.endsWith('/0'))
    }),
  ],
})
