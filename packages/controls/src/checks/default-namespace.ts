/** Objects that live in the namespace `default`, or that name no namespace and so land wherever people point kubectl. */
import { asText, field, WORKLOADS, type Match } from '@kubescape/resources'

import type { LocalCheck } from '../check.ts'
import { missing, review } from '../finding.ts'
import { eachObject } from './objects.ts'

/**
 * Fails objects of the kinds in the default namespace.
 * @param builtIn name of the object that Kubernetes itself keeps there, which passes
 */
export function inDefaultNamespace(name: string, match: readonly Match[], builtIn?: string): LocalCheck {
  return eachObject({ name, match, looksAt: 'metadata' }, (resource) => {
    const namespace = asText(field(resource.object, 'metadata', 'namespace'))
    if (namespace === 'default') return resource.identity.name === builtIn ? undefined : [review('metadata.namespace')]
    return namespace ? undefined : [missing('metadata.namespace', 'YOUR_NAMESPACE')]
  })
}

/** Workloads in the default namespace. */
export const workloadsInDefaultNamespace = inDefaultNamespace('pods-in-default-namespace', WORKLOADS)
