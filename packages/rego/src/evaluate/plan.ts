/** The compiler of a program: joins the parts, and knows all rules. */
import type { Builtin } from '../builtins/builtin.ts'
import type { Program, RuleGroup } from '../compile/program.ts'
import type { Body, Call, Ref, Term } from '../syntax/ast.ts'
import { compileCall } from './calls.ts'
import { DataNode, eachData, readData } from './documents.ts'
import type { Read, Step } from './frame.ts'
import { builtinName, namesOf } from './ground.ts'
import type { Group, Planner } from './planner.ts'
import { compileGroup } from './rules.ts'
import { Runtime } from './runtime.ts'
import type { Scope } from './scope.ts'
import { compileBody } from './statements.ts'
import { eachTerm, readTerm } from './terms.ts'
import { match } from './unify.ts'

/** A program that is ready to be asked; it keeps what it compiles. */
export class Plan implements Planner {
  readonly runtime = new Runtime()
  readonly builtins: ReadonlyMap<string, Builtin>
  readonly mockable: ReadonlySet<string>
  readonly isWatched: boolean
  readonly #root = new DataNode()

  constructor(
    program: Program,
    builtins: ReadonlyMap<string, Builtin>,
    mockable: ReadonlySet<string>,
    isWatched: boolean,
  ) {
    this.builtins = builtins
    this.mockable = mockable
    this.isWatched = isWatched
    let id = 0
    for (const group of folded(program)) {
      this.#root.grow(group.path).group = compileGroup(this, group, id++)
    }
    // Packages without rules are objects all the same.
    for (const module of program.modules) this.#root.grow(module.package.path)
  }

  group(path: readonly string[]): Group | undefined {
    let node: DataNode | undefined = this.#root
    for (const name of path) node = node?.children.get(name)
    return node?.group
  }

  read(term: Term, scope: Scope): Read {
    return readTerm(this, term, scope)
  }

  each(term: Term, scope: Scope, next: (read: Read) => Step): Step {
    return eachTerm(this, term, scope, next)
  }

  match(pattern: Term, value: Read, scope: Scope, next: () => Step): Step {
    return match(this, pattern, value, scope, next)
  }

  body(body: Body, scope: Scope, last: () => Step, values?: readonly number[]): Step {
    const { isWatched } = this
    return compileBody(this, body, scope, last, values === undefined ? { isWatched } : { isWatched, values })
  }

  call(call: Call, args: readonly Read[]): Read {
    return compileCall(this, call, args)
  }

  arity(operator: Call['operator']): number {
    const name = builtinName(operator)
    // No builtin like others: its one argument is no result.
    if (name === 'internal.print') return 1
    if (name !== undefined) return this.builtins.get(name)?.type.args.length ?? 0
    if (operator.type === 'variable') return 0
    return this.group(namesOf(operator.operands))?.arity ?? 0
  }

  readData(ref: Ref, scope: Scope): Read {
    return readData(this, this.#root, ref, scope)
  }

  eachData(ref: Ref, scope: Scope, next: (read: Read) => Step): Step {
    return eachData(this, this.#root, ref, scope, next)
  }
}

/** Groups, where one whose refs have variables takes in those below it: `p.q` is an entry of `p[x]`. */
function folded({ groups }: Program): RuleGroup[] {
  const open = [...groups.values()].filter(({ rules }) => rules.some(({ rest }) => rest.length > 0))
  const result: RuleGroup[] = []
  const taken = new Map<RuleGroup, RuleGroup>(open.map((group) => [group, group]))
  for (const group of groups.values()) {
    const above = open.find(
      ({ path }) => path.length < group.path.length && path.every((name, place) => name === group.path[place]),
    )
    if (above === undefined) continue
    const names = group.path.slice(above.path.length)
    const moved = group.rules.map((placed) => ({
      ...placed,
      rest: [
        ...names.map((value) => ({ type: 'scalar', value, location: placed.rule.location }) as const),
        ...placed.rest,
      ],
    }))
    const present = taken.get(above) ?? above
    taken.set(above, { path: above.path, rules: [...present.rules, ...moved] })
    taken.delete(group)
    result.push(group)
  }
  const gone = new Set(result)
  return [...groups.values()].filter((group) => !gone.has(group)).map((group) => taken.get(group) ?? group)
}
