/** Builds the value of a document from its events. */

import type { Event, ScalarEvent } from 'js-yaml'
import { eventOffset, scalarKey, scalarText, taggedValue, tagHandles } from './event-scalars.ts'
import { templateHintAt } from './explain.ts'
import { KeyCache } from './key-cache.ts'
import type { Limits } from './limits.ts'
import { Refusal } from './problem.ts'
import { refuseGluedColon, shown, tooDeep, unknownAlias } from './refusals.ts'
import { hintOf, resolveHinted, resolvePlain } from './scalars.ts'
import type { Scalar } from './scalars.ts'
import { fullTag, isMergeTag } from './tags.ts'
import { isValueMap, setEntry } from './value.ts'
import type { Value, ValueMap } from './value.ts'

// The numbers of js-yaml's event types and styles; literals, so that the loops below compare constants.
const sequenceEvent = 2
const mappingEvent = 3
const scalarEvent = 4
const aliasEvent = 5
const popEvent = 6
const plainStyle = 1
const flowStyle = 2

/** Shared by all documents: manifests use the same few keys. */
const keys = new KeyCache()

/** A complaint that does not end the reading; `offset` counts in the text of the events. */
export interface Complaint {
  code: string
  message: string
  hint: string
  offset: number
}

interface Anchored {
  value: Value
  /** Nodes and levels below, aliases expanded. */
  size: number
  height: number
  /** False while its collection is still being read. */
  complete: boolean
  /** Set for a scalar, which may serve as a key. */
  scalar?: ScalarEvent
}

/** The value of the one document in `events` and what is wrong with it; throws a `Refusal` when it cannot be built. */
export function compose(
  events: readonly Event[],
  input: string,
  limits: Limits,
): { value: Value; complaints: Complaint[] } {
  const composer = new Composer(events, input, limits)
  return { value: composer.document(), complaints: composer.complaints }
}

class Composer {
  readonly complaints: Complaint[] = []
  readonly #events: readonly Event[]
  readonly #input: string
  readonly #limits: Limits
  readonly #anchors = new Map<string, Anchored>()
  #handles: ReadonlyMap<string, string> = new Map()
  #index = 0
  /** Nodes so far, those behind aliases counted each time; only anchors need the two. */
  #size = 0
  #deepest = 0
  #aliasBudget: number

  constructor(events: readonly Event[], input: string, limits: Limits) {
    this.#events = events
    this.#input = input
    this.#limits = limits
    this.#aliasBudget = limits.aliasNodes + 10 * events.length
  }

