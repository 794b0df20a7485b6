/** Template text to trees. */
import type { Span } from '../origin.ts'
import { quote, runes } from '@kubescape/go'
import { SyntaxProblem } from './error.ts'
import type { TemplateFunction } from './frame.ts'
import { readNumber } from './number-literal.ts'
import { PREDEFINED } from './predefined.ts'
import { printNode } from './print-node.ts'
import { isBlank, type Template, type TemplateSource } from './template-set.ts'
import { KEYWORDS, type Token, type TokenType } from './token.ts'
import { TokenStream } from './token-stream.ts'
import type { BranchNode, CommandNode, ListNode, Node, OperandNode, PipeNode } from './tree.ts'
import { unquote } from './unquote.ts'

/** Blocks and parentheses in each other; charts stay below 30. */
const MAX_DEPTH = 200

/**
 * Reads a template and the definitions in it.
 * @param functions what the template may call, besides the predefined functions
 * @param spans where the text comes from, when it is the text of no file but one that a template made
 * @returns the template itself first, then its definitions in the order of their ends
 * @throws {SyntaxProblem} for the first thing that is wrong
 */
export function parseTemplate(
  name: string,
  text: string,
  functions: ReadonlyMap<string, TemplateFunction>,
  spans?: readonly Span[],
): Template[] {
  return new Parser({ name, text, ...(spans && { spans }) }, functions).parse()
}

/** Where a list ends. */
type ListEnd = 'end' | 'else'

class Parser {
  readonly #source: TemplateSource
  readonly #functions: ReadonlyMap<string, TemplateFunction>
  readonly #tokens: TokenStream
  readonly #definitions = new Map<string, Template>()
  #variables: string[] = ['$']
  #rangeDepth = 0
  #depth = 0
  /** Line of the action that is being read; 0 outside. */
  #actionLine = 0

  constructor(source: TemplateSource, functions: ReadonlyMap<string, TemplateFunction>) {
    this.#source = source
    this.#functions = functions
    this.#tokens = new TokenStream(source.text, functions)
  }

  parse(): Template[] {
    const root: ListNode = { kind: 'list', at: 0, nodes: [] }
    for (let token = this.#tokens.next(); token.type !== 'end of text'; token = this.#tokens.next()) {
      if (token.type === 'left delimiter' && this.#tokens.peekNonSpace().type === 'define') {
        this.#tokens.next()
        this.#define()
        continue
      }
      this.#tokens.back(token)
      const node = this.#textOrAction()
      if (typeof node === 'string') this.#fail(`unexpected {{${node}}}`)
      root.nodes.push(node)
    }
    const main = { name: this.#source.name, source: this.#source, root }
    this.#add(main)
    return [main, ...[...this.#definitions.values()].filter((definition) => definition !== main)]
  }

  #define(): void {
    const name = this.#templateName(this.#tokens.nextNonSpace(), 'define clause')
    this.#expect('right delimiter', 'define clause')
    this.#body(name, 'define clause')
  }

  /** The text up to `{{end}}` as a template of its own: no variable of the text around it is seen in there. */
  #body(name: string, context: string): void {
    const [variables, rangeDepth, actionLine] = [this.#variables, this.#rangeDepth, this.#actionLine]
    this.#variables = ['$']
    this.#rangeDepth = 0
    this.#actionLine = 0
    const { list, end } = this.#list()
    if (end !== 'end') this.#fail(`unexpected {{${end}}} in ${context}`)
    this.#add({ name, source: this.#source, root: list })
    this.#variables = variables
    this.#rangeDepth = rangeDepth
    this.#actionLine = actionLine
  }

  #add(template: Template): void {
    const known = this.#definitions.get(template.name)
    if (known === undefined || isBlank(known.root)) this.#definitions.set(template.name, template)
    else if (!isBlank(template.root)) {
      this.#fail(`template: multiple definition of template ${quote(template.name)}`)
    }
  }

  #list(): { list: ListNode; end: ListEnd } {
    const list: ListNode = { kind: 'list', at: this.#tokens.peekNonSpace().at, nodes: [] }
    this.#enter()
    while (this.#tokens.peekNonSpace().type !== 'end of text') {
      const node = this.#textOrAction()
      if (typeof node === 'string') {
        this.#depth--
        return { list, end: node }
      }
      list.nodes.push(node)
    }
    return this.#fail('unexpected EOF')
  }

  #textOrAction(): Node | ListEnd {
    const token = this.#tokens.nextNonSpace()
    if (token.type === 'text') return { kind: 'text', at: token.at, text: token.text }
    if (token.type !== 'left delimiter') return this.#unexpected(token, 'input')
    this.#actionLine = token.line
    const node = this.#action()
    this.#actionLine = 0
    return node
  }

