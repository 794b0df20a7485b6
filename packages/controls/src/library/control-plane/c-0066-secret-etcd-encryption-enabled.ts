/** Secret/etcd encryption enabled. */
import { matching } from '@kubescape/resources'
import { secretsEncryptedByCloud } from '../../checks/cloud-encryption.ts'
import { defineControl } from '../../control.ts'

const FACTS = [matching('*', 'ClusterDescribe')]

export default defineControl({
  id: 'C-0066',
  name: 'Secret/etcd encryption enabled',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'Secrets are stored in etcd without encryption by a key of their own. Anyone who gets a disk, a snapshot or a backup of etcd can read all passwords and tokens of the cluster.',
  repair:
    'Start kube-apiserver with `--encryption-provider-config` and a file that encrypts `secrets`, with a KMS provider if you can, then rewrite the existing Secrets with `kubectl get secrets -A -o json | kubectl replace -f -`. On EKS, AKS and GKE turn on encryption of Secrets with a key of the cloud KMS.',
  needs: { what: "the cloud's description of the cluster (a ClusterDescribe object)", kinds: ['ClusterDescribe'] },
  checks: [secretsEncryptedByCloud, { shape: 'unavailable', name: 'etcd-encryption-native', match: FACTS }],
})
