/** Secret/etcd encryption enabled. */
import { asList, asText, field, type ValueMap } from '@kubescape/resources'
import { eachApiServerPod } from '../../checks/api-server-pod.ts'
import { eachCluster, NEEDS_API_SERVER_OR_CLOUD } from '../../checks/cluster-description.ts'
import { usesOf } from '../../checks/command-flags.ts'
import { missing, wrong } from '../../finding.ts'
import { defineControl } from '../../control.ts'

/** States of a GKE cluster whose Secrets are encrypted with a key of Cloud KMS; 1 is the number behind the word. */
const GKE_ENCRYPTED = ['1', 'ENCRYPTED']

function isEncryptedAks(data: ValueMap): boolean {
  const pools = asList(field(data, 'properties', 'agentPoolProfiles'))
  const profile = field(data, 'properties', 'securityProfile')
  return (
    (pools.length > 0 && pools.every((pool) => field(pool, 'enableEncryptionAtHost') === true)) ||
    field(profile, 'azureKeyVaultKms', 'enabled') === true ||
    field(profile, 'kubernetesResourceObjectEncryptionProfile', 'infrastructureEncryption') === 'Enabled'
  )
}

/** Descriptions spell their fields as the Go client does, or as the API does. */
const EKS_SPELLINGS = [
  { list: ['Cluster', 'EncryptionConfig'], key: ['Provider', 'KeyArn'], resources: 'Resources' },
  { list: ['cluster', 'encryptionConfig'], key: ['provider', 'keyArn'], resources: 'resources' },
] as const

function isEncryptedEks(data: ValueMap): boolean {
  return EKS_SPELLINGS.some(({ list, key, resources }) =>
    asList(field(data, ...list)).some(
      (entry) => asText(field(entry, ...key)) && asList(field(entry, resources)).length > 0,
    ),
  )
}

export default defineControl({
  id: 'C-0066',
  name: 'Secret/etcd encryption enabled',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'Secrets are stored in etcd without encryption by a key of their own. Anyone who gets a disk, a snapshot or a backup of etcd can read all passwords and tokens of the cluster.',
  repair:
    'Start kube-apiserver with `--encryption-provider-config` and a file that encrypts `secrets`, with a KMS provider if you can, then rewrite the existing Secrets with `kubectl get secrets -A -o json | kubectl replace -f -`. On EKS, AKS and GKE turn on encryption of Secrets with a key of the cloud KMS.',
  needs: NEEDS_API_SERVER_OR_CLOUD,
  checks: [
    eachCluster('secret-etcd-encryption-cloud', {
      AKS: (data) => (isEncryptedAks(data) ? undefined : []),
      EKS: (data) => (isEncryptedEks(data) ? undefined : []),
      GKE: (data) =>
        GKE_ENCRYPTED.includes(asText(field(data, 'database_encryption', 'state')) ?? '')
          ? undefined
          : [wrong('data.database_encryption.state')],
    }),
    eachApiServerPod('etcd-encryption-native', (line) =>
      usesOf(line.items, '--encryption-provider-config').some(({ value }) => value)
        ? undefined
        : [missing(line.end(0), '--encryption-provider-config=YOUR_VALUE')],
    ),
  ],
})
