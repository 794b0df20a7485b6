/** Builds the tree of one document from its events. */

import type { Event, ScalarEvent } from 'js-yaml'
import { eventOffset, scalarText, tagHandles } from '../event-scalars.ts'
import type { Limits } from '../limits.ts'
import type { MappingEntry, MappingNode, ScalarNode, ScalarStyle, SequenceNode, YamlNode } from '../node.ts'
import { Refusal } from '../problem.ts'
import type { DocumentEvents } from '../read-events.ts'
import { shown, tooDeep, unknownAlias } from '../refusals.ts'
import { fullTag, isMergeTag } from '../tags.ts'
import { coreTag, tagOfPlain } from './scalar-tag.ts'

// js-yaml's numbers of event types and of styles.
const sequenceEvent = 2
const mappingEvent = 3
const scalarEvent = 4
const aliasEvent = 5
const popEvent = 6
const flowStyle = 2
const styles: readonly ScalarStyle[] = ['plain', 'plain', 'single', 'double', 'literal', 'folded']

interface Anchored {
  node: YamlNode
  /** False while the node is still being read. */
  complete: boolean
}

/** Composes one document; refusals point into the text of the file. */
export class NodeComposer {
  /** One for each key that occurs again in its mapping. */
  readonly duplicates: Refusal[] = []
  readonly #events: readonly Event[]
  readonly #input: string
  readonly #base: number
  readonly #limits: Limits
  readonly #anchors = new Map<string, Anchored>()
  readonly #handles: ReadonlyMap<string, string>
  #index = 1
  #copies: number

  constructor({ events, input, base }: DocumentEvents, limits: Limits) {
    this.#events = events
    this.#input = input
    this.#base = base
    this.#limits = limits
    this.#handles = tagHandles(events[0])
    this.#copies = limits.aliasNodes + 10 * events.length
  }

