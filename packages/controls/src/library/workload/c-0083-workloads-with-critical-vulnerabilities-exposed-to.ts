/** Workloads with Critical vulnerabilities exposed to external traffic. */
import { IMAGE_VULNERABILITIES, vulnerablePods } from '../../checks/image-vulnerabilities.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0083',
  name: 'Workloads with Critical vulnerabilities exposed to external traffic',
  baseScore: 8,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'A scan has found critical vulnerabilities in an image of this Pod, and a Service of type NodePort or LoadBalancer makes the Pod reachable from outside. These are the flaws that attackers look for first.',
  repair:
    'Rebuild the image with the fixed packages that the scan names and change `spec.containers[].image` in the workload that owns the Pod. Until then change `spec.type` of the Service to ClusterIP, or filter requests in front of it.',
  attackSteps: { 'workload-external-track': 'Execution (Vulnerable Image)' },
  references: ['vulnerabilityScoring', 'services'],
  needs: IMAGE_VULNERABILITIES,
  checks: [vulnerablePods('exposed-critical-pods', true, (scan) => scan.critical > 0)],
})
