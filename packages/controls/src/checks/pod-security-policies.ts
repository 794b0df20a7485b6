/** PodSecurityPolicies, which Kubernetes 1.25 removed: one policy that forbids something is enough for all. */
import { asMap, matching, saysTrue, type ValueMap } from '@kubescape/resources'

import type { JoinedCheck, Outcome } from '../check.ts'
import { removal, type Finding } from '../finding.ts'
import { projection } from '../projection.ts'

const POLICIES = [matching('policy/v1beta1', 'PodSecurityPolicy')]

/**
 * Fails every policy when each of them allows something.
 * @param allowed what a policy's spec allows; no findings when it forbids it
 */
export function everyPolicyAllows(name: string, allowed: (spec: ValueMap) => readonly Finding[]): JoinedCheck {
  const policies = projection(name, POLICIES, (resource) => ({
    findings: allowed(asMap(resource.object['spec']) ?? {}),
  }))
  return {
    shape: 'joined',
    name,
    match: POLICIES,
    tests: 'matched',
    needs: [policies],
    across: [],
    *judge(tables): Generator<Outcome> {
      const rows = tables.rows(policies)
      if (rows.some(({ findings }) => findings.length === 0)) return
      for (const { ref, findings } of rows) yield { subject: ref, findings }
    },
  }
}

/** Fails every policy when each of them sets the switch to true. */
export function everyPolicySwitchesOn(name: string, field: string): JoinedCheck {
  return everyPolicyAllows(name, (spec) => (saysTrue(spec[field]) ? [removal(`spec.${field}`)] : []))
}
