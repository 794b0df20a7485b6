/** The door of the library: texts in, policy out; documents in, solutions out. */
import type { Builtin } from './builtins/builtin.ts'
import { BUILTINS } from './builtins/index.ts'
import { compileModules } from './compile/compile-modules.ts'
import { localityOf, type Locality } from './compile/locality.ts'
import { compileQuery } from './compile/compile-query.ts'
import type { CheckedQuery, Program } from './compile/program.ts'
import type { CompileOptions, CompileResult, Policy, PreparedQuery, SourceFile } from './engine-types.ts'
import { mockTargets, mockTargetsOf } from './evaluate/with-targets.ts'
import { Plan } from './evaluate/plan.ts'
import { prepareQuery } from './evaluate/query.ts'
import type { RegoProblem } from './problem.ts'
import type { Module } from './syntax/ast.ts'
import { parseModule, parseQuery } from './syntax/parse.ts'

/** Compiles files of Rego together. */
export function compilePolicy(options: CompileOptions): CompileResult {
  const { files, strict = false } = options
  const builtins = withOwn(options.builtins)
  const modules: Module[] = []
  const problems: RegoProblem[] = []
  for (const file of files) {
    const parsed = parsedOnce(file)
    if ('problems' in parsed) problems.push(...parsed.problems)
    else modules.push(parsed.module)
  }
  if (problems.length > 0) return { problems }
  const checked = compileModules(modules, { builtins, strict })
  if ('problems' in checked) return checked
  return { policy: new CompiledPolicy(checked.program, builtins) }
}

/** What files were read as: libraries are compiled with many policies, and no stage changes a tree. */
const parsedFiles = new WeakMap<SourceFile, ReturnType<typeof parseModule>>()

function parsedOnce(file: SourceFile): ReturnType<typeof parseModule> {
  let parsed = parsedFiles.get(file)
  if (parsed === undefined) parsedFiles.set(file, (parsed = parseFile(file)))
  return parsed
}

/** Reads a file in its language, or first as v1 and then as v0. */
function parseFile({ file, text, version }: SourceFile): ReturnType<typeof parseModule> {
  if (version !== undefined) return parseModule(file, text, version)
  const modern = parseModule(file, text, 'v1')
  if ('module' in modern) return modern
  const old = parseModule(file, text, 'v0')
  return 'module' in old ? old : modern
}

function withOwn(own: readonly Builtin[] | undefined): ReadonlyMap<string, Builtin> {
  if (own === undefined || own.length === 0) return BUILTINS
  return new Map([...BUILTINS, ...own.map((builtin) => [builtin.name, builtin] as const)])
}

class CompiledPolicy implements Policy {
  readonly #program: Program
  readonly #builtins: ReadonlyMap<string, Builtin>
  readonly #targets: ReadonlySet<string>
  /** Plans by what they can do beside evaluating: be watched, replace functions that only a query replaces. */
  readonly #plans = new Map<string, Plan>()

  constructor(program: Program, builtins: ReadonlyMap<string, Builtin>) {
    this.#program = program
    this.#builtins = builtins
    this.#targets = mockTargets(program)
  }

  get v0Files(): readonly string[] {
    return this.#program.modules.filter(({ version }) => version === 'v0').map(({ file }) => file)
  }

  get modules(): readonly Module[] {
    return this.#program.modules
  }

  get packages(): Policy['packages'] {
    return this.#program.modules.map((module) => module.package.path)
  }

  get rules(): Policy['rules'] {
    return [...this.#program.groups.values()].flatMap(({ path, rules }) => {
      const [first] = rules
      if (first === undefined) return []
      const { location, kind } = first.rule
      const variables = rules.map(({ rest }) => rest.flatMap((term) => (term.type === 'variable' ? [term.name] : [])))
      return [{ path, location, isFunction: kind === 'function', variables }]
    })
  }

  locality(path: readonly string[]): Locality {
    return localityOf(this.#program, path)
  }

  prepare(text: string): { readonly query: PreparedQuery } | { readonly problems: readonly RegoProblem[] } {
    const parsed = parseQuery(text, 'v1')
    if ('problems' in parsed) return parsed
    const checked = compileQuery(this.#program, parsed.body, { builtins: this.#builtins })
    if ('problems' in checked) return checked
    const plans = new Map<boolean, Plan>()
    const planFor = (isWatched: boolean): Plan => {
      let plan = plans.get(isWatched)
      if (plan === undefined) plans.set(isWatched, (plan = this.#plan(checked.query, isWatched)))
      return plan
    }
    return { query: prepareQuery(checked.query, planFor) }
  }

  #plan({ body }: CheckedQuery, isWatched: boolean): Plan {
    const added = [...mockTargetsOf(body)].filter((name) => !this.#targets.has(name)).toSorted()
    const id = JSON.stringify([isWatched, ...added])
    let plan = this.#plans.get(id)
    if (plan === undefined) {
      const mockable = new Set([...this.#targets, ...added])
      this.#plans.set(id, (plan = new Plan(this.#program, this.#builtins, mockable, isWatched)))
    }
    return plan
  }
}
