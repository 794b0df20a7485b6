/** The library of admission policies: one for each control that CEL can judge by one object. */
import { ACCESS_POLICIES } from './access.ts'
import { IMAGE_POLICIES } from './images.ts'
import type { LibraryPolicy } from './library-policy.ts'
import { OBJECT_POLICIES } from './objects.ts'
import { POD_SECURITY_POLICIES } from './pod-security.ts'
import { RESOURCE_POLICIES } from './resources.ts'
import { VOLUME_POLICIES } from './volumes.ts'

/** In the order of the ids of their controls. */
export const POLICY_LIBRARY: readonly LibraryPolicy[] = [
  ...RESOURCE_POLICIES,
  ...POD_SECURITY_POLICIES,
  ...VOLUME_POLICIES,
  ...IMAGE_POLICIES,
  ...OBJECT_POLICIES,
  ...ACCESS_POLICIES,
].toSorted((a, b) => (a.control < b.control ? -1 : 1))

/** Name of a policy: `kubescape-c-0057-privileged-container`. */
export function policyName({ control, name }: LibraryPolicy): string {
  return `kubescape-${control.toLowerCase()}-${name}`
}
