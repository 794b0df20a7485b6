/** Containers that see more of `/proc` than they should. */
import { asText, field, WORKLOADS, workloadOf, type Resource } from '@kubescape/resources'

import type { JoinedCheck, Outcome } from '../check.ts'
import { missing } from '../finding.ts'
import { projection } from '../projection.ts'
import { usesOf } from './command-flags.ts'
import { nodeFacts } from './node-facts.ts'
import { REGULAR } from './workloads.ts'

const gates = projection('proc-mount-gates', nodeFacts('ControlPlaneInfo'), (resource) =>
  hasProcMountGate(resource) ? {} : undefined,
)

const procMounts = projection('proc-mounts', WORKLOADS, (resource) => {
  const containers = (workloadOf(resource)?.containersIn(REGULAR) ?? []).filter(
    ({ spec }) => spec['securityContext'] !== undefined,
  )
  const found = containers.flatMap((container) => {
    const value = container.get('securityContext', 'procMount') ?? undefined
    return value === 'Default'
      ? []
      : [{ isWritten: value !== undefined, finding: missing(container.at('securityContext.procMount'), 'Default') }]
  })
  return found.length === 0 ? undefined : { found }
})

/**
 * Fails containers whose `procMount` says anything but `Default`. Where the facts of the control plane show the feature gate, a
 * security context that does not say it fails as well.
 */
export const openProcMount: JoinedCheck = {
  shape: 'joined',
  name: 'set-procmount-default',
  match: [...WORKLOADS, ...nodeFacts('ControlPlaneInfo')],
  tests: 'matched',
  needs: [gates, procMounts],
  *judge(tables): Generator<Outcome> {
    const isOn = tables.rows(gates).length > 0
    for (const { ref, found } of tables.rows(procMounts)) {
      const findings = found.filter(({ isWritten }) => isOn || isWritten).map(({ finding }) => finding)
      if (findings.length > 0) yield { subject: ref, findings }
    }
  },
}

function hasProcMountGate({ object }: Resource): boolean {
  const text = asText(field(object, 'data', 'APIServerInfo', 'cmdLine')) ?? ''
  return usesOf([{ text, path: '' }], '--feature-gates').some(({ value }) =>
    (value ?? '').split(',').includes('ProcMountType=true'),
  )
}
