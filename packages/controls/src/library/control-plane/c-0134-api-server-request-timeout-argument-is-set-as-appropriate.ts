/** Ensure that the API Server --request-timeout argument is set as appropriate. */
import { reviewedFlag } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0134',
  name: 'Ensure that the API Server --request-timeout argument is set as appropriate',
  baseScore: 4,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The request timeout differs from the default of one minute. A long one lets slow clients hold connections until the API server is exhausted; a short one breaks users behind slow links.',
  repair:
    'Check that the value of `--request-timeout` is as low as your slowest legitimate clients allow, or remove the flag to go back to `1m0s`.',
  references: ['apiServerFlags'],
  checks: [
    reviewedFlag({
      name: 'ensure-that-the-api-server-request-timeout-argument-is-set-as-appropriate',
      component: API_SERVER,
      flag: '--request-timeout',
      absent: 'passes',
    }),
  ],
})
