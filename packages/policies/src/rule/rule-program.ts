/** A program in Rego with the document that it answers with: compiled when it is first needed, evaluated often. */
import {
  CheckFailure,
  ownValues,
  isInputName,
  type ControlInputs,
  type OwnInput,
  type PolicyPlace,
} from '@kubescape/controls'
import {
  compilePolicy,
  define,
  entriesOf,
  EvaluationError,
  isObject,
  ANY,
  STRING,
  setOf,
  type Builtin,
  type EvaluateOptions,
  type Locality,
  type Location,
  type Policy,
  type PreparedQuery,
  type RegoProblem,
  type SourceFile,
  type Value,
} from '@kubescape/rego'

import { IMAGE_BUILTINS } from '../image-builtins.ts'
import type { PolicyOptions } from '../policy-options.ts'

/** What a program is made of. */
export interface ProgramSource {
  /** As problems name it: `rule host-pid`, `policy rules/host-pid.rego`. */
  readonly name: string
  /** The file that problems point to. */
  readonly file: string
  /** Everything that is compiled together. */
  readonly files: readonly SourceFile[]
  /** The program is a text in the file, so that lines of the one are none of the other. */
  readonly isEmbedded?: true
  /** The package whose rules answer, below `data`. */
  readonly package: readonly string[]
  /** The only rule of it that answers; all of them where it is left out. */
  readonly rule?: string
}

/** A rule with its value. */
export type Answer = readonly [rule: string, value: Value]

/** A program that could be compiled. */
interface Compiled {
  readonly policy: Policy
  readonly query: PreparedQuery
  /** The rule that the query asks for; undefined where it asks for the package. */
  readonly rule: string | undefined
}

/** The documents that rules find below `data`. */
export type RuleData = Readonly<Record<string, Value>>

/** Builtins that would ask others: without an answer there is no verdict, so the evaluation ends. */
const REFUSED: readonly Builtin[] = [
  define('http.send', [ANY], ANY, () => refuse('http.send')),
  define('net.lookup_ip_addr', [STRING], setOf(STRING), () => refuse('net.lookup_ip_addr')),
]

const BUILTINS: readonly Builtin[] = [...IMAGE_BUILTINS, ...REFUSED]

function refuse(name: string): never {
  throw new EvaluationError('eval_builtin_error', `${name} asks the network, which policies may not do`)
}

/** What a program has cost a scan, and why it is asked no more. */
interface Spent {
  readonly data: RuleData
  steps: number
  /** Evaluations that were stopped. */
  stops: number
  failure: CheckFailure | undefined
  /** Steps of what was asked again. */
  stepsAgain: number
}

/** A program that was stopped so often is not tried on the next object. */
const MOST_STOPS = 3
/** Steps that all evaluations of a program may take in a scan. */
const MOST_STEPS = 2_000_000_000

/** A program that can be asked. */
export class RuleProgram {
  readonly #source: ProgramSource
  readonly #constant: EvaluateOptions
  #spent: Spent | undefined
  #compiled: Compiled | { readonly problems: readonly RegoProblem[] } | undefined

  constructor(source: ProgramSource, options: PolicyOptions) {
    this.#source = source
    this.#constant = constantOptions(options)
  }

  /** Why the program cannot be asked; undefined when it can. */
  get failure(): CheckFailure | undefined {
    const compiled = this.#compile()
    return 'problems' in compiled ? this.#invalid(compiled.problems) : undefined
  }

  /** What is known of how the rules that answer look at an input that is a list. */
  get locality(): Locality {
    const compiled = this.#compile()
    if ('problems' in compiled) return { isLocal: false }
    const localities = this.#answering(compiled.policy).map((path) => compiled.policy.locality(path))
    const isLocal = localities.length > 0 && localities.every((each) => each.isLocal)
    const kinds = localities.flatMap((each) => each.kinds ?? [])
    return localities.every((each) => each.kinds !== undefined) ? { isLocal, kinds: [...new Set(kinds)] } : { isLocal }
  }

