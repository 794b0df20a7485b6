/** Groups of rules: complete rules, functions, sets, objects with variables in their refs. */
import { EvaluationError } from '../problem.ts'
import type { PlacedRule, RuleGroup } from '../compile/program.ts'
import type { Rule, Term } from '../syntax/ast.ts'
import { equal, weightOf, type Value } from '../values/value.ts'
import { shortText } from '../values/value-text.ts'
import { Branch } from './branch.ts'
import type { Frame, Step } from './frame.ts'
import { constantOf } from './ground.ts'
import { readSlot, type Group, type Planner } from './planner.ts'
import { chooseRules } from './rule-index.ts'
import { Layout, Scope } from './scope.ts'
import { eachOf } from './terms.ts'

/** The slot that takes the value of a rule while it runs, or holds what it adds to. */
const RESULT = 0
/** Slots of arguments follow. */
const FIRST_ARGUMENT = 1

/** Memos of one function take no more entries than this, so that calls in a loop do not fill the memory. */
const MOST_MEMOS = 100_000

/** One rule: its value for some arguments, added to what is collected, or undefined. */
type Run = (args: readonly unknown[], collected: unknown) => Value | undefined

/** Compiles a group; its rules are compiled when it is first asked. */
export function compileGroup(planner: Planner, { path, rules }: RuleGroup, id: number): Group {
  const { runtime } = planner
  const first = rules[0]?.rule
  const arity = first?.parameters?.length ?? 0
  // Without parameters it is a rule like others.
  const isFunction = first?.kind === 'function' && arity > 0
  const name = `data.${path.join('.')}`
  let evaluate: ((args: readonly unknown[]) => Value | undefined) | undefined
  const run = (args: readonly unknown[]): Value | undefined => {
    evaluate ??= isCollected(rules) ? collecting(planner, rules) : complete(planner, rules, name)
    runtime.step()
    runtime.descend()
    try {
      return evaluate(args)
    } finally {
      runtime.depth--
    }
  }
  const value = (): Value | undefined => {
    const { values } = runtime.cache
    const known = values[id]
    if (known !== undefined) return known[0]
    const found = run([])
    values[id] = found === undefined ? [] : [found]
    return found
  }
  const call = (args: readonly unknown[]): Value | undefined => (isFunction ? remembered(args, id) : value())

  /** The result of an earlier call with the very same arguments, or of this one. */
  const remembered = (args: readonly unknown[], group: number): Value | undefined => {
    const { memos } = runtime.cache
    let level = (memos[group] ??= new Map<unknown, unknown>())
    for (let place = 0; place < arity - 1; place++) {
      let below = level.get(args[place]) as Map<unknown, unknown> | undefined
      if (below === undefined) level.set(args[place], (below = new Map()))
      level = below
    }
    const last = args[arity - 1]
    const known = level.get(last)
    if (known !== undefined || level.has(last)) return known as Value | undefined
    const found = run(args)
    if (level.size < MOST_MEMOS) level.set(last, found)
    return found
  }
  return { id, path, isFunction, arity, value, call }
}

/** True for rules that make a set or an object together, and not one value each. */
function isCollected(rules: readonly PlacedRule[]): boolean {
  return rules.some(({ rule, rest }) => rule.kind === 'set' || rest.length > 0)
}

/** Complete rules and functions: those that hold must agree. */
function complete(
  planner: Planner,
  rules: readonly PlacedRule[],
  name: string,
): (args: readonly unknown[]) => Value | undefined {
  const placed = rules.map(({ rule }) => rule)
  const fallback = placed.find((rule) => rule.isDefault)
  const others = placed.filter((rule) => !rule.isDefault)
  const constants = others.map(constantValue)
  const [constant] = constants
  const isUniform = constant !== undefined && constants.every((each) => each !== undefined && equal(each, constant))
  const runs = others.map((rule) => completeRule(planner, rule, name))
  const defaultRun = fallback === undefined ? undefined : completeRule(planner, fallback, name)
  const choose = chooseRules(planner, others)
  return (args) => {
    let result: Value | undefined
    for (const place of choose(args)) {
      const value = (runs[place] as Run)(args, undefined)
      if (value === undefined) continue
      if (isUniform) return value
      if (result === undefined) result = value
      else if (!equal(result, value)) throw conflict(name, others[place] as Rule, result, value)
    }
    return result === undefined ? defaultRun?.(args, undefined) : result
  }
}

/** The value that a rule always gives when it holds; undefined where it differs, or where an `else` gives another. */
function constantValue(rule: Rule): Value | undefined {
  const own = rule.value === undefined ? true : constantOf(rule.value)
  if (own === undefined || rule.otherwise === undefined) return own
  const other = constantValue(rule.otherwise)
  return other !== undefined && equal(own, other) ? own : undefined
}

