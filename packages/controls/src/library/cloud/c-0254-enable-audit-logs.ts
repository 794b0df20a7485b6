/** Enable audit Logs. */
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0254',
  name: 'Enable audit Logs',
  baseScore: 5,
  scope: ['AKS'],
  actionRequired: 'manual review',
  why: 'AKS keeps audit logs only when diagnostic settings send them somewhere. Without them nobody can tell after an incident who changed or read what. Whether they are set cannot be read from the cluster.',
  repair:
    'In the diagnostic settings of the cluster select the categories `kube-audit` or `kube-audit-admin`, and `guard`, with a Log Analytics workspace or storage account as target: `az monitor diagnostic-settings create`. Set how long they are kept, and alert on failed sign-ins.',
  references: ['auditing', 'aksSecurity'],
  checks: [],
})
