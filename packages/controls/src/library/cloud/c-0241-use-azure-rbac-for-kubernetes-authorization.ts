/** Use Azure RBAC for Kubernetes Authorization. */
import { field } from '@kubescape/resources'
import { CLUSTER_DESCRIPTION, clusterDescription } from '../../checks/cloud.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0241',
  name: 'Use Azure RBAC for Kubernetes Authorization.',
  baseScore: 7,
  scope: ['AKS'],
  why: 'Azure RBAC for Kubernetes is off in this AKS cluster. Rights inside the cluster are then kept apart from those in Azure, so nobody sees them in one place and people who leave may keep them.',
  repair:
    'Run `az aks update --enable-azure-rbac` on a cluster with Microsoft Entra integration, after you have assigned roles such as Azure Kubernetes Service RBAC Reader, or people lose access. Bindings in the cluster keep working beside it. Also disable local accounts with `--disable-local-accounts`.',
  references: ['aksSecurity', 'rbac'],
  needs: CLUSTER_DESCRIPTION,
  checks: [
    clusterDescription(
      'ensure-azure-rbac-is-set',
      'aks',
      ['properties'],
      (properties) => field(properties, 'aadProfile', 'enableAzureRBAC') !== true,
    ),
  ],
})
