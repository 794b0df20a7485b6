/** Workloads with excessive amount of vulnerabilities. */
import { IMAGE_VULNERABILITIES, isMoreThan, vulnerablePods } from '../../checks/image-vulnerabilities.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0085',
  name: 'Workloads with excessive amount of vulnerabilities',
  baseScore: 6,
  category: 'Workload',
  scope: ['cluster', 'file'],
  actionRequired: 'configuration',
  why: 'The image of this Pod has more critical or high vulnerabilities than you allow. That many usually mean an old base image that nobody updates, with known ways in for anyone who reaches the container.',
  repair:
    'Move to a current, smaller base image, rebuild, and change `image` in the workload. Rebuild on a schedule, so that fixes arrive without changes of your own. The allowed numbers are the inputs `max_critical_vulnerabilities` and `max_high_vulnerabilities`.',
  attackSteps: { 'workload-external-track': 'Execution (Vulnerable Image)' },
  references: ['vulnerabilityScoring', 'supplyChain'],
  needs: IMAGE_VULNERABILITIES,
  checks: [
    vulnerablePods(
      'excessive_amount_of_vulnerabilities_pods',
      false,
      (scan, inputs) =>
        isMoreThan(scan.critical, inputs.max_critical_vulnerabilities) ||
        isMoreThan(scan.high, inputs.max_high_vulnerabilities),
      ['max_critical_vulnerabilities', 'max_high_vulnerabilities'],
    ),
  ],
})
