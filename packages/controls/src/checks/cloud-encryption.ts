/** Encryption of Secrets at rest, as far as clouds describe it. */
import { asList, asText, field, type Value } from '@kubescape/resources'

import { review } from '../finding.ts'
import { eachCluster } from './cluster-description.ts'

/** Cluster descriptions of any provider that show no encryption of Secrets with a key of its own. */
export const secretsEncryptedByCloud = eachCluster('secret-etcd-encryption-cloud', {
  eks: (data) => {
    const keys = [
      ...keysOf(field(data, 'Cluster', 'EncryptionConfig'), ['Provider', 'KeyArn'], 'Resources'),
      ...keysOf(field(data, 'cluster', 'encryptionConfig'), ['provider', 'keyArn'], 'resources'),
    ]
    return keys.length > 0 ? undefined : []
  },
  aks: (data) => {
    const pools = asList(field(data, 'properties', 'agentPoolProfiles'))
    const security = field(data, 'properties', 'securityProfile')
    const infrastructure = field(security, 'kubernetesResourceObjectEncryptionProfile', 'infrastructureEncryption')
    const isEncrypted =
      (pools.length > 0 && pools.every((pool) => field(pool, 'enableEncryptionAtHost') === true)) ||
      field(security, 'azureKeyVaultKms', 'enabled') === true ||
      infrastructure === 'Enabled'
    return isEncrypted ? undefined : []
  },
  gke: (data) =>
    GKE_ENCRYPTED.includes(asText(field(data, 'database_encryption', 'state')) ?? '')
      ? undefined
      : [review('data.database_encryption.state')],
})

/** States of the database: Secrets are encrypted, or all objects are; as text, and as the protocol numbers them. */
const GKE_ENCRYPTED = ['1', 'ENCRYPTED', '3', 'ALL_OBJECTS_ENCRYPTION_ENABLED']

/** The keys with which something is encrypted. */
function keysOf(config: Value | undefined, key: readonly string[], resources: string): string[] {
  return asList(config).flatMap((entry) => {
    const arn = asText(field(entry, ...key)) ?? ''
    return arn === '' || asList(field(entry, resources)).length === 0 ? [] : [arn]
  })
}
