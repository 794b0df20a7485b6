/** Ensure that the audit policy covers key security concerns. */
import { auditPolicyGaps } from '../../checks/audit-policy.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0161',
  name: 'Ensure that the audit policy covers key security concerns',
  baseScore: 5,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The audit policy is missing or has gaps: it should record Secrets, ConfigMaps and token reviews with their metadata only, and pods, deployments and access to pods and services by exec or proxy at any level but `None`.',
  repair:
    'In the file of `--audit-policy-file` add rules with level `Metadata` for `secrets`, `configmaps` and `tokenreviews`, and rules for `pods`, `deployments`, `pods/exec`, `pods/portforward`, `pods/proxy` and `services/proxy`. Name each resource: a catch-all rule does not count here.',
  references: ['auditing'],
  needs: needsNodeFacts('ControlPlaneInfo'),
  checks: [auditPolicyGaps],
})
