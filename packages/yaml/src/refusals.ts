/** Refusals that the composer and its neighbours share. */

import type { ScalarEvent } from 'js-yaml'
import { Refusal } from './problem.ts'

/** The problem of a text or of expanded aliases that nest deeper than `limit`. */
export function tooDeep(limit: number, offset: number): Refusal {
  return new Refusal('yaml/too-deep', `The document nests more than ${limit} levels.`, offset, 'Flatten the document.')
}

/** The problem of an alias without an anchor before it. */
export function unknownAlias(name: string, offset: number): Refusal {
  const message = `The alias \`*${name.slice(0, 80)}\` names no anchor before it in this document.`
  return new Refusal(
    'yaml/unknown-alias',
    message,
    offset,
    'Define the anchor with `&` first, or quote a value that begins with `*`.',
  )
}

/** In `{a:}` YAML 1.2 sees the key `a`, while libyaml and its Go port see the key `a:`. */
export function refuseGluedColon(input: string, event: ScalarEvent): void {
  if (input.charCodeAt(event.valueEnd) !== 0x3a || !',[]{}'.includes(input.charAt(event.valueEnd + 1))) return
  const message = 'Kubernetes reads a colon without a space after it as part of the key.'
  throw new Refusal('yaml/glued-colon', message, event.valueEnd, 'Put a space after the colon.')
}

/** A key as messages show it. */
export function shown(key: string): string {
  return JSON.stringify(key.length > 80 ? `${key.slice(0, 80)}...` : key)
}
