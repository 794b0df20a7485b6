/** What can be wrong with a template, in Go's words. */
import { byteLength, quote } from '@kubescape/go'
import type { TemplateSource } from './template-set.ts'

/** A template that cannot be read. */
export class SyntaxProblem extends Error {
  /** Name of the file. */
  readonly template: string
  /** From 1. */
  readonly line: number
  readonly reason: string

  constructor(template: string, line: number, reason: string) {
    super(`template: ${template}:${line}: ${reason}`)
    this.template = template
    this.line = line
    this.reason = reason
  }
}

/** A place in the text of a template. */
export interface TemplatePosition {
  /** Name of the file. */
  readonly template: string
  /** In UTF-16 units. */
  readonly offset: number
  /** From 1. */
  readonly line: number
  /** In bytes, from 0, as Go counts. */
  readonly column: number
}

/** UTF-16 units of a node that a message shows; messages of templates that call each other hold one each. */
const MAX_NODE_LENGTH = 2000

/** A template that failed. `cause` is the failure of the template that it called, where that is why. */
export class ExecutionError extends Error {
  readonly position: TemplatePosition
  /** Name of the template that ran. */
  readonly executing: string
  /** The node in Go's normal form. */
  readonly node: string
  readonly reason: string

  constructor(position: TemplatePosition, executing: string, node: string, reason: string, cause?: Error) {
    const shown = node.length > MAX_NODE_LENGTH ? `${node.slice(0, MAX_NODE_LENGTH)}...` : node
    const place = `${position.template}:${position.line}:${position.column}`
    super(`template: ${place}: executing ${quote(executing)} at <${shown}>: ${reason}`, { cause })
    this.position = position
    this.executing = executing
    this.node = node
    this.reason = reason
  }
}

/** The position of an offset. */
export function positionAt(source: TemplateSource, offset: number): TemplatePosition {
  let line = 1
  let start = 0
  for (;;) {
    const end = source.text.indexOf('\n', start)
    if (end === -1 || end >= offset) break
    line++
    start = end + 1
  }
  return { template: source.name, offset, line, column: byteLength(source.text.slice(start, offset)) }
}
