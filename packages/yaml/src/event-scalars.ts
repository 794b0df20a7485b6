/** What single events mean: their text, value, key and place. */

import { getScalarValue } from 'js-yaml'
import type { Event, ScalarEvent } from 'js-yaml'
import { keyOf, plainKey } from './keys.ts'
import { Refusal } from './problem.ts'
import { isIntegerText } from './scalars.ts'
import type { Scalar } from './scalars.ts'
import { fullTag, isFloatTag, resolveTagged } from './tags.ts'

/** The `%TAG` handles of the document that `event` opens. */
export function tagHandles(event: Event | undefined): Map<string, string> {
  const handles = new Map<string, string>()
  if (event?.type !== 1) return handles
  for (const directive of event.directives) {
    if (directive.kind === 'tag') handles.set(directive.handle, directive.prefix)
  }
  return handles
}

/** The key that a scalar makes, or undefined when it makes none; throws a `Refusal` for a tag that does not fit. */
export function scalarKey(input: string, event: ScalarEvent, handles: ReadonlyMap<string, string>): string | undefined {
  const text = scalarText(input, event)
  if (event.tagStart !== -1) {
    const tag = fullTag(input.slice(event.tagStart, event.tagEnd), handles)
    const value = taggedValue(input, event, handles)
    return keyOf(value, isFloatTag(tag) || (typeof value === 'number' && !isIntegerText(text)))
  }
  return event.style === 1 ? plainKey(text) : text
}

/** Where an event is in the text; -1 for an empty node without properties. */
export function eventOffset(event: Event): number {
  switch (event.type) {
    case 2:
    case 3:
      return event.start
    case 4:
      if (event.valueStart === -1) return Math.max(event.tagStart, event.anchorStart - 1, -1)
      return event.style === 2 || event.style === 3 ? event.valueStart - 1 : event.valueStart
    case 5:
      return event.anchorStart - 1
    default:
      return -1
  }
}

/** The text of a scalar. A block scalar whose last line ends with the file has no line break there for libyaml; js-yaml adds one. */
export function scalarText(input: string, event: ScalarEvent): string {
  const text = getScalarValue(input, event)
  const isCut =
    event.style >= 4 && event.valueEnd === input.length && text.endsWith('\n') && !/\s$/.test(input.slice(-1))
  return isCut ? text.slice(0, -1) : text
}

/** The value of a scalar with a tag; throws a `Refusal` when it does not fit. */
export function taggedValue(input: string, event: ScalarEvent, handles: ReadonlyMap<string, string>): Scalar {
  const tag = fullTag(input.slice(event.tagStart, event.tagEnd), handles)
  const resolved = resolveTagged(tag, scalarText(input, event))
  if ('value' in resolved) return resolved.value
  throw new Refusal('yaml/tag-mismatch', resolved.refusal, event.tagStart, 'Change the value or remove the tag.')
}
