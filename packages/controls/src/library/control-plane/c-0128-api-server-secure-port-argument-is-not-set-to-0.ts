/** Ensure that the API Server --secure-port argument is not set to 0. */
import { eachFlag } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'
import { wrong } from '../../finding.ts'

export default defineControl({
  id: 'C-0128',
  name: 'Ensure that the API Server --secure-port argument is not set to 0',
  baseScore: 8,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The API server is started with `--secure-port=0`, so it serves nothing over TLS. Old versions then leave only the insecure port, where nobody has to sign in; newer ones do not start.',
  repair:
    'Remove `--secure-port=0`, or give a port such as `--secure-port=6443`, and point clients and load balancers there.',
  references: ['apiAccess', 'apiServerFlags'],
  checks: [
    eachFlag(
      {
        name: 'ensure-that-the-api-server-secure-port-argument-is-not-set-to-0',
        component: API_SERVER,
        flag: '--secure-port',
      },
      (uses) => uses.filter(({ value }) => value !== undefined && /^0+$/.test(value)).map(({ path }) => wrong(path)),
    ),
  ],
})
