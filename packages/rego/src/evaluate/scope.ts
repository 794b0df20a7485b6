/** What is known of local variables while a body is compiled: their slots, and which are bound at this point. */
import type { Value } from '../values/value.ts'

/** The layout of a frame; shared by a rule and everything inside it. */
export class Layout {
  readonly #slots = new Map<string, number>()
  size = 0

  /** The slot of a name. */
  slot(name: string): number {
    let slot = this.#slots.get(name)
    if (slot === undefined) this.#slots.set(name, (slot = this.size++))
    return slot
  }

  /** A slot that no name has. */
  temporary(): number {
    return this.size++
  }

  /** Names with their slots. */
  names(): Iterable<readonly [string, number]> {
    return this.#slots.entries()
  }
}

/** The bound variables at a point of a body. What is bound inside of a comprehension does not leak. */
export class Scope {
  readonly layout: Layout
  readonly #bound: Set<string>
  /** Values of variables that are the same in every run. */
  readonly #constants: Map<string, Value>

  constructor(layout: Layout = new Layout(), bound: Iterable<string> = [], constants = new Map<string, Value>()) {
    this.layout = layout
    this.#bound = new Set(bound)
    this.#constants = constants
  }

  /** A scope inside this one. */
  nested(): Scope {
    return new Scope(this.layout, this.#bound, new Map(this.#constants))
  }

  isBound(name: string): boolean {
    return this.#bound.has(name)
  }

  bind(name: string): number {
    this.#bound.add(name)
    return this.layout.slot(name)
  }

  /** Remembers that a variable has always this value. */
  know(name: string, value: Value): void {
    this.#constants.set(name, value)
  }

  constant(name: string): Value | undefined {
    return this.#constants.get(name)
  }

  /** Names that are bound now. */
  bound(): readonly string[] {
    return [...this.#bound]
  }
}
