/** Modules as text: the package, imports and rules. */
import type { Module, Rule, Term } from '../syntax/ast.ts'
import { isSetLiteral } from '../syntax/rule-parts.ts'
import { BodyPrinter } from './body-printer.ts'
import { CommentWriter } from './comment-writer.ts'
import { chooseImports, type ImportChoice, writeImports } from './import-printer.ts'
import { pathText } from './path-text.ts'

/** The language of the text that is made. */
export interface Dialect {
  /** Bodies have `if` before them. */
  readonly hasIf: boolean
  /** Sets are written with `contains`. */
  readonly hasContains: boolean
  /** Values are written with `:=`. */
  readonly assigns: boolean
}

/** Prints one module. */
export class ModulePrinter extends BodyPrinter {
  readonly #module: Module
  readonly #dialect: Dialect
  readonly #imports: ImportChoice
  /** Where no name has more than two parts, they are written `p["a"]`. */
  readonly #hasRefHeads: boolean

  constructor(module: Module, dialect: Dialect, imports: ImportChoice) {
    super(module.text, new CommentWriter(module.text, module.comments))
    this.#module = module
    this.#dialect = dialect
    this.#imports = imports
    this.#hasRefHeads = module.rules.some(({ ref, kind }) => ref.length > 2 || (kind === 'set' && ref.length > 1))
  }

  print(): string {
    const { out } = this
    const { package: clause, rules } = this.#module
    out.commentsBefore(clause.location.row)
    out.startLine()
    out.write(`package ${pathText(clause.path)}`)
    out.endLine()
    out.blankLine()
    const imports = chooseImports(
      this.#module.imports,
      this.#imports,
      rules[0]?.location.start ?? Number.POSITIVE_INFINITY,
    )
    let written = 0
    let from = 0
    while (written < imports.length || from < rules.length) {
      const rule = rules[from]
      const group = imports.slice(written).filter((one) => rule === undefined || one.start < rule.location.start)
      writeImports(out, group)
      written += group.length
      const end = imports[written]?.start ?? Number.POSITIVE_INFINITY
      let to = from
      while (to < rules.length && (rules[to] as Rule).location.start < end) to++
      this.#rules(rules.slice(from, to))
      from = to
    }
    return out.finish()
  }

  #rules(rules: readonly Rule[]): void {
    const { out } = this
    for (const [place, rule] of rules.entries()) {
      out.commentsBefore(rule.location.row)
      out.orAsWritten(this.source, rule.location, () => this.#rule(rule, false))
      out.endLine()
      const next = rules[place + 1]
      const isTogether =
        next !== undefined &&
        this.#isGroupable(rule) &&
        this.#isGroupable(next) &&
        next.location.row === rule.location.row + 1
      if (!isTogether) out.blankLine()
    }
  }

