/** Problems by the stage of compilation that finds them: the first stage that finds any is what is told, as later ones may be wrong because of it. */
import type { CompileCode, RegoProblem } from '../problem.ts'
import type { Location } from '../syntax/ast.ts'

/** The stages in their order. */
export type Stage =
  | 'names'
  | 'locals'
  | 'void'
  | 'prints'
  | 'withs'
  | 'conflicts'
  | 'functions'
  | 'safety'
  | 'recursion'
  | 'types'
  | 'deprecated'

const ORDER: readonly Stage[] = [
  'names',
  'locals',
  'void',
  'prints',
  'withs',
  'conflicts',
  'functions',
  'safety',
  'recursion',
  'types',
  'deprecated',
]

const CODES: Readonly<Record<Stage, CompileCode>> = {
  names: 'rego_compile_error',
  locals: 'rego_compile_error',
  void: 'rego_type_error',
  prints: 'rego_compile_error',
  withs: 'rego_type_error',
  conflicts: 'rego_type_error',
  functions: 'rego_type_error',
  safety: 'rego_unsafe_var_error',
  recursion: 'rego_recursion_error',
  types: 'rego_type_error',
  deprecated: 'rego_type_error',
}

/** Collects problems. */
export class Problems {
  readonly #found = new Map<Stage, RegoProblem[]>()
  readonly #known = new Set<string>()

  /** Adds a problem; the same words at the same place are one. The code is that of the stage unless another is given. */
  add(stage: Stage, message: string, location: Location, more: { code?: CompileCode; hint?: string } = {}): void {
    const known = `${location.file}\0${location.start}\0${message}`
    if (this.#known.has(known)) return
    this.#known.add(known)
    const { code = CODES[stage], hint } = more
    const problem = hint === undefined ? { code, message, location } : { code, message, location, hint }
    const list = this.#found.get(stage)
    if (list === undefined) this.#found.set(stage, [problem])
    else list.push(problem)
  }

  /** True when a stage, or one before it, has found anything. */
  hasAny(until: Stage): boolean {
    return this.#found.size > 0 && this.#first(until) !== undefined
  }

  /** The problems of the first stage that has any, by file and place; empty when all is well. */
  first(): readonly RegoProblem[] {
    return (this.#first('deprecated') ?? []).toSorted(byPlace)
  }

  #first(until: Stage): readonly RegoProblem[] | undefined {
    for (const stage of ORDER) {
      const found = this.#found.get(stage)
      if (found !== undefined) return found
      if (stage === until) return undefined
    }
    return undefined
  }
}

/** Orders problems by file, then by place. */
function byPlace(left: RegoProblem, right: RegoProblem): number {
  const [one, other] = [left.location, right.location]
  if (one === undefined || other === undefined) return 0
  if (one.file !== other.file) return one.file < other.file ? -1 : 1
  return one.start - other.start
}