  document(): Value {
    if (this.#events.length === 0) return null
    this.#handles = tagHandles(this.#events[0])
    this.#index = 1
    const value = this.#node(0)
    const next = this.#events[this.#index + 1]
    if (next === undefined) return value
    const first = this.#events[this.#index + 2]
    const offset = first === undefined ? -1 : eventOffset(first)
    throw new Refusal(
      'yaml/several-documents',
      'A second document begins inside of this one.',
      offset === -1 ? this.#input.length : offset,
      'Begin each document with `---` at the start of a line.',
    )
  }

  #node(depth: number): Value {
    const event = this.#events[this.#index++] as Event
    this.#size++
    switch (event.type) {
      case scalarEvent:
        return this.#scalar(event)
      case mappingEvent:
        return this.#mapping(event, depth + 1)
      case sequenceEvent:
        return this.#sequence(event, depth + 1)
      case aliasEvent:
        return this.#alias(this.#input.slice(event.anchorStart, event.anchorEnd), event.anchorStart - 1, depth)
      default:
        throw new Refusal('yaml/syntax', 'The text ends where a value is expected.', this.#input.length)
    }
  }

  #scalar(event: ScalarEvent): Value {
    const value = this.#scalarValue(event)
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new Refusal(
        'yaml/not-json',
        'Infinity and not-a-number have no JSON form.',
        Math.max(0, eventOffset(event)),
        'Write a number, or quote the value to make it text.',
      )
    }
    if (event.anchorStart !== -1) {
      const name = this.#input.slice(event.anchorStart, event.anchorEnd)
      this.#anchors.set(name, { value, size: 1, height: 0, complete: true, scalar: event })
    }
    return value
  }

  #scalarValue(event: ScalarEvent): Scalar {
    if (event.tagStart !== -1) return taggedValue(this.#input, event, this.#handles)
    if (event.valueStart === -1) return null
    if (!event.fast) {
      const text = scalarText(this.#input, event)
      return event.style === plainStyle ? resolvePlain(text) : text
    }
    const text = this.#input.slice(event.valueStart, event.valueEnd)
    if (event.style !== plainStyle) return text
    const hint = hintOf(this.#input.charCodeAt(event.valueStart))
    return hint === 0 ? text : resolveHinted(text, hint)
  }

  #sequence(event: Event & { anchorStart: number; anchorEnd: number }, depth: number): Value[] {
    const list: Value[] = []
    const anchored = this.#open(event, list, depth)
    const events = this.#events
    while ((events[this.#index] as Event).type !== popEvent) list.push(this.#node(depth))
    this.#index++
    if (anchored !== undefined) this.#close(anchored, depth)
    return list
  }

  #mapping(event: Event & { anchorStart: number; anchorEnd: number; style: number }, depth: number): ValueMap {
    const map: ValueMap = {}
    const anchored = this.#open(event, map, depth)
    const events = this.#events
    let merged: Set<string> | undefined
    for (;;) {
      const keyEvent = events[this.#index++] as Event
      if (keyEvent.type === popEvent) break
      this.#size++
      if (keyEvent.type === scalarEvent && this.#isMerge(keyEvent)) {
        merged ??= new Set()
        this.#merge(map, merged, keyEvent, depth)
        continue
      }
      const key = this.#key(keyEvent, event.style)
      if (map[key] !== undefined && Object.hasOwn(map, key) && !(merged?.delete(key) ?? false)) {
        this.#duplicate(key, eventOffset(keyEvent))
      }
      const value = this.#node(depth)
      if (key === '__proto__') setEntry(map, key, value)
      else map[key] = value
    }
    if (anchored !== undefined) this.#close(anchored, depth)
    return map
  }

  #key(event: Event, mappingStyle: number): string {
    const input = this.#input
    if (event.type === scalarEvent) {
      if (event.anchorStart !== -1) this.#scalar(event)
      if (mappingStyle === flowStyle && event.style === plainStyle) refuseGluedColon(input, event)
      if (event.fast && event.tagStart === -1) {
        const hint = hintOf(input.charCodeAt(event.valueStart))
        if (hint === 0 || event.style !== plainStyle) return keys.read(input, event.valueStart, event.valueEnd)
      }
      const key = scalarKey(input, event, this.#handles)
      if (key !== undefined) return key
      throw new Refusal(
        'yaml/bad-key',
        'A mapping key is null or a number that JSON keys cannot be.',
        this.#near(event),
        'Quote the key.',
      )
    }
    if (event.type === aliasEvent) {
      const name = input.slice(event.anchorStart, event.anchorEnd)
      const target = this.#anchors.get(name)
      if (target === undefined) throw unknownAlias(name, event.anchorStart - 1)
      const key = target.scalar === undefined ? undefined : scalarKey(input, target.scalar, this.#handles)
      if (key !== undefined) return key
    }
    const offset = this.#near(event)
    const message = 'A mapping key is a list or a mapping; only text can be a key.'
    throw new Refusal(
      'yaml/bad-key',
      message,
      offset,
      templateHintAt(input, offset) ?? 'Quote a value that begins with `{` or `[`.',
    )
  }

  #isMerge(event: ScalarEvent): boolean {
    if (event.valueEnd - event.valueStart !== 2 || this.#input.charCodeAt(event.valueStart) !== 0x3c) return false
    if (this.#input.charCodeAt(event.valueStart + 1) !== 0x3c) return false
    if (event.tagStart === -1) return event.style === plainStyle
    return isMergeTag(fullTag(this.#input.slice(event.tagStart, event.tagEnd), this.#handles))
  }

  /**
   * Merge key (yaml.org/type/merge.html): of several mappings the earlier wins. Keys that follow it in its mapping win over it;
   * over keys before it the merge wins in goyaml v2, and so in a cluster, whatever the definition says.
   */
  #merge(map: ValueMap, merged: Set<string>, keyEvent: ScalarEvent, depth: number): void {
    const valueEvent = this.#events[this.#index] as Event
    const value = this.#node(depth)
    const isList = Array.isArray(value) && valueEvent.type === sequenceEvent
    const sources = isList ? value : [value]
    for (let index = sources.length - 1; index >= 0; index--) {
      const source = sources[index]
      if (!isValueMap(source)) {
        const offset = eventOffset(valueEvent)
        throw new Refusal(
          'yaml/bad-merge',
          'A merge key `<<` needs a mapping or a list of mappings.',
          offset === -1 ? eventOffset(keyEvent) : offset,
        )
      }
      const names = Object.keys(source)
      this.#spend(names.length, eventOffset(keyEvent))
      for (const key of names) {
        if (Object.hasOwn(map, key) && !merged.has(key) && map[key] !== source[key]) {
          this.#lateMerge(key, eventOffset(keyEvent))
        }
        merged.add(key)
        setEntry(map, key, source[key] as Value)
      }
    }
  }

  #alias(name: string, offset: number, depth: number): Value {
    const target = this.#anchors.get(name)
    if (target === undefined) throw unknownAlias(name, offset)
    if (!target.complete) {
      throw new Refusal(
        'yaml/recursive-alias',
        `The alias \`*${name}\` stands inside of the value that it names.`,
        offset,
        'Write the value out, or name another anchor.',
      )
    }
    this.#spend(target.size, offset)
    this.#size += target.size - 1
    this.#deeper(depth + target.height, offset)
    return target.value
  }

  #spend(nodes: number, offset: number): void {
    this.#aliasBudget -= nodes
    if (this.#aliasBudget >= 0) return
    throw new Refusal(
      'yaml/too-many-aliases',
      'The aliases of the document expand to too many values.',
      offset,
      'Write the values out, or split the document.',
    )
  }

  #deeper(depth: number, offset: number): void {
    if (depth > this.#deepest) this.#deepest = depth
    if (depth > this.#limits.depth) throw tooDeep(this.#limits.depth, offset)
  }

  #open(event: Event & { anchorStart: number; anchorEnd: number }, value: Value, depth: number): Opened | undefined {
    if (depth > this.#deepest) this.#deeper(depth, eventOffset(event))
    if (event.anchorStart === -1) return undefined
    const target: Anchored = { value, size: 0, height: 0, complete: false }
    this.#anchors.set(this.#input.slice(event.anchorStart, event.anchorEnd), target)
    const opened = { target, size: this.#size, deepest: this.#deepest }
    this.#deepest = depth
    return opened
  }

  #close(opened: Opened, depth: number): void {
    const { target } = opened
    target.size = this.#size - opened.size + 1
    target.height = this.#deepest - depth + 1
    target.complete = true
    this.#deepest = Math.max(this.#deepest, opened.deepest)
  }

  #duplicate(key: string, offset: number): void {
    this.#complain({
      code: 'yaml/duplicate-key',
      message: `The key ${shown(key)} occurs more than once in the same mapping; the last value counts.`,
      hint: 'Keep one of them.',
      offset,
    })
  }

  #lateMerge(key: string, offset: number): void {
    this.#complain({
      code: 'yaml/late-merge',
      message: `The merge key \`<<\` after ${shown(key)} holds that key too; its value counts in a cluster, and other tools take the first.`,
      hint: 'Put `<<` first in its mapping.',
      offset,
    })
  }

  #complain(complaint: Complaint): void {
    if (this.complaints.length < this.#limits.problems) this.complaints.push(complaint)
  }

  /** Where to point for an event that may be empty: the end of what was read before it. */
  #near(event: Event): number {
    const offset = eventOffset(event)
    if (offset !== -1) return offset
    for (let index = this.#index - 2; index >= 0; index--) {
      const before = this.#events[index] as Event
      const at = before.type === scalarEvent && before.valueEnd !== -1 ? before.valueEnd : eventOffset(before)
      if (at !== -1) return at
    }
    return 0
  }
}

interface Opened {
  target: Anchored
  size: number
  deepest: number
}
