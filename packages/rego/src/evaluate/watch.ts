/** Literals that tell what happens to them. */
import { isMade, writtenName } from '../compile/names.ts'
import type { Literal } from '../syntax/ast.ts'
import type { Value } from '../values/value.ts'
import type { Frame, Step } from './frame.ts'
import type { Runtime } from './runtime.ts'
import type { Scope } from './scope.ts'

/** Compiles a literal that calls the hooks of the evaluation around itself. */
export function watchLiteral(
  runtime: Runtime,
  literal: Literal,
  scope: Scope,
  compile: (next: () => Step) => Step,
  next: () => Step,
): Step {
  const held = scope.layout.temporary()
  const before = scope.bound()
  const step = compile(() => {
    const following = next()
    return (frame) => {
      frame[held] = true
      runtime.hooks?.exit(literal)
      const isEnough = following(frame)
      runtime.hooks?.again(literal, () => locals(frame, before, scope))
      return isEnough
    }
  })
  return (frame) => {
    const { hooks } = runtime
    frame[held] = false
    hooks?.reach(literal.location)
    hooks?.enter(literal, () => locals(frame, before, scope))
    const isEnough = step(frame)
    hooks?.leave(literal, frame[held] === true, () => locals(frame, before, scope))
    return isEnough
  }
}

function locals(frame: Frame, names: readonly string[], scope: Scope): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>()
  for (const name of names) {
    const value = frame[scope.layout.slot(name)]
    if (value !== undefined && !name.startsWith('$') && !isMade(name)) values.set(writtenName(name), value as Value)
  }
  return values
}