  /** Rules with at most one literal stand together as they did; after an `else` a blank line makes clear where it ends. */
  #isGroupable({ body, isDefault, kind, otherwise }: Rule): boolean {
    if (body.length > 1 || isDefault || otherwise !== undefined) return false
    return this.#dialect.hasIf && (kind !== 'set' || this.#dialect.hasContains)
  }

  /** A rule without the end of its last line. */
  #rule(rule: Rule, isElse: boolean): void {
    const { out } = this
    const { hasIf, hasContains } = this.#dialect
    const { body, otherwise } = rule
    if (!isElse) out.startLine()
    if (rule.isDefault) out.write('default ')
    const isConstant = otherwise === undefined && isAlways(rule)
    this.#head(rule, isElse, isConstant)
    if (isConstant || rule.hasNoBody === true) return
    if (hasIf && (rule.kind !== 'set' || hasContains)) {
      out.write(' if')
      const [only] = body
      if (
        only !== undefined &&
        body.length === 1 &&
        !isSetLiteral(only) &&
        only.location.row === this.#headRow(rule, isElse)
      ) {
        out.write(' ')
        this.literal(only)
        if (otherwise !== undefined) this.#else(rule, otherwise, false)
        return
      }
    }
    out.write(' {')
    out.endLine()
    out.indent()
    this.lines(body, !isElse)
    out.commentsBefore(out.rowAt(this.#closing(body, otherwise?.location.start ?? rule.location.end)))
    out.dedent()
    out.startLine()
    out.write('}')
    if (otherwise !== undefined) this.#else(rule, otherwise, true)
  }

  /** The row in which the head ends; of a further body the row of its brace. */
  #headRow({ ref, key, value, location }: Rule, isElse: boolean): number {
    const isFurther = !isElse && (ref[0]?.location.start ?? 0) < location.start
    const end = isFurther ? undefined : (value ?? key)?.location
    return end === undefined ? location.row : this.out.lastRow(end)
  }

  #else(rule: Rule, otherwise: Rule, isBraced: boolean): void {
    const { out } = this
    const { row, start } = otherwise.location
    const lineStart = this.source.lastIndexOf('\n', start - 1) + 1
    const wasInline = row > rule.location.row && this.source.slice(lineStart, start).trim() !== ''
    const hasComment = out.hasCommentAbove(row) || out.hasPendingComment()
    if (isBraced && wasInline && !hasComment) out.write(' ')
    else {
      out.endLine()
      out.blankLine()
      if (!out.hasCommentAbove(row)) out.startLine()
    }
    out.commentsBefore(row)
    out.ensureLine()
    this.#rule(otherwise, true)
  }

  #head(rule: Rule, isElse: boolean, isConstant: boolean): void {
    const { out } = this
    const { ref, parameters, key, value, isAssigned, isDefault } = rule
    if (isElse) out.write('else')
    else {
      this.#name(ref)
      if (parameters !== undefined) {
        out.write('(')
        this.items(
          parameters,
          rule.location,
          out.rowAt(this.#closing(parameters, rule.location.end)),
          ({ location }) => location,
          (parameter) => this.term(parameter),
        )
        out.write(')')
      }
    }
    if (key !== undefined) {
      out.write(this.#dialect.hasContains ? ' contains ' : '[')
      this.term(key)
      if (!this.#dialect.hasContains) out.write(']')
      return
    }
    if (value === undefined) return
    const isTrue = value.type === 'scalar' && value.value === true
    const isWritten = value.location.start !== rule.location.start || rule.hasNoBody !== true
    if (isTrue && !isDefault && !(isConstant && isWritten) && !this.#keepsTruth(rule)) return
    out.write(isAssigned || this.#dialect.assigns ? ' := ' : ' = ')
    this.term(value)
  }

  /** `p[x] := true if ...` keeps its value, and so does v0's `p["x"] = true { ... }`. */
  #keepsTruth({ ref, parameters, value, location }: Rule): boolean {
    const [, second, third] = ref
    if (second === undefined || third !== undefined || parameters !== undefined) return false
    if (value === undefined || value.location.start === location.start) return false
    return second.type !== 'scalar' || !this.#dialect.hasIf
  }

  #name(ref: readonly Term[]): void {
    const [name, ...rest] = ref
    const [second] = rest
    const text = name?.type === 'scalar' && typeof name.value === 'string' ? name.value : ''
    this.out.write(text.startsWith('$') ? '_' : text)
    if (!this.#hasRefHeads && second?.type === 'scalar' && typeof second.value === 'string' && rest.length === 1) {
      this.out.write(`[${JSON.stringify(second.value)}]`)
    } else for (const term of rest) this.operand(term)
  }

  /** The offset of the bracket behind the last of several nodes; where there is none, the end of that node. */
  #closing(nodes: readonly { readonly location: Rule['location'] }[], limit: number): number {
    const start = nodes.at(-1)?.location.end ?? 0
    let at = start
    while (at < limit) {
      const code = this.source[at]
      if (code === '}' || code === ')') return at
      if (code === '#') {
        const end = this.source.indexOf('\n', at)
        at = end === -1 ? limit : end
      } else at++
    }
    return start
  }
}

/** Whether the body is nothing but `true`. */
function isAlways({ body }: Rule): boolean {
  const [literal] = body
  if (literal === undefined || body.length > 1 || literal.negated || literal.withs.length > 0) return false
  const { expression } = literal
  return expression.type === 'term' && expression.term.type === 'scalar' && expression.term.value === true
}
