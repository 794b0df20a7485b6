/** Where templates write to. */
import { sprint } from '../go/print.ts'
import { LimitError, type Value } from '../go/value.ts'
import type { Frame } from './frame.ts'
import type { ActionNode, TextNode } from './tree.ts'

/** Takes what templates write, piece by piece. */
export interface Output {
  /** What was written so far. */
  readonly text: string
  /** Writes text of the template. */
  literal(node: TextNode, frame: Frame): void
  /** Writes the value of an action. */
  value(node: ActionNode, value: Value, frame: Frame): void
  /** What was written, as a value that templates can work with. */
  result(): Value
  /** An output of the same kind, for a template that gives its text to its caller. */
  inner(): Output
}

/** Length of what one template writes, in UTF-16 units. */
const MAX_LENGTH = 16 * 1024 * 1024

/** Keeps the text alone. */
export class PlainOutput implements Output {
  text = ''

  literal(node: TextNode): void {
    this.#write(node.text)
  }

  value(_node: ActionNode, value: Value): void {
    this.#write(typeof value === 'string' ? value : sprint(value))
  }

  result(): string {
    return this.text
  }

  inner(): PlainOutput {
    return new PlainOutput()
  }

  #write(piece: string): void {
    this.text += piece
    checkLength(this.text.length)
  }
}

/** @throws {LimitError} when a template wrote too much */
export function checkLength(length: number): void {
  if (length > MAX_LENGTH) throw new LimitError(`a template writes more than ${MAX_LENGTH} characters`)
}
