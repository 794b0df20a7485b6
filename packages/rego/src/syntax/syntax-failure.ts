/** What stops the parser at a place. */
import type { RegoProblem } from '../problem.ts'
import type { Location } from './ast.ts'

/** Thrown within the parser, which goes on at the next rule or tries another reading. */
export class SyntaxFailure extends Error {
  readonly location: Location
  readonly hint: string | undefined
  /** A limit was reached: no other reading may be tried. */
  readonly isFinal: boolean

  constructor(message: string, location: Location, hint?: string, isFinal = false) {
    super(message)
    this.location = location
    this.hint = hint
    this.isFinal = isFinal
  }

  problem(): RegoProblem {
    return parseProblem(this.message, this.location, this.hint)
  }
}

/** A problem of syntax. */
export function parseProblem(message: string, location: Location, hint?: string): RegoProblem {
  return { code: 'rego_parse_error', message, location, ...(hint !== undefined && { hint }) }
}
