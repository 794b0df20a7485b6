/** Coverage, profiles and traces, from what hooks are told. */
import type { EvaluateOptions, ProfileLine } from '../engine-types.ts'
import type { Literal } from '../syntax/ast.ts'
import type { Value } from '../values/value.ts'
import type { Hooks } from './hooks.ts'
import type { Runtime } from './runtime.ts'

/** The hooks for what is asked for; undefined where nothing is. */
export function hooksFor(runtime: Runtime, options: EvaluateOptions): Hooks | undefined {
  const { coverage, profile, trace } = options
  if (coverage === undefined && profile === undefined && trace === undefined) return undefined
  let current: ProfileLine | undefined
  let mark = 0
  const lines: (ProfileLine | undefined)[] = []
  const charge = (line: ProfileLine | undefined): void => {
    if (current !== undefined) current.steps += runtime.steps - mark
    mark = runtime.steps
    current = line
  }
  return {
    enter(literal, locals) {
      lines.push(current)
      if (profile !== undefined) charge(lineOf(profile, literal))
      trace?.({ kind: 'enter', location: literal.location, depth: runtime.depth, locals })
    },
    exit(literal) {
      charge(lines.pop())
      trace?.({ kind: 'exit', location: literal.location, depth: runtime.depth, locals: nothing })
    },
    again(literal, locals) {
      lines.push(current)
      if (profile !== undefined) charge(profile.get(lineId(literal)))
      trace?.({ kind: 'redo', location: literal.location, depth: runtime.depth, locals })
    },
    leave(literal, didHold, locals) {
      charge(lines.pop())
      if (!didHold) trace?.({ kind: 'fail', location: literal.location, depth: runtime.depth, locals })
    },
    value({ location }) {
      this.reach(location)
    },
    reach({ file, row }) {
      if (coverage === undefined) return
      const rows = coverage.rows.get(file)
      if (rows === undefined) coverage.rows.set(file, new Set([row]))
      else rows.add(row)
    },
  }
}

function lineId({ location }: Literal): string {
  return `${location.file}:${location.row}`
}

function lineOf(profile: Map<string, ProfileLine>, literal: Literal): ProfileLine {
  const id = lineId(literal)
  let line = profile.get(id)
  if (line === undefined) profile.set(id, (line = { location: literal.location, evaluations: 0, steps: 0 }))
  line.evaluations++
  return line
}

const nothing = (): ReadonlyMap<string, Value> => new Map()
