/** Ensure that the API Server --token-auth-file parameter is not set. */
import { eachFlag } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'
import { replacement, wrong } from '../../finding.ts'

export default defineControl({
  id: 'C-0114',
  name: 'Ensure that the API Server --token-auth-file parameter is not set',
  baseScore: 8,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The API server accepts static tokens from a file. They never expire, lie there in plain text, and can be changed or revoked only by a restart.',
  repair:
    'Remove `--token-auth-file` from the kube-apiserver `command`. Before that move its users to OIDC or client certificates, and programs to tokens of ServiceAccounts.',
  references: ['authentication'],
  checks: [
    eachFlag(
      {
        name: 'ensure-that-the-api-server-token-auth-file-parameter-is-not-set',
        component: API_SERVER,
        flag: '--token-auth-file',
      },
      (uses) =>
        uses
          .filter(({ value }) => value !== undefined && value !== '')
          .map((use) => {
            const rest = use.removed()
            return rest === '' ? wrong(use.path) : replacement(use.path, rest)
          }),
    ),
  ],
})
