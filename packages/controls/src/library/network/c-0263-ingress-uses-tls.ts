/** Ingress uses TLS. */
import { field, matching } from '@kubescape/resources'
import { asList } from '@kubescape/resources'
import { eachObject } from '../../checks/objects.ts'
import { missing } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0263',
  name: 'Ingress uses TLS',
  baseScore: 7,
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [eachObject({ name: 'ingress-no-tls', match: [matching('networking.k8s.io/v1', 'Ingress')] }, (resource) =>
      asList(field(resource.object, 'spec', 'tls')).length > 0 ? undefined : [missing('spec.tls', '<your-tls-definition>')],
    ),],
})
