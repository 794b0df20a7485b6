/** Restrict untrusted workloads. */
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0249',
  name: 'Restrict untrusted workloads',
  baseScore: 5,
  scope: ['AKS'],
  actionRequired: 'manual review',
  why: 'Code that you do not trust, such as builds of strangers or uploaded functions, should not share nodes with the rest. Which workloads that concerns no object says, so a person has to look.',
  repair:
    'List the workloads that run code from outside. Give them a node pool of their own with a taint and a matching `nodeSelector`, a sandboxed runtime by `runtimeClassName`, and a namespace that enforces the restricted standard and denies traffic by default.',
  references: ['aksSecurity', 'runtimeClass'],
  checks: [],
})
