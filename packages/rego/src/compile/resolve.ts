/**
 * Names in terms and bodies: local variables get names of their own, names of imports and of rules of the package become refs to `data` and
 * `input`, operators of calls become names of builtins or refs to functions.
 */
import type { Builtin } from '../builtins/builtin.ts'
import type { Body, Call, Literal, Location, Ref, Term, Variable, With } from '../syntax/ast.ts'
import { changedEntries, changedItems } from './changed.ts'
import { eachParameter, eachPatternVariable, isWildcard } from './declarations.ts'
import type { Globals } from './globals.ts'
import { Locals, type Origin } from './locals.ts'
import { isDocument, Names, writtenTerm } from './names.ts'
import { findNode, type RuleNode } from './rule-tree.ts'
import type { Problems } from './stages.ts'
import { callNamed, groundNames, headTerms, type Closure } from './walk.ts'
import { checkWith } from './withs.ts'

/** What names are resolved with. */
export interface Surroundings {
  readonly globals: Globals
  readonly builtins: ReadonlyMap<string, Builtin>
  readonly tree: RuleNode
  readonly problems: Problems
  /** Unused variables are problems, and variables must not be named `data` and `input`. */
  readonly isStrict: boolean
  /** Variables must not be named `data` and `input`: strictly, and in v1. */
  readonly forbidsShadowing: boolean
  /** Deprecated builtins are problems. */
  readonly forbidsDeprecated: boolean
  /** What `rego.metadata.chain()` and `rego.metadata.rule()` stand for here. */
  readonly metadata?: (name: 'chain' | 'rule', location: Location) => Term
}

/** Resolves the names of one rule, or of a query. */
export class Resolver {
  readonly names: Names
  /** Refs that begin with `data`, and `data` itself, as they were found. */
  readonly uses: (Ref | Variable)[] = []
  readonly #around: Surroundings
  readonly #locals: Locals

  constructor(around: Surroundings) {
    this.#around = around
    this.names = new Names(around.builtins)
    this.#locals = new Locals(this.names, around)
  }

  /** Opens the scope of parameters. */
  openParameters(terms: readonly Term[]): readonly Term[] {
    const variables: Variable[] = []
    for (const term of terms) {
      eachParameter(term, (variable) => {
        if (!isWildcard(variable.name)) variables.push(variable)
      })
    }
    this.#locals.openParameters(variables)
    const resolved = terms.map((term) => this.term(term))
    this.#locals.forgetUse()
    return resolved
  }

  /** Closes it; strictly, parameters that nothing used are problems. */
  closeParameters(): void {
    this.#locals.close(...(this.#around.isStrict ? (['parameter'] as const) : []))
  }

  /** Resolves a body; `then` resolves the terms beside it, such as the value of a rule, in its scope. */
  body(body: Body, terms: readonly Term[], then: () => void): Body {
    this.#locals.open(body, terms)
    const resolved = this.#literals(body)
    then()
    this.#locals.close(...this.#mustBeUsed())
    return resolved
  }

  /** Resolves the body of a query; its variables keep their names. */
  query(body: Body): Body {
    this.#locals.openQuery(body)
    const resolved = this.#literals(body)
    this.#locals.close('some')
    return resolved
  }

  term(term: Term): Term {
    switch (term.type) {
      case 'scalar':
        return term
      case 'variable':
        return this.#variable(term)
      case 'ref':
        return this.#ref(term)
      case 'array':
      case 'set': {
        const items = this.#terms(term.items)
        return items === term.items ? term : { type: term.type, items, location: term.location }
      }
      case 'object': {
        const entries = changedEntries(term.entries, this.#inside)
        return entries === term.entries ? term : { type: 'object', entries, location: term.location }
      }
      case 'call':
        return this.#call(term, false)
      case 'template-string': {
        const part = (each: string | Term): string | Term => (typeof each === 'string' ? each : this.term(each))
        return { ...term, parts: term.parts.map(part) }
      }
      default:
        return this.#comprehension(term)
    }
  }

  readonly #inside = (term: Term): Term => this.term(term)

  #terms(terms: readonly Term[]): readonly Term[] {
    return terms.length === 0 ? terms : changedItems(terms, this.#inside)
  }

  #literals(body: Body): Literal[] {
    const made: Literal[] = []
    for (const literal of body) if (!this.#declaresOnly(literal)) made.push(this.#literal(literal))
    if (made.length > 0) return made
    // `some x` alone holds.
    const { location } = body[0] as Literal
    const term = { type: 'scalar', value: true, location } as const
    return [{ expression: { type: 'term', term, location }, negated: false, withs: [], isGenerated: true, location }]
  }

  #mustBeUsed(): readonly Origin[] {
    return this.#around.isStrict ? ['every', 'some', 'assigned'] : ['every', 'some']
  }

