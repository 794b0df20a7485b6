/** Encryption of Secrets at rest, as far as clouds describe it. */
import { asList, asText, field, type Value, type ValueMap } from '@kubescape/resources'

import type { Judgement } from '../check.ts'
import { review } from '../finding.ts'
import { CLOUD_GROUPS, dataOf, describedBy, type CloudProvider } from './cloud.ts'
import { eachObject } from './objects.ts'

const PROVIDERS = Object.keys(CLOUD_GROUPS) as readonly CloudProvider[]

/** Cluster descriptions of any provider that show no encryption of Secrets with a key of its own. */
export const secretsEncryptedByCloud = eachObject(
  {
    name: 'secret-etcd-encryption-cloud',
    match: PROVIDERS.map((provider) => describedBy(provider, 'ClusterDescribe')),
  },
  (resource): Judgement => {
    const provider = PROVIDERS.find((each) => CLOUD_GROUPS[each] === resource.identity.group)
    const data = provider === undefined ? undefined : dataOf(provider, resource)
    if (provider === undefined || data === undefined) return 'not-tested'
    if (ENCRYPTED[provider](data)) return undefined
    return provider === 'gke' ? [review('data.database_encryption.state')] : []
  },
)

const ENCRYPTED: Readonly<Record<CloudProvider, (data: ValueMap) => boolean>> = {
  eks: (data) =>
    [
      ...keysOf(field(data, 'Cluster', 'EncryptionConfig'), ['Provider', 'KeyArn'], 'Resources'),
      ...keysOf(field(data, 'cluster', 'encryptionConfig'), ['provider', 'keyArn'], 'resources'),
    ].length > 0,
  aks: (data) => {
    const pools = asList(field(data, 'properties', 'agentPoolProfiles'))
    const security = field(data, 'properties', 'securityProfile')
    const infrastructure = field(security, 'kubernetesResourceObjectEncryptionProfile', 'infrastructureEncryption')
    return (
      (pools.length > 0 && pools.every((pool) => field(pool, 'enableEncryptionAtHost') === true)) ||
      field(security, 'azureKeyVaultKms', 'enabled') === true ||
      infrastructure === 'Enabled'
    )
  },
  gke: (data) => ['1', 'ENCRYPTED'].includes(asText(field(data, 'database_encryption', 'state')) ?? ''),
}

/** The keys with which something is encrypted. */
function keysOf(config: Value | undefined, key: readonly string[], resources: string): string[] {
  return asList(config).flatMap((entry) => {
    const arn = asText(field(entry, ...key)) ?? ''
    return arn === '' || asList(field(entry, resources)).length === 0 ? [] : [arn]
  })
}
