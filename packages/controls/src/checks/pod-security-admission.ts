/** Pod Security admission: the label of a Namespace that says which pods it lets in. */
import { asMap, asText, asTextMap, field, matching, asList } from '@kubescape/resources'

import type { JoinedCheck, LocalCheck, Outcome } from '../check.ts'
import { missing } from '../finding.ts'
import { metadataProjection, projection } from '../projection.ts'
import { eachObject } from './objects.ts'

const NAMESPACES = [matching('v1', 'Namespace')]
const ENFORCE = 'pod-security.kubernetes.io/enforce'
const PATH = `metadata.labels[${ENFORCE}]`

/** Namespaces that enforce neither the baseline nor the restricted standard. */
export const enforcesBaseline = enforces('pod-security-admission-baseline-applied-1', ['baseline', 'restricted'])

/** Namespaces that do not enforce the restricted standard. */
export const enforcesRestricted = enforces('pod-security-admission-restricted-applied-1', ['restricted'])

/** A check of the enforced standard; the first of the allowed ones is what it suggests. */
function enforces(name: string, allowed: readonly [string, ...string[]]): LocalCheck {
  return eachObject({ name, match: NAMESPACES, looksAt: 'metadata' }, (resource) => {
    const level = asText(field(resource.object, 'metadata', 'labels', ENFORCE)) ?? ''
    return allowed.includes(level) ? undefined : [missing(PATH, allowed[0])]
  })
}

const namespaces = metadataProjection('namespaces-and-their-enforcement', NAMESPACES, (resource) => ({
  enforces: Object.keys(asTextMap(field(resource.object, 'metadata', 'labels'))).some((key) => key.startsWith(ENFORCE)),
}))

const webhooks = projection(
  'webhooks-of-namespaced-objects',
  [matching('admissionregistration.k8s.io/*', 'ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration')],
  (resource) => {
    const rules = asList(resource.object['webhooks']).flatMap((webhook) => asList(asMap(webhook)?.['rules']))
    // A rule without a scope is for objects of every scope.
    return rules.some((rule) => asMap(rule) !== undefined && asMap(rule)?.['scope'] !== 'Cluster') ? {} : undefined
  },
)

/** Namespaces that enforce no standard, in a cluster where no webhook sees namespaced objects either. */
export const withoutPolicyControl: JoinedCheck = {
  shape: 'joined',
  name: 'pod-security-admission-applied-1',
  match: NAMESPACES,
  tests: 'matched',
  needs: [namespaces, webhooks],
  across: [],
  *judge(tables): Generator<Outcome> {
    if (tables.rows(webhooks).length > 0) return
    for (const namespace of tables.rows(namespaces)) {
      if (!namespace.enforces) yield { subject: namespace.ref, findings: [missing(PATH, 'YOUR_VALUE')] }
    }
  },
}