  /** `some x` declares and leaves nothing. */
  #declaresOnly({ expression }: Literal): boolean {
    if (expression.type !== 'some') return false
    for (const variable of expression.variables) this.#locals.declare(variable, 'some')
    return true
  }

  #literal(literal: Literal): Literal {
    const withs = literal.withs.length === 0 ? literal.withs : literal.withs.map((each) => this.#with(each))
    const { expression, location } = literal
    switch (expression.type) {
      case 'some':
        return { ...literal, withs }
      case 'some-in': {
        const domain = this.term(expression.domain)
        const patterns = expression.key === undefined ? [expression.value] : [expression.key, expression.value]
        for (const pattern of patterns) {
          eachPatternVariable(pattern, (variable) => {
            // `some data in xs` is about the document, unlike `some data`.
            if (isDocument(variable.name)) return
            const local = this.#locals.declare(variable, 'some')
            if (local !== undefined) local.isUsed = true
          })
        }
        const key = expression.key === undefined ? {} : { key: this.term(expression.key) }
        return { ...literal, withs, expression: { ...expression, ...key, value: this.term(expression.value), domain } }
      }
      case 'every':
        return { ...literal, withs, expression: this.#every(expression) }
      default: {
        const assign = callNamed(expression, 'assign')
        if (assign?.args.length === 2) {
          const [left, right] = assign.args as readonly [Term, Term] & readonly Term[]
          if (literal.negated) {
            this.#around.problems.add('locals', 'cannot assign variables in a negated expression', location)
          }
          const assignment = this.#assignment(assign, left, right)
          return { ...literal, withs, expression: { type: 'term', term: assignment, location: expression.location } }
        }
        const { term } = expression
        const resolved = term.type === 'call' ? this.#call(term, true) : this.term(term)
        if (resolved === term && withs.length === 0) return literal
        return { ...literal, withs, expression: { type: 'term', term: resolved, location: expression.location } }
      }
    }
  }

  /** `x := v`; with a pattern on its left it is a unification of new variables. */
  #assignment(call: Call, left: Term, right: Term): Term {
    const value = this.term(right)
    if (left.type !== 'variable' && left.type !== 'array' && left.type !== 'object') {
      const what = left.type === 'scalar' ? writtenTerm(left) : `a ${left.type}`
      this.#around.problems.add('locals', `cannot assign to ${what}`, call.location)
      return call
    }
    const target = this.#declared(left)
    if (target === left && value === right && left.type === 'variable') return call
    const operator = left.type === 'variable' ? call.operator : { ...(call.operator as Variable), name: 'eq' }
    return { ...call, operator, args: [target, value] }
  }

  /** A pattern whose variables are declared by it. */
  #declared(pattern: Term): Term {
    switch (pattern.type) {
      case 'variable': {
        const local = this.#locals.declare(pattern, 'assigned')
        return local === undefined || local.unique === pattern.name ? pattern : { ...pattern, name: local.unique }
      }
      case 'array':
        return { ...pattern, items: pattern.items.map((item) => this.#declared(item)) }
      case 'object':
        return {
          ...pattern,
          entries: pattern.entries.map(([key, value]) => [this.term(key), this.#declared(value)] as const),
        }
      default:
        this.#around.problems.add('locals', `cannot assign to ${writtenTerm(pattern)}`, pattern.location)
        return pattern
    }
  }

  #every(expression: Extract<Literal['expression'], { type: 'every' }>): typeof expression {
    const domain = this.term(expression.domain)
    const variables = expression.key === undefined ? [expression.value] : [expression.key, expression.value]
    this.#locals.open(expression.body, [], variables)
    const body = this.#literals(expression.body)
    const [first, second] = variables.map((variable) => this.#everyVariable(variable)) as [Variable, Variable?]
    this.#locals.close(...this.#mustBeUsed())
    return second === undefined
      ? { ...expression, value: first, domain, body }
      : { ...expression, key: first, value: second, domain, body }
  }

  /** The variable as it was declared, without using it. */
  #everyVariable(variable: Variable): Variable {
    return { ...variable, name: this.#locals.nameOf(variable.name) }
  }

  #comprehension(term: Closure): Term {
    let heads: readonly Term[] = []
    const body = this.body(term.body, headTerms(term), () => {
      heads = headTerms(term).map((head) => this.term(head))
    })
    const [first, second] = heads as readonly [Term, Term]
    return term.type === 'object-comprehension'
      ? { ...term, key: first, value: second, body }
      : { ...term, head: first, body }
  }

  #with({ target, value, location }: With): With {
    const operator = this.#target(target)
    return checkWith({ target: operator, value, location }, this.#around, {
      value: (term) => this.term(term),
      function: (term) => this.#builtin(term) ?? this.term(term),
    })
  }

  /** The name of a builtin as a term; undefined where it is anything else. */
  #builtin(term: Term): Variable | undefined {
    const names = term.type === 'variable' ? [term.name] : term.type === 'ref' ? groundNames(term) : undefined
    const [first] = names ?? []
    if (names === undefined || first === undefined) return undefined
    const name = names.join('.')
    if (!this.#around.builtins.has(name) || this.#locals.declares(first)) return undefined
    return this.#around.globals.paths.has(first) ? undefined : { type: 'variable', name, location: term.location }
  }

  #target(target: Ref | Variable): Ref | Variable {
    const head = target.type === 'ref' ? target.head : target
    const operands = target.type === 'ref' ? target.operands : []
    if (head.type !== 'variable' || isDocument(head.name)) return this.#used(target)
    return this.#used(this.#global(head, operands) ?? target)
  }

  #variable(variable: Variable): Ref | Variable {
    return this.#used(this.#meaning(variable))
  }

  /** Keeps refs that begin with `data`. */
  #used(term: Ref | Variable): Ref | Variable {
    const head = term.type === 'ref' ? term.head : term
    if (head.type === 'variable' && head.name === 'data') this.uses.push(term)
    return term
  }

  #meaning(variable: Variable): Ref | Variable {
    const { name, location } = variable
    if (isWildcard(name)) return variable
    const local = this.#locals.find(name)
    if (local !== undefined)
      return local.unique === name ? variable : { type: 'variable', name: local.unique, location }
    const meant = this.#locals.declares(name) ? undefined : this.#global(variable, [])
    if (meant !== undefined) return meant
    if (isDocument(name)) return variable
    return { type: 'variable', name: this.#locals.addImplicit(variable).unique, location }
  }

  #ref(ref: Ref): Term {
    const { head } = ref
    if (head.type !== 'variable') {
      return { type: 'ref', head: this.term(head), operands: this.#terms(ref.operands), location: ref.location }
    }
    const meaning = this.#meaning(head)
    const operands = this.#terms(ref.operands)
    if (meaning === head && operands === ref.operands) return this.#used(ref)
    const { location } = ref
    return this.#used(
      meaning.type === 'ref'
        ? { type: 'ref', head: meaning.head, operands: [...meaning.operands, ...operands], location }
        : { type: 'ref', head: meaning, operands, location },
    )
  }

  /** The ref that a name of an import or rule stands for. */
  #global({ name, location }: Variable, operands: readonly Term[]): Ref | Variable | undefined {
    const { paths, unused } = this.#around.globals
    const path = paths.get(name)
    if (path === undefined) return undefined
    unused.delete(name)
    const head = { type: 'variable', name: path[0] as string, location } as const
    if (path.length + operands.length === 1) return head
    const names = path.slice(1).map((value) => ({ type: 'scalar', value, location }) as const)
    return { type: 'ref', head, operands: [...names, ...operands], location }
  }

  /** A call; `isLiteral` where it stands alone, and may have an output as one more argument. */
  #call(call: Call, isLiteral: boolean): Term {
    const { builtins, problems, forbidsDeprecated, metadata } = this.#around
    const operator = this.#operator(call)
    const args = this.#terms(call.args)
    if (operator === undefined) {
      problems.add('functions', `undefined function ${writtenTerm(call.operator)}`, call.location, {
        hint: 'No builtin and no rule with parameters has this name.',
      })
      return { ...call, args }
    }
    if (operator.type === 'ref') {
      this.#checkArity(call, this.#arity(operator), isLiteral)
      return { ...call, operator: this.#used(operator), args }
    }
    const { name } = operator
    if (name === 'print') return this.#print(call, args, isLiteral)
    if (name === 'rego.metadata.chain' || name === 'rego.metadata.rule') {
      const constant = metadata?.(name === 'rego.metadata.chain' ? 'chain' : 'rule', call.location)
      if (constant !== undefined && args.length === 0) return constant
    }
    const builtin = builtins.get(name)
    if (builtin?.isDeprecated === true && forbidsDeprecated) {
      problems.add('deprecated', `the builtin ${name} is deprecated`, call.location)
    }
    if (builtin?.type.variadic === undefined) this.#checkArity(call, builtin?.type.args.length ?? 2, isLiteral)
    return operator === call.operator && args === call.args ? call : { ...call, operator, args }
  }

  /** The whole name of a builtin, or the ref of a function; undefined when there is no such thing. */
  #operator({ operator }: Call): Variable | Ref | undefined {
    const { builtins, tree } = this.#around
    const head = operator.type === 'ref' ? operator.head : operator
    if (head.type !== 'variable') return undefined
    const isOwn = operator.type === 'variable' && (head.name === 'eq' || head.name === 'assign')
    if (isOwn) return operator
    if (this.#locals.declares(head.name)) {
      this.#variable(head)
      return undefined
    }
    const resolved = this.#global(head, operator.type === 'ref' ? operator.operands : []) ?? operator
    if (resolved.type === 'variable') {
      return builtins.has(resolved.name) || resolved.name === 'print' ? resolved : undefined
    }
    const names = groundNames(resolved)
    if (names === undefined) return undefined
    if (names[0] === 'data') {
      const node = findNode(tree, names.slice(1))
      return node === undefined || node.rules.length === 0 ? undefined : resolved
    }
    const name = names.join('.')
    return builtins.has(name) ? { type: 'variable', name, location: operator.location } : undefined
  }

  #arity(operator: Ref): number {
    const path = (groundNames(operator) ?? []).slice(1)
    return findNode(this.#around.tree, path)?.arity ?? 0
  }

  #checkArity(call: Call, arity: number, isLiteral: boolean): void {
    const given = call.args.length
    if (given === arity || (isLiteral && given === arity + 1)) return
    const name = writtenTerm(call.operator)
    this.#around.problems.add('functions', `${name} takes ${arity} arguments and is given ${given}`, call.location)
  }

  /** `print(x)`: every argument becomes the set of its values, which is empty where it has none. */
  #print(call: Call, args: readonly Term[], isLiteral: boolean): Term {
    const { location } = call
    if (!isLiteral) this.#around.problems.add('void', 'print gives no value that could be used', location)
    const items = args.map((argument): Term => {
      const head = this.names.made(argument.location)
      const operator = { type: 'variable', name: 'eq', location: argument.location } as const
      const term = { type: 'call', operator, args: [head, argument], location: argument.location } as const
      const expression = { type: 'term', term, location: argument.location } as const
      const literal = { expression, negated: false, withs: [], isGenerated: true, location: argument.location } as const
      return { type: 'set-comprehension', head, body: [literal], location: argument.location }
    })
    const operator = { type: 'variable', name: 'internal.print', location } as const
    return { type: 'call', operator, args: [{ type: 'array', items, location }], location }
  }
}
