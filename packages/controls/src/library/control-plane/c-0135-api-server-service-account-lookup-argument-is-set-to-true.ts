/** Ensure that the API Server --service-account-lookup argument is set to true. */
import { booleanOf } from '../../checks/command-flags.ts'
import { eachFlag } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'
import { replacement, wrong } from '../../finding.ts'

export default defineControl({
  id: 'C-0135',
  name: 'Ensure that the API Server --service-account-lookup argument is set to true',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The API server does not look up whether the ServiceAccount of a token still exists. Old tokens of deleted accounts or Secrets keep their access.',
  repair:
    'Remove `--service-account-lookup=false` from the kube-apiserver `command`, or set it to `true`, which is the default. Renew tokens whose Secrets were deleted by mistake.',
  references: ['serviceAccounts', 'apiServerFlags'],
  checks: [
    eachFlag(
      {
        name: 'ensure-that-the-api-server-service-account-lookup-argument-is-set-to-true',
        component: API_SERVER,
        flag: '--service-account-lookup',
      },
      (uses) => {
        const use = uses.at(-1)
        if (use === undefined || booleanOf(use.value) !== false) return []
        return [
          use.item === '--service-account-lookup=false'
            ? wrong(use.path)
            : replacement(use.path, use.withValue('true')),
        ]
      },
    ),
  ],
})
