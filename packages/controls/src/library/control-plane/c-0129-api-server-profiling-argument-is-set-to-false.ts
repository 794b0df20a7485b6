/** Ensure that the API Server --profiling argument is set to false. */
import { booleanFlag } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0129',
  name: 'Ensure that the API Server --profiling argument is set to false',
  baseScore: 3,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The API server offers profiling data below `/debug/pprof`. It tells about the inside of the program and costs CPU while it is collected, which nobody needs in daily operation.',
  repair:
    'Add `--profiling=false` to the kube-apiserver `command`. Switch it on again for as long as you look into a performance problem.',
  references: ['apiServerFlags'],
  checks: [
    booleanFlag({
      name: 'ensure-that-the-api-server-profiling-argument-is-set-to-false',
      component: API_SERVER,
      flag: '--profiling',
      want: false,
      absent: 'fails',
    }),
  ],
})
