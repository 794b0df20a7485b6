/** Ensure that the admission control plugin SecurityContextDeny is set if PodSecurityPolicy is not used. */
import { listIncludes } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0124',
  name: 'Ensure that the admission control plugin SecurityContextDeny is set if PodSecurityPolicy is not used',
  baseScore: 4,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'Neither `SecurityContextDeny` nor `PodSecurityPolicy` is on, the two old plug-ins that restrain what pods may ask for. Kubernetes 1.25 removed PodSecurityPolicy and 1.30 SecurityContextDeny, so newer clusters need Pod Security admission.',
  repair:
    'On Kubernetes 1.25 and later label namespaces with `pod-security.kubernetes.io/enforce: restricted` and add an exception for this control. On older ones add `SecurityContextDeny` to `--enable-admission-plugins`, after a test, since it refuses pods that set a user.',
  references: ['admissionControllers', 'podSecurityAdmission'],
  checks: [
    listIncludes({
      name: 'ensure-that-the-admission-control-plugin-SecurityContextDeny-is-set-if-PodSecurityPolicy-is-not-used',
      component: API_SERVER,
      flag: '--enable-admission-plugins',
      entry: 'SecurityContextDeny',
      or: ['PodSecurityPolicy'],
    }),
  ],
})
