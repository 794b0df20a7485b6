/** Controls as rules (SARIF 2.1.0, 3.49). */
import type { ControlResult } from '@kubescape/results'

import { clipped } from '../finding-text.ts'
import { controlUrl } from '../listing.ts'
import { LONGEST_DESCRIPTION, MOST_TAGS } from './limits.ts'

/** How bad a result is, for hosts that know three grades. */
export type Level = 'error' | 'warning' | 'note'

/** `error` from a base score of 9, `warning` from 4. */
export function levelOf(baseScore: number): Level {
  return baseScore >= 9 ? 'error' : baseScore >= 4 ? 'warning' : 'note'
}

/** The rule of a control. */
export function ruleOf({ control, frameworks }: ControlResult): object {
  const { id, name, baseScore, category, subCategory, isOperational, why, repair } = control
  const url = controlUrl(control)
  // Hosts take `security-severity` for rules with this tag.
  const nature = isOperational === true ? 'reliability' : 'security'
  const tags = [nature, 'kubernetes', category, subCategory, ...frameworks].filter((tag) => tag !== undefined)
  return {
    id,
    name: clipped(name, 255),
    shortDescription: { text: clipped(name, LONGEST_DESCRIPTION) },
    fullDescription: { text: clipped(why, LONGEST_DESCRIPTION) },
    help: { text: `${why}\n\nRemediation: ${repair}`, markdown: `${why}\n\n**Remediation**\n\n${repair}` },
    ...(url === '' ? {} : { helpUri: url }),
    defaultConfiguration: { level: levelOf(baseScore) },
    properties: {
      tags: [...new Set(tags)].slice(0, MOST_TAGS),
      'security-severity': baseScore.toFixed(1),
      precision: 'high',
    },
  }
}
