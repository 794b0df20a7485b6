/** Ensure that the admission control plugin EventRateLimit is set. */
import { listIncludes } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0121',
  name: 'Ensure that the admission control plugin EventRateLimit is set',
  baseScore: 4,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'Nothing limits how fast clients may write events. A broken or hostile program can fill etcd and slow the API server for everyone.',
  repair:
    'Add `EventRateLimit` to `--enable-admission-plugins` and give its limits per namespace and user in the file that `--admission-control-config-file` names; without that file the plug-in does not start.',
  references: ['admissionControllers'],
  checks: [
    listIncludes({
      name: 'ensure-that-the-admission-control-plugin-EventRateLimit-is-set',
      component: API_SERVER,
      flag: '--enable-admission-plugins',
      entry: 'EventRateLimit',
    }),
  ],
})
