/** Ensure that encryption providers are appropriately configured. */
import { weakEncryption } from '../../checks/encryption-config.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0142',
  name: 'Ensure that encryption providers are appropriately configured',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'An entry of the encryption configuration has no strong provider, or puts another one first. The API server writes with the first provider, and with `identity` there new objects are stored as plain text.',
  repair:
    'Put `kms`, `secretbox` or `aescbc` first in `providers` of each entry and keep `identity` last, so that older objects stay readable. Restart every kube-apiserver, then rewrite the objects.',
  references: ['encryptionAtRest'],
  needs: needsNodeFacts('ControlPlaneInfo'),
  checks: [weakEncryption],
})
