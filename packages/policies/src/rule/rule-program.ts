/** A program in Rego with the document that it answers with: compiled when it is first needed, evaluated often. */
import { CheckFailure, ownValues, isInputName, type ControlInputs, type OwnInput } from '@kubescape/controls'
import {
  compilePolicy,
  define,
  EvaluationError,
  ANY,
  STRING,
  setOf,
  type Builtin,
  type EvaluateOptions,
  type Locality,
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
  /** What is asked, such as `data.armo_builtins`. */
  readonly query: string
  /** The package whose rules answer, below `data`. */
  readonly package: readonly string[]
}

/** A program that could be compiled. */
interface Compiled {
  readonly policy: Policy
  readonly query: PreparedQuery
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

/** A program that can be asked. */
export class RuleProgram {
  readonly #source: ProgramSource
  readonly #options: PolicyOptions
  #compiled: Compiled | { readonly problems: readonly RegoProblem[] } | undefined

  constructor(source: ProgramSource, options: PolicyOptions) {
    this.#source = source
    this.#options = options
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
    const { package: within } = this.#source
    const answering = compiled.policy.rules.filter(
      ({ path, isFunction }) => !isFunction && within.every((name, at) => path[at] === name),
    )
    const localities = answering.map(({ path }) => compiled.policy.locality(path))
    const isLocal = localities.length > 0 && localities.every((each) => each.isLocal)
    const kinds = localities.flatMap((each) => each.kinds ?? [])
    return localities.every((each) => each.kinds !== undefined) ? { isLocal, kinds: [...new Set(kinds)] } : { isLocal }
  }

  /**
   * What the program answers to an input; undefined when it says nothing.
   * @throws {CheckFailure} when it cannot be compiled, or its evaluation ends with an error or at a limit
   */
  ask(input: Value, data: RuleData): Value | undefined {
    const compiled = this.#compile()
    if ('problems' in compiled) throw this.#invalid(compiled.problems)
    const { solutions, problem } = compiled.query.evaluate(this.#optionsFor(input, data))
    if (problem !== undefined) throw this.#failure(problem)
    return solutions[0]?.values[0]
  }

  /** A failure of the program's answer. */
  wrongAnswer(what: string): CheckFailure {
    const { name, file } = this.#source
    const hint = 'docs/policies.md describes what rules answer.'
    return new CheckFailure('policy/invalid-result', `${name} ${what}`, hint, { file })
  }

  #compile(): Compiled | { readonly problems: readonly RegoProblem[] } {
    return (this.#compiled ??= this.#compileNow())
  }

  #compileNow(): Compiled | { readonly problems: readonly RegoProblem[] } {
    const result = compilePolicy({ files: this.#source.files, builtins: BUILTINS })
    if ('problems' in result) return result
    const { policy } = result
    const prepared = policy.prepare(this.#source.query)
    return 'problems' in prepared ? prepared : { policy, query: prepared.query }
  }

  #invalid([problem]: readonly RegoProblem[]): CheckFailure {
    const { name, file } = this.#source
    const { message = 'it is empty', code = 'rego_parse_error', hint = 'Correct it.', location } = problem ?? {}
    const place = location === undefined ? { file } : { file, line: location.row, column: location.column }
    return new CheckFailure('policy/invalid-rego', `${name} cannot be compiled: ${code}: ${message}`, hint, place)
  }

  #optionsFor(input: Value, data: RuleData): EvaluateOptions {
    const { now, limits, print, isCancelled } = this.#options
    return {
      input,
      data,
      ...(now === undefined ? {} : { now }),
      ...(limits === undefined ? {} : { limits }),
      ...(isCancelled === undefined ? {} : { isCancelled }),
      ...(print === undefined ? {} : { print: (line, { file, row }) => print(line, file, row) }),
    }
  }

  #failure({ code, message, location }: RegoProblem): CheckFailure {
    const { name, file } = this.#source
    const place = location === undefined ? { file } : { file, line: location.row, column: location.column }
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
