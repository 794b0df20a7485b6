/** Ensure that the --service-account-extend-token-expiration parameter is set to false. */
import { booleanFlag } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0290',
  name: 'Ensure that the --service-account-extend-token-expiration parameter is set to false',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'Tokens that pods get are made to last a year rather than an hour, for clients that never reread them. A stolen token stays useful that much longer.',
  repair:
    'Set `--service-account-extend-token-expiration=false` on kube-apiserver. First look at the metric `serviceaccount_stale_tokens_total`: clients counted there do not reload their token and would lose access.',
  references: ['serviceAccounts', 'apiServerFlags'],
  checks: [
    booleanFlag({
      name: 'ensure-that-the-api-server-service-account-extend-token-expiration-is-set-to-false',
      component: API_SERVER,
      flag: '--service-account-extend-token-expiration',
      want: false,
      absent: 'fails',
    }),
  ],
})
