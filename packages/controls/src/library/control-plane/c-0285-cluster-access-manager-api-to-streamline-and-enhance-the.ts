/** Cluster Access Manager API to streamline and enhance the management of access controls within EKS clusters. */
import { asText, field } from '@kubescape/resources'
import { eachCluster } from '../../checks/cluster-description.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0285',
  name: 'Cluster Access Manager API to streamline and enhance the management of access controls within EKS clusters',
  baseScore: 5,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'This EKS cluster maps AWS identities only through the ConfigMap `aws-auth`. A typing error there locks everyone out, and its changes do not show in CloudTrail.',
  repair:
    'Switch the cluster with `aws eks update-cluster-config --name NAME --access-config authenticationMode=API_AND_CONFIG_MAP`, make access entries for the roles in `aws-auth`, then go to `API`. The step cannot be undone.',
  references: ['eksAccessEntries', 'eksSecurity'],
  needs: { what: "the cloud's description of the cluster (a ClusterDescribe object)", kinds: ['ClusterDescribe'] },
  checks: [
    eachCluster('cluster-access-manager-api-eks', {
      eks: (data) => {
        const mode = asText(field(data, 'Cluster', 'AccessConfig', 'AuthenticationMode'))
        if (mode === undefined) return 'not-tested'
        return mode === 'CONFIG_MAP' ? [] : undefined
      },
    }),
  ],
})
