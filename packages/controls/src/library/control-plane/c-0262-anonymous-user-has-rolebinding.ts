/** Anonymous user has RoleBinding. */
import { asList, asMap, asText, matching } from '@kubescape/resources'
import { failsIfAny } from '../../check.ts'
import { eachObject } from '../../checks/objects.ts'
import { removal } from '../../finding.ts'
import { defineControl } from '../../control.ts'

const ANONYMOUS = ['system:anonymous', 'system:unauthenticated']

export default defineControl({
  id: 'C-0262',
  name: 'Anonymous user has RoleBinding',
  baseScore: 7,
  category: 'Control plane',
  subCategory: 'Supply chain',
  scope: ['cluster', 'file'],
  why: 'A binding names `system:anonymous` or `system:unauthenticated`. Everyone who can reach the API server has the rights of this role, without any credential.',
  repair:
    'Remove these entries from `subjects` of the binding and bind named users, groups or ServiceAccounts. Add an exception for the built-in `system:public-info-viewer` binding, which shows only version and health; the kubeadm binding to `cluster-info` is needed only while nodes join.',
  references: ['authentication', 'rbacGoodPractices'],
  checks: [
    eachObject(
      {
        name: 'anonymous-access-enabled',
        match: [matching('rbac.authorization.k8s.io/*', 'RoleBinding', 'ClusterRoleBinding')],
      },
      (resource) =>
        failsIfAny(
          asList(resource.object['subjects']).flatMap((subject, at) =>
            ANONYMOUS.includes(asText(asMap(subject)?.['name']) ?? '') ? [removal(`subjects[${at}]`)] : [],
          ),
        ),
    ),
  ],
})
