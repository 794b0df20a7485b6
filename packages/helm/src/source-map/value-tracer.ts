/** Follows values through the templates that work with them. */
import {
  Dict,
  type Frame,
  List,
  type Origin,
  Sized,
  type Span,
  Struct,
  type TemplatePlace,
  Traced,
  type Tracer,
  type Value,
  type ValueOrigin,
  plain,
} from '@kubescape/go-template'
import { traceDocument } from './read-back.ts'
import { CHOICES, CONVERSIONS, STORED_ARGUMENTS, TEXT_RULES } from './rules.ts'
import { addEntry, entriesOf, entryOf } from './spans.ts'

/** Functions that read text. */
const READERS: ReadonlySet<string> = new Set(['fromYaml', 'fromYamlArray', 'fromJson', 'fromJsonArray', 'mustFromJson'])

/**
 * Spans that functions make and that are written in one template: a text that grows bit by bit takes as many as its square. After that it is only
 * known which values a text is made from.
 */
const MAX_SPANS = 1_000_000

/** Gives results of functions the traces of their arguments, and remembers what conditions look at. */
export class ValueTracer implements Tracer {
  /** What the condition that is being evaluated has read; undefined outside of conditions. */
  #reads: ValueOrigin[] | undefined
  /** The value that was read last, and whether it was remembered: reading on from it names a longer path. */
  #lastRead: Value
  #isLastKept = false
  #isSynthetic = false
  /** Spans that were made. */
  #spans = 0
  /** Entries that were sought and not found since something was written last. */
  #missed: ValueOrigin[] = []

  /** Tells that the function that is being called gives something random, or made from the clock. */
  synthetic(): void {
    this.#isSynthetic = true
  }

