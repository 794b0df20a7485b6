/** Portforwarding privileges. */
import { grantsRights } from '../../checks/rbac.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0063',
  name: 'Portforwarding privileges',
  baseScore: 5,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: 'A subject with `create` on `pods/portforward` can connect to any port of the pods in reach, also to ports that listen on localhost only. NetworkPolicies do not apply to such connections, so databases and debug ports become reachable from outside.',
  repair:
    'Remove `pods/portforward`, `pods/*` or `*` from `rules[].resources`, or `create` from `rules[].verbs`. Grant it to developers in test namespaces only, by a Role. Check with `kubectl auth can-i create pods --subresource=portforward --as=<subject>`.',
  references: ['rbacGoodPractices', 'rbac'],
  checks: [
    grantsRights('rule-can-portforward-v1', {
      verbs: ['create', '*'],
      apiGroups: ['', '*'],
      resources: ['pods/portforward', 'pods/*', '*'],
    }),
  ],
})
