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
  why: '',
  repair: '',
  checks: [eachObject(
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
    ),],
})
