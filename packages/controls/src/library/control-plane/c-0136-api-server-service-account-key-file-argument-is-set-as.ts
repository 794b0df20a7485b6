/** Ensure that the API Server --service-account-key-file argument is set as appropriate. */
import { requiredFlag } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0136',
  name: 'Ensure that the API Server --service-account-key-file argument is set as appropriate',
  baseScore: 5,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The API server is not told which key verifies ServiceAccount tokens and falls back to its TLS key. Then the two can only be rotated together, and whoever serves TLS can also mint identities.',
  repair:
    'Set `--service-account-key-file` to the public part of a pair used for nothing else, such as `/etc/kubernetes/pki/sa.pub`. To rotate, give the flag twice, with the old and the new key, until old tokens are gone.',
  references: ['serviceAccounts', 'apiServerFlags'],
  checks: [
    requiredFlag({
      name: 'ensure-that-the-api-server-service-account-key-file-argument-is-set-as-appropriate',
      component: API_SERVER,
      flag: '--service-account-key-file',
      value: '<path/to/key.pub>',
    }),
  ],
})
