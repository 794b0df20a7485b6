/** Events of js-yaml in less memory. */

import type { Event } from 'js-yaml'

/**
 * An event in little memory, since a document that is kept holds on to all of its events: what most of them have in common
 * stands on the prototype. One class for all types lets the engine read them fast.
 */
class SmallEvent {
  readonly type: number
  readonly valueStart: number
  readonly valueEnd: number
  readonly style: number
  readonly fast: boolean

  constructor(type: number, valueStart: number, valueEnd: number, style: number, fast: boolean) {
    this.type = type
    this.valueStart = valueStart
    this.valueEnd = valueEnd
    this.style = style
    this.fast = fast
  }

  get start(): number {
    return this.valueStart
  }
}
Object.assign(SmallEvent.prototype, {
  anchorStart: -1,
  anchorEnd: -1,
  tagStart: -1,
  tagEnd: -1,
  chomping: 1,
  indent: -1,
})

/** The end of a collection or of the document. */
export const popEvent = new SmallEvent(6, -1, -1, 0, false) as unknown as Event

/** A scalar without tag and anchor; offsets are -1 for an empty one. */
export function smallScalar(valueStart: number, valueEnd: number, style: number, fast: boolean): Event {
  return new SmallEvent(4, valueStart, valueEnd, style, fast) as unknown as Event
}

/** The begin of a sequence (2) or a mapping (3). */
export function smallCollection(type: 2 | 3, start: number, style: number): Event {
  return new SmallEvent(type, start, -1, style, false) as unknown as Event
}
