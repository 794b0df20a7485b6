/** Patterns as programs for a machine that follows all ways at once. */
import type { Assertion, PatternNode, Repeat } from '../syntax/node.ts'
import { charTest, type CharTest } from './char-test.ts'
import { canBeEmpty } from './meaning.ts'

/** One step of a program; numbers are places of other steps. */
type Instruction =
  | { readonly op: 'char'; readonly test: CharTest; readonly next: number }
  | { readonly op: 'assert'; readonly assertion: Assertion; readonly next: number }
  /** Notes the place in the text: of the start of group n, from 1, at 2n - 2, of its end at 2n - 1. */
  | { readonly op: 'save'; readonly slot: number; readonly next: number }
  /** Two ways, the better one first. */
  | { readonly op: 'split'; readonly first: number; readonly second: number }
  | { readonly op: 'match' }

/** A program. */
export interface Program {
  readonly instructions: readonly Instruction[]
  readonly start: number
}

/** The program of a pattern: a few instructions for each of its parts, counted ones as often as they may come. */
export function programOf(pattern: PatternNode): Program {
  const assembler = new Assembler()
  const end = assembler.add({ op: 'match' })
  const start = assembler.emit(pattern, end)
  return { instructions: assembler.instructions, start }
}

/** Works from the end of the pattern to its start, so that each step knows what follows. */
class Assembler {
  readonly instructions: Instruction[] = []
  readonly #tests = new Map<PatternNode, CharTest>()

  add(instruction: Instruction): number {
    return this.instructions.push(instruction) - 1
  }

  /** Where a part begins that goes on to `next`. */
  emit(node: PatternNode, next: number): number {
    switch (node.kind) {
      case 'set': {
        const test = this.#tests.get(node) ?? charTest(node.set)
        this.#tests.set(node, test)
        return this.add({ op: 'char', test, next })
      }
      case 'assertion':
        return this.add({ op: 'assert', assertion: node.assertion, next })
      case 'sequence':
        return node.parts.reduceRight((after, part) => this.emit(part, after), next)
      case 'choice':
        return node.options
          .map((option) => this.emit(option, next))
          .reduceRight((second, first) => this.add({ op: 'split', first, second }))
      case 'group': {
        const end = this.add({ op: 'save', slot: 2 * node.index - 1, next })
        return this.add({ op: 'save', slot: 2 * node.index - 2, next: this.emit(node.node, end) })
      }
      default:
        return this.#repeat(node, next)
    }
  }

  #repeat(repeat: Repeat, next: number): number {
    const { node, least, most } = repeat
    let start = next
    if (most === Infinity) {
      const { entry, loop } = this.#loop(repeat, next)
      // What can be empty has to be tried once before it is left out, so that the better way comes first.
      if (least > 0) start = entry
      else start = canBeEmpty(node) ? this.#choose(repeat, entry, next) : loop
    } else {
      for (let turn = least; turn < most; turn++) start = this.#choose(repeat, this.emit(node, start), next)
    }
    const turns = most === Infinity ? least - 1 : least
    for (let turn = 0; turn < turns; turn++) start = this.emit(node, start)
    return start
  }

  /** A part that comes again and again; `entry` is its start, `loop` the place where it may be left. */
  #loop(repeat: Repeat, next: number): { entry: number; loop: number } {
    const split = { op: 'split' as const, first: next, second: next }
    const loop = this.add(split)
    const entry = this.emit(repeat.node, loop)
    if (repeat.isGreedy) split.first = entry
    else split.second = entry
    return { entry, loop }
  }

  #choose({ isGreedy }: Repeat, part: number, next: number): number {
    return this.add({ op: 'split', first: isGreedy ? part : next, second: isGreedy ? next : part })
  }
}
