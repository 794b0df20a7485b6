/** Windows options of the security context. */
import { asText, saysTrue, type Workload } from '@kubescape/resources'

import type { LocalCheck } from '../check.ts'
import { failsIfAny } from '../check.ts'
import { missing, replacement } from '../finding.ts'
import { eachWorkload, EVERY_LIST, REGULAR } from './workloads.ts'

/** Containers of Windows pods that leave an option to the default. */
export function windowsOption(name: string, option: string): LocalCheck {
  return eachWorkload({ name }, (workload) => {
    if (!runsOnWindows(workload) || asText(workload.get('securityContext', 'windowsOptions', option))) return undefined
    return failsIfAny(
      workload
        .containersIn(REGULAR)
        .filter((container) => !asText(container.get('securityContext', 'windowsOptions', option)))
        .map((container) => missing(container.at(`securityContext.windowsOptions.${option}`), 'YOUR_VALUE')),
    )
  })
}

function runsOnWindows(workload: Workload): boolean {
  return [workload.get('os', 'name'), workload.get('nodeSelector', 'kubernetes.io/os')].includes('windows')
}

/** Pods and containers that run as a process of the Windows host. */
export const hostProcess = eachWorkload({ name: 'set-hostprocess-true' }, (workload) =>
  failsIfAny(
    [workload, ...workload.containersIn(EVERY_LIST)]
      .filter((each) => saysTrue(each.get('securityContext', 'windowsOptions', 'hostProcess')))
      .map((each) => replacement(each.at('securityContext.windowsOptions.hostProcess'), 'false')),
  ),
)
