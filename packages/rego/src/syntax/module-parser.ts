/** Modules: the package, imports and rules. */
import type { RegoProblem } from '../problem.ts'
import type { Import, Literal, Location, Module, PackageClause, RegoVersion, Rule } from './ast.ts'
import { readAnnotations } from './annotations.ts'
import { BodyParser } from './body-parser.ts'
import { checkDefault, type Head, hasVariables, headOf } from './head.ts'
import { always, beginsWithUnion, isSetLiteral, sharedPart, truth } from './rule-parts.ts'
import { parseProblem, SyntaxFailure } from './syntax-failure.ts'
import { FUTURE_KEYWORDS, type Keyword, KEYWORDS, OPERATORS } from './token.ts'

/** After so many problems the rest is not read. */
const MAX_PROBLEMS = 10
/** Rules after `else` in each other. */
const MAX_ELSES = 500

const IF_HINT = 'write `if` before the body, as v1 does: `NAME if { ... }`; or read the file as v0'
const CONTAINS_HINT = 'write `NAME contains VALUE`, as v1 does; or read the file as v0'

/** Reads one file. */
export class ModuleParser extends BodyParser {
  readonly problems: RegoProblem[] = []
  #version: RegoVersion
  #hasContains = false
  readonly #imports: Import[] = []
  readonly #rules: Rule[] = []
  /** What is wrong with the rules if the text is v1, which an import may say late. */
  readonly #v1Problems: RegoProblem[] = []

  constructor(file: string, text: string, version: RegoVersion) {
    super(file, text, KEYWORDS)
    this.#version = version
    this.hasTemplates = version === 'v1'
    if (version === 'v1') this.#reserve(FUTURE_KEYWORDS)
  }

