/** Local variables: the scopes of a rule or query, and what is declared in them. */
import type { Body, Literal, Location, Term, Variable } from '../syntax/ast.ts'
import { declaredNames, isWildcard, usedNames } from './declarations.ts'
import { reportShadowing, type Globals } from './globals.ts'
import { isDocument, type Names } from './names.ts'
import type { Problems } from './stages.ts'

/** How a variable came to be. Implicit ones are just used, and bound by unification. */
export type Origin = 'parameter' | 'some' | 'every' | 'assigned' | 'implicit'

/** A variable of a scope. */
export interface Local {
  /** Its name in the checked program. */
  readonly unique: string
  readonly origin: Origin
  readonly location: Location
  /** Declared by `some`, but used in closures only: each of them has a variable of its own, since nothing outside binds it. */
  readonly isApart: boolean
  isUsed: boolean
}

/** A scope; closures see the scopes around them. */
interface Scope {
  readonly parent: Scope | undefined
  readonly locals: Map<string, Local>
  /** Names that are declared somewhere in the body: before that they mean nothing else. */
  readonly declared: ReadonlySet<string>
  /** Names that the body uses outside its closures. */
  readonly used: ReadonlySet<string>
}

export interface LocalsOptions {
  readonly globals: Globals
  readonly problems: Problems
  /** Variables must not be named `data` and `input`. */
  readonly forbidsShadowing: boolean
}

const NONE: ReadonlySet<string> = new Set()
const DECLARED: Readonly<Record<Origin, string>> = {
  parameter: 'redeclared: it is a parameter',
  some: 'declared above',
  every: 'declared above',
  assigned: 'assigned above',
  implicit: 'referenced above',
}

/** The scopes that are open. */
export class Locals {
  readonly #names: Names
  readonly #options: LocalsOptions
  #scope: Scope | undefined
  /** The scope whose variables keep their names: that of a query. */
  #plain: Scope | undefined

  constructor(names: Names, options: LocalsOptions) {
    this.#names = names
    this.#options = options
  }

  /** Opens the scope of parameters with these names. */
  openParameters(variables: readonly Variable[]): void {
    const names = new Set(variables.map(({ name }) => name))
    this.#scope = { parent: this.#scope, locals: new Map(), declared: names, used: NONE }
    const { problems } = this.#options
    for (const variable of variables) {
      if (isDocument(variable.name)) reportShadowing('a parameter', variable.name, variable.location, problems)
      if (!this.#scope.locals.has(variable.name)) this.#add(variable, 'parameter')
    }
  }

  /** Opens the scope of a body, of the terms beside it, and of the variables that `every` declares for it. */
  open(body: Body, terms: readonly Term[], variables: readonly Variable[] = []): void {
    const names = declaredNames(body)
    const declared = variables.length === 0 ? names : new Set([...names, ...variables.map(({ name }) => name)])
    const scope: Scope = { parent: this.#scope, locals: new Map(), declared, used: usedNames(body, terms) }
    this.#scope = scope
    for (const variable of variables) this.declare(variable, 'every')
    this.#declareImplicit(scope, (body[0] as Literal).location)
  }

  /** Opens the scope of a query. */
  openQuery(body: Body): void {
    const scope: Scope = {
      parent: undefined,
      locals: new Map(),
      declared: declaredNames(body),
      used: usedNames(body, []),
    }
    this.#names.reserve([...scope.declared, ...scope.used])
    this.#plain = scope
    this.#scope = scope
    this.#declareImplicit(scope, (body[0] as Literal).location)
  }

  /** Closes the innermost scope; variables of these origins that nothing used are problems. */
  close(...origins: readonly Origin[]): void {
    const scope = this.#scope as Scope
    this.#scope = scope.parent
    for (const [name, { origin, isUsed, location }] of scope.locals) {
      if (isUsed || !origins.includes(origin)) continue
      const what =
        origin === 'parameter' ? 'parameter' : origin === 'assigned' ? 'assigned variable' : 'declared variable'
      const hint = origin === 'parameter' ? { hint: 'Write `_` in its place.' } : {}
      this.#options.problems.add('locals', `${what} ${name} is not used`, location, hint)
    }
  }

  /** Forgets that parameters were used by being declared. */
  forgetUse(): void {
    for (const local of this.#scope?.locals.values() ?? []) local.isUsed = false
  }

  /** The variable of a name, here or outside; it counts as used. */
  find(name: string): Local | undefined {
    for (let scope = this.#scope; scope !== undefined; scope = scope.parent) {
      const local = scope.locals.get(name)
      if (local === undefined) continue
      local.isUsed = true
      if (!local.isApart) return local
    }
    return undefined
  }

  /** The name in the checked program of a variable of the innermost scope. */
  nameOf(name: string): string {
    return this.#scope?.locals.get(name)?.unique ?? name
  }

  /** True when a name is that of a variable declared here or outside, before this place or after it. */
  declares(name: string): boolean {
    for (let scope = this.#scope; scope !== undefined; scope = scope.parent) if (scope.declared.has(name)) return true
    return false
  }

  /** A variable that is just used, in the innermost scope. */
  addImplicit(variable: Variable): Local {
    return this.#add(variable, 'implicit')
  }

  /** Declares a variable in the innermost scope; undefined for wildcards, and where the name is taken. */
  declare(variable: Variable, origin: Origin): Local | undefined {
    const { name, location } = variable
    if (isWildcard(name)) return undefined
    const scope = this.#scope as Scope
    if (origin === 'assigned') this.#refuseDocument(variable)
    const outside = scope.parent?.locals.get(name)
    const before = scope.locals.get(name) ?? (outside?.origin === 'parameter' ? outside : undefined)
    if (before !== undefined) {
      // One problem with a variable is enough.
      before.isUsed = true
      this.#options.problems.add('locals', `the variable ${name} is ${DECLARED[before.origin]}`, location)
      return undefined
    }
    return this.#add(variable, origin)
  }

  #declareImplicit(scope: Scope, location: Location): void {
    const { paths } = this.#options.globals
    for (const name of scope.used) {
      if (scope.declared.has(name) || this.#isVisible(name)) continue
      // It may have been declared by a `some` outside, which has its use so.
      this.find(name)
      if (isDocument(name) || (!this.declares(name) && paths.has(name))) continue
      this.#add({ type: 'variable', name, location }, 'implicit')
    }
  }

  #isVisible(name: string): boolean {
    for (let scope = this.#scope; scope !== undefined; scope = scope.parent) {
      if (scope.locals.get(name)?.isApart === false) return true
    }
    return false
  }

  #add({ name, location }: Variable, origin: Origin): Local {
    const scope = this.#scope as Scope
    const isApart = origin === 'some' && !scope.used.has(name)
    const unique = scope === this.#plain ? name : this.#names.unique(name)
    const local = { unique, origin, location, isApart, isUsed: false }
    scope.locals.set(name, local)
    return local
  }

  #refuseDocument({ name, location }: Variable): void {
    if (!this.#options.forbidsShadowing || !isDocument(name)) return
    reportShadowing('a variable', name, location, this.#options.problems)
  }
}
