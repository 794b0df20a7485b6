/** Ensure that the admission control plugin AlwaysAdmit is not set. */
import { listExcludes } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0122',
  name: 'Ensure that the admission control plugin AlwaysAdmit is not set',
  baseScore: 8,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The deprecated plug-in `AlwaysAdmit` is on. It approves every request it sees and only hides that nobody decided what may be admitted.',
  repair:
    'Remove `AlwaysAdmit` from `--enable-admission-plugins`. The other plug-ins of the list keep working as before.',
  references: ['admissionControllers'],
  checks: [
    listExcludes({
      name: 'ensure-that-the-admission-control-plugin-AlwaysAdmit-is-not-set',
      component: API_SERVER,
      flag: '--enable-admission-plugins',
      entry: 'AlwaysAdmit',
    }),
  ],
})
