/** Workloads with RCE vulnerabilities exposed to external traffic. */
import { IMAGE_VULNERABILITIES, vulnerablePods } from '../../checks/image-vulnerabilities.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0084',
  name: 'Workloads with RCE vulnerabilities exposed to external traffic',
  baseScore: 8,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'An image of this Pod has a vulnerability by which a remote attacker can run code, and a Service opens the Pod to traffic from outside the cluster. One crafted request may be enough to get a foothold.',
  repair:
    'Update the vulnerable package, rebuild, and roll out the new `image`; if there is no fix yet, remove the package or take the Service off the outside network. Limit what an intruder could do: `runAsNonRoot: true`, no service account token, and an egress NetworkPolicy.',
  attackSteps: { 'workload-external-track': 'Execution (Vulnerable Image)' },
  references: ['vulnerabilityScoring', 'services'],
  needs: IMAGE_VULNERABILITIES,
  checks: [vulnerablePods('exposed-rce-pods', true, (scan) => scan.runsCode)],
})
