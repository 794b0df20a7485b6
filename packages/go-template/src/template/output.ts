/** Where templates write to. */
import { sprint } from '../go/print.ts'
import type { Value } from '../go/value.ts'
import type { Budget } from './budget.ts'
import type { Frame } from './frame.ts'
import type { ActionNode, BranchNode, TextNode } from './tree.ts'

/** Takes what templates write, piece by piece. */
export interface Output {
  /** What was written so far. */
  readonly text: string
  /** Writes text of the template. */
  literal(node: TextNode, frame: Frame): void
  /** Writes the value of an action. */
  value(node: ActionNode, value: Value, frame: Frame): void
  /** A condition keeps a block from being written. */
  skip(node: BranchNode, frame: Frame): void
  /** What was written, as a value that templates can work with. */
  result(): Value
  /** An output of the same kind, for a template that gives its text to its caller. */
  inner(): Output
}

/** Keeps the text alone. */
export class PlainOutput implements Output {
  text = ''
  readonly #budget: Budget

  constructor(budget: Budget) {
    this.#budget = budget
  }

  literal(node: TextNode): void {
    this.#write(node.text)
  }

  value(_node: ActionNode, value: Value): void {
    this.#write(typeof value === 'string' ? value : sprint(value))
  }

  skip(): void {
    // The text alone does not tell what is missing.
  }

  result(): string {
    return this.text
  }

  inner(): PlainOutput {
    return new PlainOutput(this.#budget)
  }

  #write(piece: string): void {
    this.text += piece
    this.#budget.write(piece.length, this.text.length)
  }
}