  read(dict: Dict, key: string, value: Value): void {
    if (dict.origin !== undefined && (plain(value) ?? null) === null) {
      addEntry(this.#missed, entryOf(dict.origin, key))
    }
    const reads = this.#reads
    if (reads === undefined) return
    if (this.#isLastKept && this.#lastRead === dict) reads.pop()
    const { length } = reads
    if (dict.origin !== undefined) addEntry(reads, entryOf(dict.origin, key))
    this.#isLastKept = reads.length > length
    this.#lastRead = value
  }

  key(dict: Dict, key: string): Value {
    if (dict.origin === undefined) return key
    return new Traced(key, [{ length: key.length, origin: { value: entryOf(dict.origin, key), derived: true } }])
  }

  place({ template, statement, caller, guard }: Frame): TemplatePlace | undefined {
    this.#missed = []
    // What was no file is seen as where it was called.
    if (template.source.spans !== undefined) return caller
    return {
      template: template.source.name,
      offset: statement?.at ?? 0,
      ...(caller && { caller }),
      ...(guard && { guard }),
    }
  }

  guard(frame: Frame, evaluate: () => Value): Value {
    const outer = this.#reads
    const reads: ValueOrigin[] = []
    this.#reads = reads
    const value = evaluate()
    this.#reads = outer
    this.#missed = []
    for (const entry of entriesOf(value)) addEntry(reads, entry)
    for (const entry of reads) if (outer !== undefined) addEntry(outer, entry)
    const { statement, guard } = frame
    frame.guard = { offset: statement?.at ?? 0, values: reads, ...(guard && { outer: guard }) }
    return value
  }

  leave(frame: Frame): void {
    frame.guard = frame.guard?.outer
  }

  arguments(name: string, args: readonly Value[]): readonly Value[] {
    const stores = STORED_ARGUMENTS.get(name)
    return args.map((arg, at) => (stores?.(at) === true ? arg : plain(arg)))
  }

  result(name: string, args: readonly Value[], result: Value): Value {
    const isSynthetic = this.#isSynthetic
    this.#isSynthetic = false
    if (isSynthetic) return asSynthetic(result)
    if (typeof result === 'string' && !this.follows(0)) return new Traced(result, madeFrom(args, result))
    const known = traced(name, args, result, this.#missed)
    if (known instanceof Traced) this.#spans += known.spans.length
    return known
  }

  follows(spans: number): boolean {
    this.#spans += spans
    return this.#spans <= MAX_SPANS
  }
}

/** The result of a function that gives neither something random nor the time. */
function traced(name: string, args: readonly Value[], result: Value, missed: readonly ValueOrigin[]): Value {
  if (result instanceof Traced) return name === 'toYaml' || name === 'toYamlPretty' ? within(args[0], result) : result
  const [source] = args
  if (source instanceof Traced && READERS.has(name) && (result instanceof Dict || result instanceof List)) {
    traceDocument(result, source)
    return result
  }
  if (result === null || result === undefined || result instanceof Struct) return result
  const choices = CHOICES.get(name)?.(args)
  if (choices !== undefined) return chosen(choices, result, missed)
  if (result instanceof Dict) return copied(name, source, result)
  if (result instanceof List || typeof result === 'boolean' || !args.some(isFromValues)) return result
  if (typeof result === 'string') {
    const same = args.find((arg) => arg instanceof Traced && arg.value === result)
    return same ?? new Traced(result, TEXT_RULES.get(name)?.(args, result) ?? madeFrom(args, result))
  }
  if (CONVERSIONS.has(name) && source instanceof Traced && typeof source.value !== 'string') {
    return new Traced(result, source.spans)
  }
  return new Traced(result, madeFrom(args, ''))
}

function isFromValues(arg: Value): boolean {
  return arg instanceof Traced || entriesOf(arg).length > 0
}

/** What `default` and its like took, and the empty entries that they passed over. */
function chosen(choices: readonly Value[], result: Value, missed: readonly ValueOrigin[]): Value {
  const at = choices.findIndex((choice) => isSame(plain(choice), result))
  const choice = choices[at]
  const passed: ValueOrigin[] = []
  for (const empty of choices.slice(0, Math.max(at, 0))) {
    for (const entry of (plain(empty) ?? null) === null ? missed : entriesOf(empty)) addEntry(passed, entry)
  }
  const bare = plain(result)
  if (bare instanceof Dict || bare instanceof List) return inPlace(bare, passed[0])
  if (passed.length === 0 || bare instanceof Struct || bare === undefined) return choice ?? result
  const length = typeof bare === 'string' ? bare.length : 0
  const spans = choice instanceof Traced ? choice.spans : [{ length, origin: {} }]
  return new Traced(
    bare,
    spans.map((span) => ({ length: span.length, origin: { ...span.origin, insteadOf: passed } })),
  )
}

/** An empty map or list that stands for an entry is that entry, as far as anybody can fill it. */
function inPlace(collection: Dict | List, entry: ValueOrigin | undefined): Dict | List {
  if (entry === undefined || collection.origin !== undefined) return collection
  if (collection instanceof List) {
    return collection.items.length > 0 ? collection : new List(collection.items, collection.element, entry)
  }
  return collection.entries.size > 0 ? collection : new Dict(collection.entries, collection.type, entry)
}

function isSame(a: Value, b: Value): boolean {
  return a === b || (a instanceof Sized && b instanceof Sized && a.kind === b.kind && a.value === b.value)
}

/** One span for a text, or with no length for a number, that is made from all arguments. */
function madeFrom(args: readonly Value[], text: string): readonly Span[] {
  const entries: ValueOrigin[] = []
  let synthetic = false
  for (const arg of args) {
    for (const entry of entriesOf(arg)) addEntry(entries, entry)
    if (arg instanceof Traced) synthetic ||= arg.spans.some(({ origin }) => origin.synthetic === true)
  }
  const [value, ...also] = entries
  const origin: Origin = {
    derived: true,
    ...(value && { value }),
    ...(also.length > 0 && { also }),
    ...(synthetic && { synthetic }),
  }
  return [{ length: text.length, origin }]
}

function asSynthetic(result: Value): Value {
  const bare = plain(result)
  if (bare instanceof List || bare instanceof Dict || bare instanceof Struct || bare === undefined) return result
  return new Traced(bare, [{ length: typeof bare === 'string' ? bare.length : 0, origin: { synthetic: true } }])
}

/** Every entry of what was written as a whole says so. */
function within(collection: Value, text: Traced): Traced {
  const origin = collection instanceof Dict || collection instanceof List ? collection.origin : undefined
  if (origin === undefined) return text
  const known = new Map<Origin, Origin>()
  return new Traced(
    text.value,
    text.spans.map((span) => {
      let inside = known.get(span.origin)
      if (inside === undefined) {
        inside = { value: origin, ...span.origin, within: origin }
        known.set(span.origin, inside)
      }
      return { length: span.length, origin: inside }
    }),
  )
}

/** A part or a copy of a map lies where the map lies. */
function copied(name: string, from: Value, result: Dict): Value {
  const isCopy = name === 'pick' || name === 'omit' || name === 'deepCopy' || name === 'mustDeepCopy'
  if (!isCopy || result.origin !== undefined || !(from instanceof Dict) || from.origin === undefined) return result
  return new Dict(result.entries, result.type, from.origin)
}
