/** Which functions some `with` of a policy replaces. */
import type { Program } from '../compile/program.ts'
import type { Body, With } from '../syntax/ast.ts'
import { builtinName, namesOf } from './ground.ts'
import { visitBody, visitRule } from './visit.ts'
import { callName } from './with.ts'

/** Names of all targets of `with` that are functions, or could be: as calls look for them. */
export function mockTargets({ modules, groups }: Program): ReadonlySet<string> {
  const names = new Set<string>()
  // Most files have none, and need no walk.
  const walked = new Set(modules.filter(({ text }) => /\bwith\b/.test(text)))
  if (walked.size === 0) return names
  const visitor = { with: (each: With) => names.add(nameOf(each)) }
  for (const { rules } of groups.values()) {
    for (const { rule, module } of rules) if (walked.has(module)) visitRule(rule, visitor)
  }
  return names
}

/** The same of the body of a query. */
export function mockTargetsOf(body: Body): ReadonlySet<string> {
  const names = new Set<string>()
  visitBody(body, { with: (each) => names.add(nameOf(each)) })
  return names
}

function nameOf({ target }: With): string {
  const root = target.type === 'ref' ? target.head : target
  if (root.type === 'variable' && root.name === 'data' && target.type === 'ref') {
    return callName(namesOf(target.operands))
  }
  return builtinName(target) ?? ''
}