  /** The module; undefined when there are problems. */
  parse(skipsMetadata: boolean): Module | undefined {
    const { scanner, problems } = this
    let clause: PackageClause | undefined
    this.#attempt(() => {
      scanner.next()
      clause = this.#package()
    })
    while (scanner.type !== 'end' && problems.length < MAX_PROBLEMS) this.#attempt(() => this.#statement())
    if (this.#version === 'v1') problems.push(...this.#v1Problems.slice(0, MAX_PROBLEMS - problems.length))
    problems.sort((left, right) => (left.location?.start ?? 0) - (right.location?.start ?? 0))
    if (clause === undefined || problems.length > 0) return undefined
    const { comments, file, text } = scanner
    const annotated = readAnnotations(skipsMetadata ? [] : comments, clause, this.#imports, this.#rules)
    if (annotated.problems.length > 0) {
      problems.push(...annotated.problems)
      return undefined
    }
    return {
      file,
      text,
      version: this.#version,
      package: clause,
      imports: this.#imports,
      rules: this.#rules,
      comments,
      annotations: annotated.annotations,
    }
  }

  /** Reads something; where that fails, the parser goes on at the next line that begins with a word. */
  #attempt(read: () => void): void {
    const state = this.save()
    try {
      read()
    } catch (error) {
      if (!(error instanceof SyntaxFailure)) throw error
      this.problems.push(error.problem())
      this.restore({ ...state, scanner: this.scanner.save() })
      this.#skip()
    }
  }

  #skip(): void {
    for (;;) {
      this.scanner.skipToNextWord()
      try {
        this.scanner.next()
        return
      } catch (error) {
        if (!(error instanceof SyntaxFailure)) throw error
      }
    }
  }

  #reserve(words: readonly (Keyword | 'contains')[]): void {
    for (const word of words) {
      if (word === 'contains') this.#hasContains = true
      else this.scanner.reserve(word)
    }
  }

  #isReserved(word: string): boolean {
    return word === 'contains' ? this.#hasContains : this.scanner.isReserved(word)
  }

  #package(): PackageClause {
    const { scanner } = this
    const place = scanner.location()
    if (scanner.type === 'end') throw new SyntaxFailure('the file is empty', place, 'begin it with `package NAME`')
    if (scanner.type !== 'package') throw this.unexpected('`package NAME` first')
    scanner.next()
    const path = this.#path()
    return { path, location: this.since(place) }
  }

  #statement(): void {
    if (this.scanner.type === 'import') this.#import()
    else if (this.scanner.type === 'package') throw this.unexpected('a rule', 'a file has one package')
    else this.#ruleStatement()
  }

  /** `name.name["text"]`. */
  #path(): string[] {
    const { scanner } = this
    if (scanner.type !== 'name') throw this.unexpected('a name')
    const path = [scanner.value]
    const place = scanner.location()
    const head = this.variable()
    const term = this.suffixes(head, place)
    if (term === head) return path
    if (term.type !== 'ref' || term.head !== head) throw new SyntaxFailure('a path is `a.b["c"]`', place)
    for (const operand of term.operands) {
      if (operand.type !== 'scalar' || typeof operand.value !== 'string') {
        throw new SyntaxFailure('a path holds names and texts only', operand.location)
      }
      path.push(operand.value)
    }
    return path
  }

  #import(): void {
    const { scanner } = this
    const place = scanner.location()
    scanner.next()
    const start = scanner.location()
    const path = this.#path()
    const pathPlace = this.since(start)
    let alias: string | undefined
    if (scanner.type === 'as') {
      scanner.next()
      const { name, location } = this.variable()
      if (name === 'data' || name === 'input' || this.#isReserved(name)) {
        throw new SyntaxFailure(`an import cannot have the name \`${name}\`, which means something else`, location)
      }
      alias = name
    }
    this.#checkImport(path, alias, pathPlace)
    this.#imports.push({ path, ...(alias !== undefined && { alias }), location: this.since(place) })
  }

  #checkImport(path: readonly string[], alias: string | undefined, place: Location): void {
    const [root, name, word] = path
    if (root === 'data' || root === 'input') {
      const last = path.at(-1) ?? ''
      if (path.length === 1 || alias !== undefined || !this.#isReserved(last)) return
      const hint = 'give it another name with `as`'
      throw new SyntaxFailure(`an import cannot have the name of a keyword: \`${last}\``, place, hint)
    }
    if (root === 'rego') {
      if (name !== 'v1' || path.length > 2) throw new SyntaxFailure('the only import of `rego` is `rego.v1`', place)
      this.#version = 'v1'
      this.#reserve(FUTURE_KEYWORDS)
      return
    }
    if (root !== 'future') {
      throw new SyntaxFailure(
        `an import begins with \`data\`, \`input\`, \`rego\` or \`future\`, not \`${root}\``,
        place,
        `write \`import data.${path.join('.')}\``,
      )
    }
    if (name !== 'keywords' || path.length > 3)
      throw new SyntaxFailure('import `future.keywords` or one of them', place)
    if (alias !== undefined) throw new SyntaxFailure('imports of `future` have no other name', place)
    if (word === 'not') this.hasNegatedBodies = true
    else if (word === undefined) this.#reserve(FUTURE_KEYWORDS)
    else {
      const keyword = FUTURE_KEYWORDS.find((known) => known === word)
      if (keyword === undefined) {
        const known = [...FUTURE_KEYWORDS, 'not'].join(', ')
        throw new SyntaxFailure(`there is no keyword \`${word}\`; there are ${known}`, place)
      }
      // `every x in xs` needs the other word; `if` comes alone.
      this.#reserve(keyword === 'every' ? ['every', 'in'] : [keyword])
    }
  }

  #ruleStatement(): void {
    const { scanner } = this
    const place = scanner.location()
    const isDefault = scanner.type === 'default'
    if (isDefault) scanner.next()
    if (scanner.type !== 'name') throw this.unexpected('a rule, which begins with its name')
    if (scanner.value === 'contains' && this.#hasContains && !this.#isRefHead()) {
      throw new SyntaxFailure('`contains` is a keyword and no name of a rule', scanner.location())
    }
    const head = this.#head()
    if (isDefault) this.#default(head, place)
    else this.#rule(head)
    if (this.at(';')) throw this.unexpected('a new rule on a line of its own')
  }

  /** Whether the name is the beginning of a ref: then it may be a keyword. */
  #isRefHead(): boolean {
    const next = this.scanner.text[this.scanner.end]
    return next === '.' || next === '['
  }

  #head(): Head {
    const { scanner } = this
    const place = scanner.location()
    this.height = 0
    const head = headOf(this.suffixes(this.variable(), place))
    if (scanner.type === 'name' && scanner.value === 'contains' && this.#hasContains && !this.#isRefHead()) {
      if (head.parameters !== undefined) {
        throw this.unexpected('a value', '`contains` makes sets, and a function gives one value')
      }
      scanner.next()
      head.key = this.wholeTerm()
    } else if (scanner.type === ':=' || scanner.type === '=') {
      head.isAssigned = scanner.type === ':='
      scanner.next()
      head.value = this.wholeTerm()
    }
    head.location = this.since(place)
    return head
  }

  #default(head: Head, place: Location): void {
    checkDefault(head, place)
    const { ref, parameters, isAssigned, location } = head
    this.#rules.push({
      kind: parameters === undefined ? 'complete' : 'function',
      isDefault: true,
      ref,
      ...(parameters !== undefined && { parameters }),
      value: head.value ?? truth(location),
      isAssigned,
      body: always(location),
      hasNoBody: true,
      location: this.since(place),
    })
  }

  #rule(head: Head): void {
    const { scanner } = this
    const { location: place } = head
    const hasIf = scanner.type === 'if'
    const isBraced = scanner.type === '{'
    const hasBody = hasIf || isBraced
    const kind = this.#kindOf(head, hasIf, hasBody)
    let body: readonly Literal[] | undefined
    if (hasIf) {
      scanner.next()
      body = this.#bodyAfterIf()
    } else if (isBraced) {
      this.#v1(`a body needs \`if\` before it`, place, IF_HINT)
      body = this.braced()
    }
    const shared = sharedPart(head, kind)
    let otherwise: Rule | undefined
    if (scanner.type === 'else' && hasBody) {
      if (kind === 'set') throw this.unexpected('a new rule', 'rules with `contains` have no `else`')
      if (hasVariables(head)) throw this.unexpected('a new rule', 'rules with variables in their names have no `else`')
      otherwise = this.#else(head, 0)
    }
    this.#rules.push({
      ...shared,
      body: body ?? always(place),
      ...(body === undefined && { hasNoBody: true }),
      ...(otherwise !== undefined && { otherwise }),
      location: this.since(place),
    })
    if (hasBody) this.#chained(shared, otherwise !== undefined)
  }

  /** Further bodies of the same head: `p if { ... } { ... }`. */
  #chained(shared: ReturnType<typeof sharedPart>, hasElse: boolean): void {
    const { scanner } = this
    while (scanner.type === '{') {
      if (hasElse) throw this.unexpected('`else` or a new rule')
      const place = scanner.location()
      this.#rules.push({ ...shared, body: this.braced(), location: this.since(place) })
    }
  }

  /** What the head declares; v0's `p[x]` without a value is a set. */
  #kindOf(head: Head, hasIf: boolean, hasBody: boolean): Rule['kind'] {
    if (head.parameters !== undefined) return 'function'
    if (head.key !== undefined) return 'set'
    if (head.value === undefined && !hasIf) {
      if (head.ref.length === 2) {
        this.#v1('a rule that makes a set needs `contains`', head.location, CONTAINS_HINT)
        return 'set'
      }
      if (!hasBody) {
        if (head.ref.length === 1) throw this.unexpected('`:=`, `if` or `contains` after the name of a rule')
        this.#v1('a rule needs a value or a body', head.location, 'write `:= VALUE` or `if { ... }` behind its name')
      }
    }
    return 'complete'
  }

  /** One literal, or a body in braces. `if {` may also begin a literal: an object or a comprehension, `{x | ...}`. */
  #bodyAfterIf(): readonly Literal[] {
    if (this.scanner.type !== '{') {
      const place = this.scanner.location()
      const literal = this.literal()
      if (isSetLiteral(literal))
        throw new SyntaxFailure('a set alone always holds', this.since(place), 'compare it with something')
      return [literal]
    }
    const start = this.save()
    let failure: SyntaxFailure
    try {
      const body = this.braced()
      if (!this.#goesOn() && !beginsWithUnion(body)) return body
      const end = this.save()
      const literal = this.#literalOrNothing(start)
      if (literal !== undefined) return [literal]
      this.restore(end)
      return body
    } catch (error) {
      if (!(error instanceof SyntaxFailure) || error.isFinal) throw error
      failure = error
    }
    const literal = this.#literalOrNothing(start)
    if (literal === undefined) throw failure
    return [literal]
  }

  /** A literal that begins with `{` and is no set, which would always hold. */
  #literalOrNothing(start: ReturnType<ModuleParser['save']>): Literal | undefined {
    this.restore(start)
    try {
      const literal = this.literal()
      return isSetLiteral(literal) ? undefined : literal
    } catch (error) {
      if (!(error instanceof SyntaxFailure) || error.isFinal) throw error
      return undefined
    }
  }

  /** Whether what follows a closing brace makes it the end of a term. */
  #goesOn(): boolean {
    const { type } = this.scanner
    if (OPERATORS.has(type) || type === ':=' || type === '=' || type === ',' || type === 'with') return true
    return this.scanner.isAdjacent() && (type === '.' || type === '[' || type === '(')
  }

  #else(head: Head, depth: number): Rule {
    const { scanner } = this
    const place = scanner.location()
    if (depth > MAX_ELSES) {
      throw new SyntaxFailure(`more than ${MAX_ELSES} rules after \`else\``, place, undefined, true)
    }
    scanner.next()
    const own: Head = { ref: head.ref, isAssigned: false, location: place }
    if (scanner.type === ':=' || scanner.type === '=') {
      own.isAssigned = scanner.type === ':='
      scanner.next()
      own.value = this.wholeTerm()
    } else if (scanner.type !== '{' && scanner.type !== 'if') {
      throw this.unexpected('`:=` and a value, or `if` and a body, after `else`')
    }
    let body: readonly Literal[] | undefined
    if (this.at('if')) {
      scanner.next()
      body = this.at('{') ? this.braced() : [this.literal()]
    } else if (this.at('{')) {
      this.#v1(`a body needs \`if\` before it`, place, 'write `else := VALUE if { ... }`')
      body = this.braced()
    }
    const otherwise = this.at('else') && body !== undefined ? this.#else(head, depth + 1) : undefined
    return {
      ...sharedPart(head.parameters === undefined ? own : { ...own, parameters: head.parameters }),
      body: body ?? always(place),
      ...(body === undefined && { hasNoBody: true }),
      ...(otherwise !== undefined && { otherwise }),
      location: this.since(place),
    }
  }

  #v1(message: string, location: Location, hint: string): void {
    if (this.#v1Problems.length < MAX_PROBLEMS) this.#v1Problems.push(parseProblem(message, location, hint))
  }
}
