/** Factories of checks on objects as such. */
import type { Match, Resource } from '@kubescape/resources'

import type { Judgement, LocalCheck } from '../check.ts'
import type { ControlInputs, InputName } from '../inputs.ts'

/** A check of objects that have no pod template, or whose pod template does not matter. */
export function eachObject(
  about: {
    readonly name: string
    readonly match: readonly Match[]
    readonly inputs?: readonly InputName[]
    readonly looksAt?: 'metadata'
    readonly isAboutPlatform?: true
  },
  judge: (resource: Resource, inputs: ControlInputs) => Judgement,
): LocalCheck {
  return { shape: 'local', ...about, judge }
}

/** An inventory: every object of the kinds is reported, for a person to look at. */
export function inventory(name: string, match: readonly Match[]): LocalCheck {
  return { shape: 'local', name, match, looksAt: 'metadata', judge: () => [] }
}
