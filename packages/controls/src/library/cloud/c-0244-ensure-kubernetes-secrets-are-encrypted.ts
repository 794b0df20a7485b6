/** Ensure Kubernetes Secrets are encrypted. */
import { CLUSTER_DESCRIPTION } from '../../checks/cloud.ts'
import { secretsEncryptedByCloud } from '../../checks/cloud-encryption.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0244',
  name: 'Ensure Kubernetes Secrets are encrypted',
  baseScore: 6,
  scope: ['AKS'],
  why: "The cloud's description of the cluster shows no encryption of Secrets with a key of yours. A copy of the etcd data, taken by an operator or from a backup, then shows their contents.",
  repair:
    'On AKS run `az aks update --enable-azure-keyvault-kms` with `--azure-keyvault-kms-key-id`, or enable host encryption on all node pools. The cluster identity must be allowed to use the key, and losing the key loses the Secrets. Write the Secrets again afterwards so that old ones are encrypted.',
  references: ['encryptionAtRest', 'aksSecurity'],
  needs: CLUSTER_DESCRIPTION,
  checks: [secretsEncryptedByCloud],
})
