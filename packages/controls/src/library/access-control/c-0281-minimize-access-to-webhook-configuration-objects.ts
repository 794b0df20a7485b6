/** Minimize access to webhook configuration objects. */
import { grantsRights } from '../../checks/rbac.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0281',
  name: 'Minimize access to webhook configuration objects',
  baseScore: 5,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: 'A subject may change admission webhooks. A new one receives every object that it asks for, Secrets included, and can alter them on the way in; deleting one switches off the policy that it enforces.',
  repair:
    'Take the writing verbs on `validatingwebhookconfigurations` and `mutatingwebhookconfigurations` out of `rules`. Operators that keep the certificate of their own webhook current need `update` or `patch` on that one: name it in `resourceNames` and add an exception.',
  references: ['rbacGoodPractices', 'admissionWebhooks'],
  checks: [
    grantsRights('rule-can-modify-admission-webhooks', {
      verbs: ['create', 'update', 'patch', 'delete', 'deletecollection', '*'],
      apiGroups: ['admissionregistration.k8s.io', '*'],
      resources: ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations', '*'],
    }),
  ],
})
