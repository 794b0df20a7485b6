/** Ensure that the API Server --encryption-provider-config argument is set as appropriate. */
import type { LocalCheck } from '../../check.ts'
import { requiredFlag } from '../../checks/component-flags.ts'
import { API_SERVER, PODS } from '../../checks/component-pods.ts'
import { coversSecrets, encryptionConfigOf } from '../../checks/encryption-config.ts'
import { nodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

const withoutFlag = requiredFlag({
  name: 'ensure-that-the-api-server-encryption-provider-config-argument-is-set-as-appropriate',
  component: API_SERVER,
  flag: '--encryption-provider-config',
  value: '<path/to/encryption-config.yaml>',
})

/** Pods are judged by the flag, control plane nodes by the file. */
const encryptionOff: LocalCheck = {
  shape: 'local',
  name: 'ensure-that-the-api-server-encryption-provider-config-argument-is-set-as-appropriate',
  match: [...PODS, ...nodeFacts('ControlPlaneInfo')],
  isAboutPlatform: true,
  judge(resource, inputs) {
    if (resource.identity.kind === 'Pod') return withoutFlag.judge(resource, inputs)
    const config = encryptionConfigOf(resource)
    if (config === undefined) return 'not-tested'
    return coversSecrets(config) ? undefined : []
  },
}

export default defineControl({
  id: 'C-0141',
  name: 'Ensure that the API Server --encryption-provider-config argument is set as appropriate',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The API server has no encryption configuration, or one that leaves out secrets. Secrets then lie in etcd, its snapshots and backups as plain text.',
  repair:
    'Write an `EncryptionConfiguration` whose `resources` include `secrets` with a `kms` or `secretbox` provider, and name it with `--encryption-provider-config` on every kube-apiserver. Then rewrite old Secrets with `kubectl get secrets -A -o json | kubectl replace -f -`.',
  references: ['encryptionAtRest', 'apiServerFlags'],
  checks: [encryptionOff],
})
