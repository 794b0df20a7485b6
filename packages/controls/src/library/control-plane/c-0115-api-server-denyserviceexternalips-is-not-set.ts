/** Ensure that the API Server --DenyServiceExternalIPs is not set. */
import { listExcludes } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0115',
  name: 'Ensure that the API Server --DenyServiceExternalIPs is not set',
  baseScore: 4,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The admission plug-in `DenyServiceExternalIPs` is on, so every Service with new `externalIPs` is refused. Older benchmarks count this as a setting that breaks users; newer ones, and C-0283, ask for the plug-in as the guard against CVE-2020-8554.',
  repair:
    'If you follow the older benchmark, remove `DenyServiceExternalIPs` from `--enable-admission-plugins`. Otherwise keep the plug-in, which is the safer choice, and add an exception for this control.',
  references: ['CVE-2020-8554', 'admissionControllers', 'services'],
  checks: [
    listExcludes({
      name: 'ensure-that-the-api-server-DenyServiceExternalIPs-is-not-set',
      component: API_SERVER,
      flag: '--enable-admission-plugins',
      entry: 'DenyServiceExternalIPs',
    }),
  ],
})