  /** The root of the document; throws a `Refusal` when it cannot be built. */
  document(): YamlNode {
    if (this.#events.length === 0) return { type: 'scalar', text: '', style: 'plain', tag: '!!null' }
    const node = this.#node(0)
    if (this.#events[this.#index + 1] === undefined) return node
    const message = 'A second document begins inside of this one.'
    throw this.#refusal('yaml/several-documents', message, this.#input.length)
  }

  #node(depth: number): YamlNode {
    const event = this.#events[this.#index++] as Event
    switch (event.type) {
      case scalarEvent: {
        const scalar = this.#scalar(event)
        if (event.anchorStart !== -1) this.#anchors.set(this.#anchor(event), { node: scalar, complete: true })
        return scalar
      }
      case mappingEvent:
        return this.#mapping(event, this.#deeper(depth, event))
      case sequenceEvent:
        return this.#sequence(event, this.#deeper(depth, event))
      case aliasEvent:
        return this.#alias(event, depth)
      default:
        throw this.#refusal('yaml/syntax', 'The text ends where a value is expected.', this.#input.length)
    }
  }

  #scalar(event: ScalarEvent): ScalarNode {
    const style = styles[event.style] ?? 'plain'
    const isEmpty = event.valueStart === -1
    const text = isEmpty
      ? ''
      : event.fast
        ? this.#input.slice(event.valueStart, event.valueEnd)
        : scalarText(this.#input, event)
    const tag =
      event.tagStart !== -1
        ? coreTag(fullTag(this.#input.slice(event.tagStart, event.tagEnd), this.#handles))
        : style === 'plain'
          ? tagOfPlain(text)
          : '!!str'
    const at = eventOffset(event)
    return at === -1 ? { type: 'scalar', text, style, tag } : { type: 'scalar', text, style, tag, at: at + this.#base }
  }

  #sequence(event: Event & { anchorStart: number; anchorEnd: number; style: number }, depth: number): SequenceNode {
    const at = eventOffset(event) + this.#base
    const node: SequenceNode = { type: 'sequence', items: [], flow: event.style === flowStyle, at }
    const anchored = this.#open(event, node)
    while ((this.#events[this.#index] as Event).type !== popEvent) node.items.push(this.#node(depth))
    this.#index++
    if (anchored !== undefined) anchored.complete = true
    return node
  }

  #mapping(event: Event & { anchorStart: number; anchorEnd: number; style: number }, depth: number): MappingNode {
    const at = eventOffset(event) + this.#base
    const node: MappingNode = { type: 'mapping', entries: [], flow: event.style === flowStyle, at }
    const anchored = this.#open(event, node)
    const places = new Map<string, number>()
    const merges: MappingNode[] = []
    for (;;) {
      const keyEvent = this.#events[this.#index] as Event
      if (keyEvent.type === popEvent) break
      if (this.#isMerge(keyEvent)) {
        this.#index++
        for (const source of this.#merged(depth)) merges.push(source)
        continue
      }
      const key = this.#key(depth)
      const value = this.#node(depth)
      const place = places.get(key.text)
      if (place !== undefined) {
        const message = `The key ${shown(key.text)} occurs more than once in the same mapping; the last value counts.`
        const again = this.#refusal('yaml/duplicate-key', message, this.#near(keyEvent), 'Keep one of them.')
        if (this.duplicates.length < this.#limits.problems) this.duplicates.push(again)
        node.entries[place] = { key, value }
      } else {
        places.set(key.text, node.entries.length)
        node.entries.push({ key, value })
      }
    }
    this.#index++
    // What the mapping has itself wins, then the merges in their order.
    for (const source of merges) addMissing(node.entries, places, source)
    if (anchored !== undefined) anchored.complete = true
    return node
  }

  #key(depth: number): ScalarNode {
    const event = this.#events[this.#index] as Event
    const key = event.type === scalarEvent || event.type === aliasEvent ? this.#node(depth) : undefined
    if (key?.type === 'scalar') return key
    const message = 'A mapping key is a list or a mapping; only text can be a key.'
    throw this.#refusal('yaml/bad-key', message, this.#near(event), 'Quote a value that begins with `{` or `[`.')
  }

  #isMerge(event: Event): boolean {
    if (event.type !== scalarEvent || this.#input.slice(event.valueStart, event.valueEnd) !== '<<') return false
    if (event.tagStart === -1) return event.style === 1
    return isMergeTag(fullTag(this.#input.slice(event.tagStart, event.tagEnd), this.#handles))
  }

  /** The mappings that a merge key brings in. */
  #merged(depth: number): MappingNode[] {
    const event = this.#events[this.#index] as Event
    const value = this.#node(depth)
    const sources = value.type === 'sequence' && event.type === sequenceEvent ? value.items : [value]
    return sources.map((source) => {
      if (source.type === 'mapping') return source
      const message = 'A merge key `<<` needs a mapping or a list of mappings.'
      throw this.#refusal('yaml/bad-merge', message, this.#near(event))
    })
  }

  #alias(event: Event & { anchorStart: number; anchorEnd: number }, depth: number): YamlNode {
    const name = this.#anchor(event)
    const offset = event.anchorStart - 1 + this.#base
    const target = this.#anchors.get(name)
    if (target === undefined) throw unknownAlias(name, offset)
    if (target.complete) return this.#copy(target.node, depth, offset)
    const message = `The alias \`*${name.slice(0, 80)}\` stands inside of the value that it names.`
    throw new Refusal('yaml/recursive-alias', message, offset, 'Write the value out, or name another anchor.')
  }

  #copy(node: YamlNode, depth: number, offset: number): YamlNode {
    if (--this.#copies < 0) {
      const message = 'The aliases of the document expand to too many values.'
      throw new Refusal('yaml/too-many-aliases', message, offset, 'Write the values out, or split the document.')
    }
    if (node.type === 'scalar') return { ...node }
    if (depth >= this.#limits.depth) throw tooDeep(this.#limits.depth, offset)
    if (node.type === 'sequence') {
      return { ...node, items: node.items.map((item) => this.#copy(item, depth + 1, offset)) }
    }
    const entries = node.entries.map(({ key, value }) => ({
      key: { ...key },
      value: this.#copy(value, depth + 1, offset),
    }))
    return { ...node, entries }
  }

  #open(event: Event & { anchorStart: number; anchorEnd: number }, node: YamlNode): Anchored | undefined {
    if (event.anchorStart === -1) return undefined
    const anchored = { node, complete: false }
    this.#anchors.set(this.#anchor(event), anchored)
    return anchored
  }

  #anchor(event: { anchorStart: number; anchorEnd: number }): string {
    return this.#input.slice(event.anchorStart, event.anchorEnd)
  }

  #deeper(depth: number, event: Event): number {
    if (depth >= this.#limits.depth) throw tooDeep(this.#limits.depth, this.#near(event) + this.#base)
    return depth + 1
  }

  #near(event: Event): number {
    return Math.max(0, eventOffset(event))
  }

  #refusal(code: string, message: string, offset: number, hint?: string): Refusal {
    return new Refusal(code, message, offset + this.#base, hint)
  }
}

function addMissing(entries: MappingEntry[], places: Map<string, number>, source: MappingNode): void {
  for (const entry of source.entries) {
    if (places.has(entry.key.text)) continue
    places.set(entry.key.text, entries.length)
    entries.push(entry)
  }
}