function conflict(name: string, { kind, location }: Rule, one: Value, other: Value): EvaluationError {
  const what = kind === 'function' ? 'the function' : 'the complete rule'
  const values = [one, other].map((value) => shortText(value, 60)).join(' and ')
  return new EvaluationError('eval_conflict_error', `${what} ${name} has several values: ${values}`, location)
}

/** A rule with its `else`s, the first of which holds. */
function completeRule(planner: Planner, rule: Rule, name: string): Run {
  const own = oneBody(planner, rule, name)
  if (rule.otherwise === undefined) return own
  const other = completeRule(planner, rule.otherwise, name)
  return (args, collected) => {
    const value = own(args, collected)
    return value === undefined ? other(args, collected) : value
  }
}

function oneBody(planner: Planner, rule: Rule, name: string): Run {
  const { runtime } = planner
  const [layout, scope, wrap] = begin(planner, rule)
  const isConstant = rule.value === undefined || constantOf(rule.value) !== undefined
  const value: Term = rule.value ?? { type: 'scalar', value: true, location: rule.location }
  const step = wrap(
    (last) => planner.body(rule.body, scope, last),
    () =>
      planner.each(value, scope, (read) => (frame) => {
        const found = read(frame)
        if (found === undefined) return false
        runtime.hooks?.value(rule)
        const before = frame[RESULT] as Value | undefined
        if (before === undefined) frame[RESULT] = found
        else if (!equal(before, found)) throw conflict(name, rule, before, found)
        return isConstant
      }),
  )
  return (args) => {
    const frame = frameOf(layout, args)
    step(frame)
    return frame[RESULT] as Value | undefined
  }
}

/** Sets, and objects with variables in their refs: every way in which a body holds adds something. */
function collecting(planner: Planner, rules: readonly PlacedRule[]): () => Value | undefined {
  const runs = rules.map(({ rule, rest }) => adding(planner, rule, rest))
  const choose = chooseRules(
    planner,
    rules.map(({ rule }) => rule),
  )
  return () => {
    const branch = new Branch()
    // A set without members is a set; an object that only parts of are known of is one too.
    if (rules.some(({ rule, rest }) => rule.kind === 'set' && rest.length === 0)) branch.setAt([])
    for (const place of choose([])) (runs[place] as Run)([], branch)
    return branch.value()
  }
}

function adding(planner: Planner, rule: Rule, rest: readonly Term[]): Run {
  const { runtime } = planner
  const [layout, scope, wrap] = begin(planner, rule)
  const isSet = rule.kind === 'set'
  const written = isSet ? rule.key : rule.value
  const value: Term = written ?? { type: 'scalar', value: true, location: rule.location }
  const step = wrap(
    (last) => planner.body(rule.body, scope, last),
    () =>
      eachOf(planner, [...rest, value], scope, (reads) => {
        const last = reads.length - 1
        return (frame) => {
          const path: Value[] = []
          for (const read of reads) {
            const found = read(frame)
            if (found === undefined) return false
            path.push(found)
          }
          const found = path[last] as Value
          path.length = last
          runtime.keep(weightOf(found))
          runtime.hooks?.value(rule)
          const branch = frame[RESULT] as Branch
          if (isSet) branch.setAt(path, rule.location).add(found)
          else branch.put(path, found, rule.location)
          return false
        }
      }),
  )
  return (args, collected) => {
    const frame = frameOf(layout, args)
    frame[RESULT] = collected
    step(frame)
    return undefined
  }
}

/** A new frame's layout and scope, and what binds the parameters around the body. */
function begin(
  planner: Planner,
  { parameters = [] }: Rule,
): [Layout, Scope, (body: (last: () => Step) => Step, last: () => Step) => Step] {
  const layout = new Layout()
  layout.size = FIRST_ARGUMENT + parameters.length
  const scope = new Scope(layout)
  const places = [...parameters.keys()]
  const isPattern = (place: number): boolean => PATTERNS.has((parameters[place] as Term).type)
  const matchAll = (left: readonly number[], next: () => Step): Step => {
    const [place, ...others] = left
    if (place === undefined) return next()
    const read = readSlot(FIRST_ARGUMENT + place)
    return planner.match(parameters[place] as Term, read, scope, () => matchAll(others, next))
  }
  // What is no pattern may use variables of the body: it is compared when they are bound.
  const later = places.filter((place) => !isPattern(place))
  return [layout, scope, (body, last) => matchAll(places.filter(isPattern), () => body(() => matchAll(later, last)))]
}

const PATTERNS: ReadonlySet<Term['type']> = new Set<Term['type']>(['variable', 'scalar', 'array', 'object', 'set'])

function frameOf({ size }: Layout, args: readonly unknown[]): Frame {
  const frame: Frame = []
  frame.length = size
  for (let place = 0; place < args.length; place++) frame[FIRST_ARGUMENT + place] = args[place]
  return frame
}