  #action(): Node | ListEnd {
    const token = this.#tokens.nextNonSpace()
    switch (token.type) {
      case 'block':
        return this.#block()
      case 'template':
        return this.#template()
      case 'break':
      case 'continue':
        return this.#jump(token.type, token.at)
      case 'else': {
        // What follows a directly following `if` or `with` is read as if it stood in an action of its own.
        const next = this.#tokens.peekNonSpace().type
        if (next !== 'if' && next !== 'with') this.#expect('right delimiter', 'else')
        return 'else'
      }
      case 'end':
        this.#expect('right delimiter', 'end')
        return 'end'
      case 'if':
      case 'with':
      case 'range':
        return this.#branch(token.type)
      default:
        this.#tokens.back(token)
        return { kind: 'action', at: token.at, pipe: this.#pipeline('command', 'right delimiter') }
    }
  }

  #jump(kind: 'break' | 'continue', at: number): Node {
    const token = this.#tokens.nextNonSpace()
    if (token.type !== 'right delimiter') this.#unexpected(token, `{{${kind}}}`)
    if (this.#rangeDepth === 0) this.#fail(`{{${kind}}} outside {{range}}`)
    return { kind, at }
  }

  #branch(kind: BranchNode['kind']): BranchNode {
    const declared = this.#variables.length
    const pipe = this.#pipeline(kind, 'right delimiter')
    if (kind === 'range') this.#rangeDepth++
    const { list, end } = this.#list()
    if (kind === 'range') this.#rangeDepth--
    const elseList = end === 'else' ? this.#else(kind) : undefined
    this.#variables.length = declared
    return { kind, at: pipe.at, pipe, list, elseList }
  }

  #else(kind: BranchNode['kind']): ListNode {
    if (kind !== 'range' && this.#tokens.peek().type === kind) {
      const { at } = this.#tokens.next()
      this.#enter()
      const node = this.#branch(kind)
      this.#depth--
      return { kind: 'list', at, nodes: [node] }
    }
    const { list, end } = this.#list()
    if (end !== 'end') this.#fail(`expected end; found {{${end}}}`)
    return list
  }

  #block(): Node {
    const token = this.#tokens.nextNonSpace()
    const name = this.#templateName(token, 'block clause')
    const pipe = this.#pipeline('block clause', 'right delimiter')
    this.#body(name, 'block clause')
    return { kind: 'template', at: token.at, name, pipe }
  }

  #template(): Node {
    const token = this.#tokens.nextNonSpace()
    const name = this.#templateName(token, 'template clause')
    const next = this.#tokens.nextNonSpace()
    if (next.type === 'right delimiter') return { kind: 'template', at: token.at, name, pipe: undefined }
    this.#tokens.back(next)
    return { kind: 'template', at: token.at, name, pipe: this.#pipeline('template clause', 'right delimiter') }
  }

  #templateName(token: Token, context: string): string {
    if (token.type !== 'string' && token.type !== 'raw string') return this.#unexpected(token, context)
    return unquote(token.text) ?? this.#fail('invalid syntax')
  }

  #pipeline(context: string, end: TokenType): PipeNode {
    this.#enter()
    const pipe: PipeNode = {
      kind: 'pipe',
      at: this.#tokens.peekNonSpace().at,
      isAssignment: false,
      variables: [],
      commands: [],
    }
    while (this.#target(pipe, context));
    for (let token = this.#tokens.nextNonSpace(); token.type !== end; token = this.#tokens.nextNonSpace()) {
      if (!STARTS_OPERAND.has(token.type)) this.#unexpected(token, context)
      this.#tokens.back(token)
      pipe.commands.push(this.#command())
    }
    this.#checkPipeline(pipe, context)
    this.#depth--
    return pipe
  }

  /** Reads a variable that the pipeline sets; true when another one must follow. */
  #target(pipe: PipeNode, context: string): boolean {
    if (this.#tokens.peekNonSpace().type !== 'variable') return false
    const variable = this.#tokens.next()
    const after = this.#tokens.peek()
    const next = this.#tokens.peekNonSpace()
    const sets = next.type === '=' || next.type === ':='
    if (!sets && next.text !== ',') {
      // The space counts: it parts the variable from an argument.
      if (after.type === 'space') this.#tokens.back(after)
      this.#tokens.back(variable)
      return false
    }
    this.#tokens.next()
    pipe.variables.push({ kind: 'variable', at: variable.at, names: variable.text.split('.') })
    this.#variables.push(variable.text)
    if (sets) {
      pipe.isAssignment = next.type === '='
      return false
    }
    if (context === 'range' && pipe.variables.length < 2) {
      const { type } = this.#tokens.peekNonSpace()
      if (type === 'variable' || type === 'right delimiter' || type === ')') return true
      this.#fail('range can only initialize variables')
    }
    return this.#fail(`too many declarations in ${context}`)
  }

  #checkPipeline({ commands }: PipeNode, context: string): void {
    if (commands.length === 0) this.#fail(`missing value for ${context}`)
    const stage = commands.findIndex(({ operands }, at) => at > 0 && CONSTANTS.has(operands[0]?.kind ?? ''))
    if (stage !== -1) this.#fail(`non executable command in pipeline stage ${stage + 1}`)
  }

  #command(): CommandNode {
    const command: CommandNode = { kind: 'command', at: this.#tokens.peekNonSpace().at, operands: [] }
    for (;;) {
      this.#tokens.peekNonSpace()
      const operand = this.#operand()
      if (operand !== undefined) command.operands.push(operand)
      const token = this.#tokens.next()
      if (token.type === 'space') continue
      if (token.type === 'right delimiter' || token.type === ')') this.#tokens.back(token)
      else if (token.type !== '|') this.#unexpected(token, 'operand')
      break
    }
    return command.operands.length === 0 ? this.#fail('empty command') : command
  }

  #operand(): OperandNode | undefined {
    const node = this.#term()
    const { type, at } = this.#tokens.peek()
    if (node === undefined || type !== 'field') return node
    const names: string[] = []
    while (this.#tokens.peek().type === 'field') names.push(this.#tokens.next().text.slice(1))
    switch (node.kind) {
      case 'field':
      case 'variable':
        return { kind: node.kind, at, names: [...node.names, ...names] }
      case 'pipe':
      case 'identifier':
        return { kind: 'chain', at, node, names }
      default:
        return this.#fail(`unexpected . after term ${quote(printNode(node))}`)
    }
  }

  #term(): OperandNode | undefined {
    const token = this.#tokens.nextNonSpace()
    const { at, text } = token
    switch (token.type) {
      case 'identifier': {
        const own = this.#functions.get(text)
        const call = own ?? PREDEFINED.get(text)
        if (call === undefined) return this.#fail(`function ${quote(text)} not defined`)
        return { kind: 'identifier', at, name: text, call, isPredefined: own === undefined }
      }
      case '.':
        return { kind: 'dot', at }
      case 'nil':
        return { kind: 'nil', at }
      case 'variable':
        if (!this.#variables.includes(text)) this.#fail(`undefined variable ${quote(text)}`)
        return { kind: 'variable', at, names: [text] }
      case 'field':
        return { kind: 'field', at, names: [text.slice(1)] }
      case 'bool':
        return { kind: 'bool', at, value: text === 'true' }
      case 'character constant':
      case 'complex':
      case 'number': {
        const number = readNumber(token.type, text, at)
        return typeof number === 'string' ? this.#fail(number) : number
      }
      case '(':
        return this.#pipeline('parenthesized pipeline', ')')
      case 'string':
      case 'raw string': {
        const content = unquote(text)
        return content === undefined
          ? this.#fail('invalid syntax')
          : { kind: 'string', at, quoted: text, text: content }
      }
      default:
        this.#tokens.back(token)
        return undefined
    }
  }

  #expect(type: TokenType, context: string): void {
    const token = this.#tokens.nextNonSpace()
    if (token.type !== type) this.#unexpected(token, context)
  }

  #enter(): void {
    if (++this.#depth > MAX_DEPTH) this.#fail(`more than ${MAX_DEPTH} blocks and parentheses in each other`)
  }

  #unexpected(token: Token, context: string): never {
    if (token.type !== 'error') return this.#fail(`unexpected ${showToken(token)} in ${context}`)
    if (this.#actionLine === 0 || this.#actionLine === token.line) return this.#fail(token.text)
    const action = token.text.endsWith(' action') ? '' : ' in action'
    return this.#fail(`${token.text}${action} started at ${this.#source.name}:${this.#actionLine}`)
  }

  #fail(reason: string): never {
    throw new SyntaxProblem(this.#source.name, this.#tokens.line, reason)
  }
}

const STARTS_OPERAND: ReadonlySet<TokenType> = new Set([
  'bool',
  'character constant',
  'complex',
  '.',
  'field',
  'identifier',
  'number',
  'nil',
  'raw string',
  'string',
  'variable',
  '(',
])

/** Operands that cannot take the value of the command before. */
const CONSTANTS: ReadonlySet<string> = new Set(['bool', 'dot', 'nil', 'number', 'string'])

function showToken({ type, text }: Token): string {
  if (type === 'end of text') return 'EOF'
  if (KEYWORDS.has(type)) return `<${text}>`
  const characters = runes(text)
  return characters.length > 10 ? `${quote(characters.slice(0, 10).join(''))}...` : quote(text)
}
