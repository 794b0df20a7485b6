/** table: attack tracks, the steps that an attacker takes one after the other. A failed control opens a step. */

/** A step, with those that can follow it. */
export interface AttackStep {
  readonly name: string
  readonly next?: readonly AttackStep[]
}

/** Every track by its name, from its first step. */
export const ATTACK_TRACKS = {
  'external-database-without-authentication': {
    name: 'Initial Access',
    next: [{ name: 'Unauthenticated Access' }],
  },
  'external-workload-with-cluster-takeover-roles': {
    name: 'Initial Access',
    next: [{ name: 'Cluster Access' }],
  },
  'service-destruction': {
    name: 'Initial Access',
    next: [{ name: 'Denial of service' }],
  },
  'workload-external-track': {
    name: 'Initial Access',
    next: [
      {
        name: 'Execution (Vulnerable Image)',
        next: [
          { name: 'Data Collection' },
          { name: 'Secret Access' },
          { name: 'Credential access' },
          { name: 'Privilege Escalation (Node)' },
          { name: 'Persistence' },
          { name: 'Lateral Movement (Network)' },
        ],
      },
    ],
  },
  'workload-unauthenticated-service': {
    name: 'Initial Access',
    next: [{ name: 'Execution' }],
  },
} as const satisfies Readonly<Record<string, AttackStep>>

/** Name of an attack track. */
export type AttackTrack = keyof typeof ATTACK_TRACKS

/** The step that a control opens in each of some tracks. */
export type AttackSteps = Readonly<Partial<Record<AttackTrack, string>>>
