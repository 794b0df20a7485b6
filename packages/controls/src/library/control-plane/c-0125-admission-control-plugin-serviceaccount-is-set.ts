/** Ensure that the admission control plugin ServiceAccount is set. */
import { listExcludes } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0125',
  name: 'Ensure that the admission control plugin ServiceAccount is set',
  baseScore: 3,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The plug-in `ServiceAccount` is switched off. Pods may then name accounts that do not exist or refer to any Secret, and no longer get an identity of their own.',
  repair:
    'Remove `ServiceAccount` from `--disable-admission-plugins`; it is on by default. Recreate pods that were made meanwhile, so that they get their tokens.',
  references: ['admissionControllers', 'serviceAccounts'],
  checks: [
    listExcludes({
      name: 'ensure-that-the-admission-control-plugin-ServiceAccount-is-set',
      component: API_SERVER,
      flag: '--disable-admission-plugins',
      entry: 'ServiceAccount',
    }),
  ],
})