  /**
   * What the rules of the program answer to an input.
   * @throws {CheckFailure} when it cannot be compiled, or its evaluation ends with an error or at a limit
   */
  ask(input: Value, data: RuleData): readonly Answer[] {
    const compiled = this.#compile()
    if ('problems' in compiled) throw this.#invalid(compiled.problems)
    const spent = this.#spentOn(data)
    if (spent.failure !== undefined) throw spent.failure
    const { solutions, problem, steps } = compiled.query.evaluate({ ...this.#constant, input, data })
    spent.steps += steps
    if (problem !== undefined) {
      const failure = this.#failure(problem)
      if (problem.code === 'eval_limit_error' && ++spent.stops === MOST_STOPS) spent.failure = failure
      throw failure
    }
    if (spent.steps > MOST_STEPS) {
      const message = `all its evaluations together took more than ${MOST_STEPS} steps`
      spent.failure = this.#failure({ code: 'eval_limit_error', message })
    }
    return answersOf(compiled, solutions[0]?.values[0])
  }

  /** The same for an input that no verdict depends on: nothing where there is no answer, and it costs no later one. */
  askAgain(input: Value, data: RuleData): readonly Answer[] {
    const compiled = this.#compile()
    const spent = this.#spentOn(data)
    if ('problems' in compiled || spent.stepsAgain > MOST_STEPS) return []
    const { print: _, ...constant } = this.#constant
    const { solutions, problem, steps } = compiled.query.evaluate({ ...constant, input, data })
    spent.stepsAgain += problem === undefined ? steps : MOST_STEPS / MOST_STOPS
    return problem === undefined ? answersOf(compiled, solutions[0]?.values[0]) : []
  }

  /** A failure of the program's answer. */
  wrongAnswer(what: string): CheckFailure {
    const { name, file } = this.#source
    const hint = 'docs/policies.md describes what rules answer.'
    return new CheckFailure('policy/invalid-result', `${name} ${what}`, hint, { file })
  }

  /** The documents are those of one scan. */
  #spentOn(data: RuleData): Spent {
    if (this.#spent?.data !== data) this.#spent = { data, steps: 0, stops: 0, failure: undefined, stepsAgain: 0 }
    return this.#spent
  }

  #compile(): Compiled | { readonly problems: readonly RegoProblem[] } {
    return (this.#compiled ??= this.#compileNow())
  }

  #compileNow(): Compiled | { readonly problems: readonly RegoProblem[] } {
    const result = compilePolicy({ files: this.#source.files, builtins: BUILTINS })
    if ('problems' in result) return result
    const { policy } = result
    const { package: within } = this.#source
    const [first, ...others] = this.#answering(policy)
    // To put a whole package together costs more than most rules do.
    const rule = first !== undefined && others.length === 0 ? first[within.length] : undefined
    const path = rule === undefined ? within : [...within, rule]
    const prepared = policy.prepare(`data${path.map((name) => `[${JSON.stringify(name)}]`).join('')}`)
    return 'problems' in prepared ? prepared : { policy, query: prepared.query, rule }
  }

  /** Paths of the rules that answer: those of the package, and of packages in it. */
  #answering({ rules }: Policy): readonly (readonly string[])[] {
    const { package: within, rule } = this.#source
    const above = rule === undefined ? within : [...within, rule]
    return rules
      .filter(({ path, isFunction }) => !isFunction && above.every((name, at) => path[at] === name))
      .map(({ path }) => path)
  }

  #invalid([problem]: readonly RegoProblem[]): CheckFailure {
    const { message = 'it is empty', code = 'rego_parse_error', hint = 'Correct it.', location } = problem ?? {}
    const { name, place } = this.#whereIs(location)
    return new CheckFailure('policy/invalid-rego', `${name} cannot be compiled: ${code}: ${message}`, hint, place)
  }

  /** The program, as a problem names it, and the place in its file. */
  #whereIs(location: Location | undefined): { readonly name: string; readonly place: PolicyPlace } {
    const { name, file, isEmbedded } = this.#source
    if (location === undefined) return { name, place: { file } }
    const { row, column } = location
    if (isEmbedded) return { name: `${name}, line ${row} of ${location.file},`, place: { file } }
    return { name, place: { file: location.file, line: row, column } }
  }

  #failure({ code, message, location }: RegoProblem): CheckFailure {
    const { name, place } = this.#whereIs(location)
    if (code === 'eval_limit_error') {
      const hint = 'Let it look at less at a time. What it was asked about is skipped.'
      return new CheckFailure('policy/limit', `${name} was stopped: ${message}`, hint, place)
    }
    if (code === 'eval_cancel_error') {
      return new CheckFailure('policy/cancelled', `${name} was cancelled`, 'Its objects are skipped.', place)
    }
    const hint = 'What it was asked about is skipped, since nobody knows whether it passes.'
    return new CheckFailure('policy/evaluation-failed', `${name} failed: ${code}: ${message}`, hint, place)
  }
}

/** The rules that answer, with their values. */
function answersOf({ rule }: Compiled, value: Value | undefined): readonly Answer[] {
  if (value === undefined) return []
  if (rule !== undefined) return [[rule, value]]
  return isObject(value) ? (Array.from(entriesOf(value)) as unknown as readonly Answer[]) : []
}

/** What is the same of all evaluations. */
function constantOptions({ now, limits, print, isCancelled }: PolicyOptions): EvaluateOptions {
  return {
    ...(now === undefined ? {} : { now }),
    ...(limits === undefined ? {} : { limits }),
    ...(isCancelled === undefined ? {} : { isCancelled }),
    ...(print === undefined ? {} : { print: (line, { file, row }) => print(line, file, row) }),
  }
}

/** Documents of inputs, kept for those who ask again and again with the same ones. */
export class InputDocuments {
  readonly #inputs: readonly OwnInput[]
  readonly #fixed: Readonly<Record<string, readonly string[]>>
  #last: { readonly of: ControlInputs; readonly data: RuleData } | undefined

  /** `fixed` are values that the policy sets itself, whatever the user says. */
  constructor(inputs: readonly OwnInput[], fixed: Readonly<Record<string, readonly string[]>> = {}) {
    this.#inputs = inputs
    this.#fixed = fixed
  }

  /** `data.postureControlInputs` with the declared inputs alone, and `data.dataControlInputs.cloudProvider`. */
  of(inputs: ControlInputs): RuleData {
    if (this.#last?.of !== inputs) this.#last = { of: inputs, data: this.#make(inputs) }
    return this.#last.data
  }

  #make(inputs: ControlInputs): RuleData {
    const values = this.#inputs.map((input): [string, readonly string[]] => {
      const { name } = input
      if (Object.hasOwn(this.#fixed, name)) return [name, this.#fixed[name] ?? []]
      return [name, isInputName(name) ? inputs[name] : ownValues(inputs, input)]
    })
    return {
      postureControlInputs: Object.fromEntries(values),
      dataControlInputs: { cloudProvider: inputs.cloudProvider ?? '' },
    }
  }
}
