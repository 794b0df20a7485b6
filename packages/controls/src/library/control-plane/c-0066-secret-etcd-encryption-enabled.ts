/** Secret/etcd encryption enabled. */
import { eachApiServerPod } from '../../checks/api-server-pod.ts'
import { secretsEncryptedByCloud } from '../../checks/cloud-encryption.ts'
import { NEEDS_API_SERVER_OR_CLOUD } from '../../checks/cluster-description.ts'
import { usesOf } from '../../checks/command-flags.ts'
import { missing } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0066',
  name: 'Secret/etcd encryption enabled',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'Secrets are stored in etcd without encryption by a key of their own. Anyone who gets a disk, a snapshot or a backup of etcd can read all passwords and tokens of the cluster.',
  repair:
    'Start kube-apiserver with `--encryption-provider-config` and a file that encrypts `secrets`, with a KMS provider if you can, then rewrite the existing Secrets with `kubectl get secrets -A -o json | kubectl replace -f -`. On EKS, AKS and GKE turn on encryption of Secrets with a key of the cloud KMS.',
  references: ['encryptionAtRest', 'secretsGoodPractices'],
  needs: NEEDS_API_SERVER_OR_CLOUD,
  checks: [
    secretsEncryptedByCloud,
    eachApiServerPod('etcd-encryption-native', (line) =>
      usesOf(line.items, '--encryption-provider-config').some(({ value }) => value)
        ? undefined
        : [missing(line.end(0), '--encryption-provider-config=YOUR_VALUE')],
    ),
  ],
})
