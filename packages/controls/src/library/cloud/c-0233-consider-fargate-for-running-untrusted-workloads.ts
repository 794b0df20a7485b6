/** Consider Fargate for running untrusted workloads. */
import { matching } from '@kubescape/resources'
import type { JoinedCheck, Outcome } from '../../check.ts'
import { isEksNode } from '../../checks/cloud.ts'
import { projection } from '../../projection.ts'
import { defineControl } from '../../control.ts'

const nodes = projection('fargate-nodes', [matching('v1', 'Node')], (resource) => ({
  isFargate: resource.identity.name.startsWith('fargate'),
  isEks: isEksNode(resource),
}))

const withoutFargate: JoinedCheck = {
  shape: 'joined',
  name: 'alert-fargate-not-in-use',
  match: nodes.match,
  tests: 'reported',
  needs: [nodes],
  across: [],
  *judge(tables): Generator<Outcome> {
    const rows = tables.rows(nodes)
    if (!rows.some(({ isEks, isFargate }) => isEks || isFargate)) return
    const hasFargate = rows.some(({ isFargate }) => isFargate)
    yield* rows.map(({ ref }): Outcome => (hasFargate ? { subject: ref } : { subject: ref, findings: [] }))
  },
}

export default defineControl({
  id: 'C-0233',
  name: 'Consider Fargate for running untrusted workloads',
  baseScore: 3,
  scope: ['EKS'],
  why: 'No node of this cluster is a Fargate node, so code that you do not trust shares kernels with other workloads. A flaw in the kernel is then a way from one tenant to the next.',
  repair:
    'Create a Fargate profile whose `selectors` match the namespace and labels of untrusted workloads: each of their pods then gets a small machine of its own. DaemonSets, privileged containers and `hostPath` do not work there. If nothing untrusted runs here, add an exception.',
  references: ['eksSecurity'],
  checks: [withoutFargate],
})
