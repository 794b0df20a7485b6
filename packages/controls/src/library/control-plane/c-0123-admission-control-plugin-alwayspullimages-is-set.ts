/** Ensure that the admission control plugin AlwaysPullImages is set. */
import { listIncludes } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0123',
  name: 'Ensure that the admission control plugin AlwaysPullImages is set',
  baseScore: 4,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'Images that are on a node can be used by every pod there, also by pods whose namespace has no credentials for the registry. Private images leak that way.',
  repair:
    'Add `AlwaysPullImages` to `--enable-admission-plugins`. Pods then start only while the registry can be reached, so see that it is as available as the cluster.',
  references: ['admissionControllers', 'images'],
  checks: [
    listIncludes({
      name: 'ensure-that-the-admission-control-plugin-AlwaysPullImages-is-set',
      component: API_SERVER,
      flag: '--enable-admission-plugins',
      entry: 'AlwaysPullImages',
    }),
  ],
})
