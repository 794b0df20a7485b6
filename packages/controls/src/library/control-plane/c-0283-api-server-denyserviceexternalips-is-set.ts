/** Ensure that the API Server --DenyServiceExternalIPs is set. */
import { listOf } from '../../checks/command-flags.ts'
import { eachFlag } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'
import { missing, replacement } from '../../finding.ts'

export default defineControl({
  id: 'C-0283',
  name: 'Ensure that the API Server --DenyServiceExternalIPs is set',
  baseScore: 4,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'Users who may create Services can set `externalIPs` and so draw traffic for any address to their pods, which is CVE-2020-8554. The plug-in that refuses such Services is not in the list of enabled ones.',
  repair:
    'Add `DenyServiceExternalIPs` to `--enable-admission-plugins` and keep what is in the list. Services that use `externalIPs` on purpose need a load balancer first. C-0115 asks the opposite, so one of the two needs an exception.',
  references: ['CVE-2020-8554', 'admissionControllers'],
  checks: [
    eachFlag(
      {
        name: 'ensure-that-the-api-server-DenyServiceExternalIPs-is-set',
        component: API_SERVER,
        flag: '--enable-admission-plugins',
      },
      (uses, line) => {
        const last = uses.at(-1)
        // The plug-in is off by default.
        if (last === undefined) return [missing(line.end(0), '--enable-admission-plugins=DenyServiceExternalIPs')]
        if (uses.some(({ value }) => listOf(value).includes('DenyServiceExternalIPs'))) return []
        // The published fix names this plug-in alone; `repair` says to keep the others.
        return [replacement(last.path, last.withValue('DenyServiceExternalIPs'))]
      },
    ),
  ],
})
