/**
 * Follows all ways through a pattern at once, one character after the other, so that the time is linear in the text. Ways are
 * kept in the order of their preference: the first that ends decides, as it would for an engine that goes back.
 */
import type { Assertion } from '../syntax/node.ts'
import type { Program } from './program.ts'

/** Where a group starts and ends in the text, for each group from the first on; -1 where it took no part. */
export type Slots = readonly number[]

/** A match. */
export interface Found {
  readonly start: number
  readonly end: number
  readonly slots: Slots
}

/** Runs a program. */
export class Machine {
  readonly #program: Program
  readonly #noSlots: Slots
  #current: Ways
  #next: Ways
  /** What is still to be entered: places in the program and their slots. */
  readonly #pendingPlaces: number[] = []
  readonly #pendingSlots: Slots[] = []

  /** For a program with so many groups. */
  constructor(program: Program, groups: number) {
    this.#program = program
    this.#noSlots = Array<number>(2 * groups).fill(-1)
    this.#current = new Ways(program.instructions.length)
    this.#next = new Ways(program.instructions.length)
  }

  /** The leftmost match that begins at `from` or later; without groups, they take no part. `isAny` ends at the first end. */
  search(text: string, from: number, withGroups: boolean, isAny = false): Found | undefined {
    const { instructions, start } = this.#program
    const noSlots = withGroups ? this.#noSlots : NOTHING
    let found: Found | undefined
    this.#current.clear()
    for (let at = from; ;) {
      const current = this.#current
      const next = this.#next
      if (found === undefined) this.#enter(current, text, start, at, at, noSlots)
      else if (current.size === 0) return found
      const codePoint = at < text.length ? (text.codePointAt(at) as number) : -1
      const after = at + (codePoint > 0xffff ? 2 : 1)
      next.clear()
      for (let way = 0; way < current.size; way++) {
        const instruction = instructions[current.places[way] as number]
        const begin = current.starts[way] as number
        const slots = current.slots[way] as Slots
        if (instruction?.op === 'match') {
          found = { start: begin, end: at, slots }
          break
        }
        if (codePoint >= 0 && instruction?.op === 'char' && instruction.test(codePoint)) {
          this.#enter(next, text, instruction.next, after, begin, slots)
        }
      }
      if (codePoint < 0 || (isAny && found !== undefined)) return found
      this.#current = next
      this.#next = current
      at = after
    }
  }

  /** Adds the ways that begin at a place of the program, up to where each needs a character or has ended. */
  #enter(ways: Ways, text: string, place: number, at: number, start: number, slots: Slots): void {
    const { instructions } = this.#program
    const [places, held] = [this.#pendingPlaces, this.#pendingSlots]
    let [here, own]: [number | undefined, Slots] = [place, slots]
    while (here !== undefined) {
      const instruction = instructions[here]
      let next: number | undefined
      if (instruction !== undefined && ways.visit(here)) {
        switch (instruction.op) {
          case 'split':
            places.push(instruction.second)
            held.push(own)
            next = instruction.first
            break
          case 'save':
            if (own.length > 0) {
              const noted = own.slice()
              noted[instruction.slot] = at
              own = noted
            }
            next = instruction.next
            break
          case 'assert':
            if (holds(instruction.assertion, text, at)) next = instruction.next
            break
          default:
            ways.add(here, start, own)
        }
      }
      if (next === undefined) {
        here = places.pop()
        own = held.pop() ?? own
      } else {
        here = next
      }
    }
  }
}

/** Ways through a program at one place of the text, the best one first; each place of the program is there once. */
class Ways {
  readonly places: Int32Array
  readonly starts: Int32Array
  readonly slots: Slots[] = []
  size = 0
  readonly #visited: Int32Array
  #round = 0

  constructor(instructions: number) {
    this.places = new Int32Array(instructions)
    this.starts = new Int32Array(instructions)
    this.#visited = new Int32Array(instructions)
  }

  clear(): void {
    this.size = 0
    this.#round++
  }

  /** False when the place was visited before. */
  visit(place: number): boolean {
    if (this.#visited[place] === this.#round) return false
    this.#visited[place] = this.#round
    return true
  }

  add(place: number, start: number, slots: Slots): void {
    this.places[this.size] = place
    this.starts[this.size] = start
    this.slots[this.size++] = slots
  }
}

const NOTHING: Slots = []

function holds(assertion: Assertion, text: string, at: number): boolean {
  switch (assertion) {
    case 'text-start':
      return at === 0
    case 'text-end':
      return at === text.length
    case 'line-start':
      return at === 0 || text.charCodeAt(at - 1) === 0x0a
    case 'line-end':
      return at === text.length || text.charCodeAt(at) === 0x0a
    default:
      return (isWord(text, at - 1) !== isWord(text, at)) === (assertion === 'word-edge')
  }
}

function isWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return (
    (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) || code === 0x5f
  )
}
