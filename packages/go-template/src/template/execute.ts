/** Runs templates. */
import { sprint } from '../go/print.ts'
import { quote } from '@kubescape/go'
import { Dict, LimitError, List, plain, Sized, type CallContext, type Value } from '../go/value.ts'
import type { Budget } from './budget.ts'
import { evaluatePipeline } from './evaluate.ts'
import { Frame, type MissingKey, type Rendering } from './frame.ts'
import { elementType } from './indexing.ts'
import type { Output } from './output.ts'
import type { Template, TemplateSet } from './template-set.ts'
import { isTrue } from './truth.ts'
import type { BranchNode, ListNode, TemplateNode } from './tree.ts'

/** What a rendering may know and do. */
export interface ExecutionOptions {
  /** Default: `default`. */
  readonly missingKey?: MissingKey
  readonly context: CallContext
  readonly budget: Budget
  readonly methodOf?: Rendering['methodOf']
  readonly tracer?: Rendering['tracer']
}

/** Go's type of the items of most collections; the type of an item itself is not told then. */
const ANY = 'interface {}'

/** Why a list ended before its end. */
type Jump = 'break' | 'continue' | undefined

/**
 * Runs a template and writes what it says to `output`, up to the first error.
 * @throws {ExecutionError} when the template fails
 * @throws {LimitError} when it takes too much
 */
export function execute(
  set: TemplateSet,
  template: Template,
  dot: Value,
  options: ExecutionOptions,
  output: Output,
): void {
  const { missingKey = 'default', context, budget, methodOf = () => undefined, tracer } = options
  const rendering: Rendering = {
    missingKey,
    context,
    budget,
    methodOf,
    tracer,
    current: undefined,
    stack: 0,
  }
  const frame = new Frame(rendering, set, template, dot ?? undefined, output)
  rendering.current = frame
  try {
    walkList(frame, dot ?? undefined, template.root)
  } catch (error) {
    throw asLimit(error, rendering.current)
  }
}

/**
 * Runs a template for a function that was called in `frame`.
 * @param set where the template finds others
 * @returns what it writes
 * @throws {ExecutionError} when the template fails
 */
export function render(frame: Frame, template: Template, dot: Value, set = frame.set): Value {
  const output = frame.output.inner()
  frame.enter('include')
  run(frame, template, plain(dot) === null ? undefined : dot, set, output)
  frame.leave('include')
  return output.result()
}

/** A limit that was hit, with the place where that was; the stack and the heap of JavaScript are limits too. */
function asLimit(error: unknown, frame: Frame): unknown {
  if (!(error instanceof LimitError || error instanceof RangeError)) return error
  const { template, line, column } = frame.position()
  const reason = error instanceof LimitError ? error.message : 'the templates are nested too deep or write too much'
  return new LimitError(`template: ${template}:${line}:${column}: ${reason}`)
}

function run(frame: Frame, template: Template, dot: Value, set: TemplateSet, output: Output): void {
  const { rendering } = frame
  const inner = new Frame(rendering, set, template, dot, output, rendering.tracer?.place(frame))
  rendering.current = inner
  walkList(inner, dot, template.root)
  rendering.current = frame
}

function walkList(frame: Frame, dot: Value, { nodes }: ListNode): Jump {
  frame.rendering.budget.spend(nodes.length + 1)
  for (const node of nodes) {
    frame.node = node
    frame.statement = node
    switch (node.kind) {
      case 'text':
        frame.output.literal(node, frame)
        break
      case 'action': {
        const value = evaluatePipeline(frame, dot, node.pipe)
        if (node.pipe.variables.length > 0) break
        frame.node = node
        frame.output.value(node, value, frame)
        break
      }
      case 'if':
      case 'with': {
        const jump = walkBranch(frame, dot, node)
        if (jump !== undefined) return jump
        break
      }
      case 'range':
        walkRange(frame, dot, node)
        break
      case 'template':
        walkTemplate(frame, dot, node)
        break
      case 'break':
      case 'continue':
        return node.kind
    }
  }
  return undefined
}

function walkTemplate(frame: Frame, dot: Value, node: TemplateNode): void {
  const { name, pipe } = node
  const template = frame.set.get(name) ?? frame.fail(`template ${quote(name)} not defined`)
  const inner = pipe === undefined ? undefined : evaluatePipeline(frame, dot, pipe)
  frame.node = node
  frame.enter('template')
  run(frame, template, inner, frame.set, frame.output)
  frame.leave('template')
}

function walkBranch(frame: Frame, dot: Value, node: BranchNode): Jump {
  const { kind, pipe, list, elseList } = node
  const { variables, dotType } = frame
  frame.enter('block')
  const value = condition(frame, dot, pipe)
  let jump: Jump
  if (!isTrue(value)) {
    frame.output.skip(node, frame)
    jump = elseList === undefined ? undefined : walkList(frame, dot, elseList)
  } else if (kind === 'if') jump = walkList(frame, dot, list)
  else {
    frame.dotType = undefined
    jump = walkList(frame, value, list)
    frame.dotType = dotType
  }
  frame.rendering.tracer?.leave(frame)
  frame.leave('block')
  frame.drop(variables)
  return jump
}

function condition(frame: Frame, dot: Value, pipe: BranchNode['pipe']): Value {
  const { tracer } = frame.rendering
  return tracer === undefined
    ? evaluatePipeline(frame, dot, pipe)
    : tracer.guard(frame, () => evaluatePipeline(frame, dot, pipe))
}

/** `break` and `continue` in it are its own; those in its `else` cannot be. */
function walkRange(frame: Frame, dot: Value, node: BranchNode): void {
  const { variables, dotType } = frame
  frame.enter('block')
  const value = plain(condition(frame, dot, node.pipe))
  const loop = new Loop(frame, node)
  if (value instanceof List) loop.overList(value)
  else if (value instanceof Dict) loop.overDict(value)
  else if (value !== undefined && value !== null) loop.overNumber(value)
  frame.dotType = dotType
  if (!loop.ran) {
    frame.output.skip(node, frame)
    if (node.elseList !== undefined) walkList(frame, dot, node.elseList)
  }
  frame.rendering.tracer?.leave(frame)
  frame.leave('block')
  frame.drop(variables)
}

/** The rounds of a `range`. */
class Loop {
  ran = false
  readonly #frame: Frame
  readonly #node: BranchNode
  readonly #variables: number

  constructor(frame: Frame, node: BranchNode) {
    this.#frame = frame
    this.#node = node
    this.#variables = frame.variables
  }

  overList({ items, element }: List): void {
    const type = element === ANY ? ANY : undefined
    for (let at = 0; at < items.length; at++) {
      if (this.#round(BigInt(at), items[at] ?? null, type)) return
    }
  }

  overDict(dict: Dict): void {
    const { tracer, budget } = this.#frame.rendering
    budget.spend(dict.entries.size)
    const type = elementType(dict.type) === ANY ? ANY : undefined
    const entries = dict.sortedKeys().map((key) => [key, dict.get(key) ?? null] as const)
    for (const [key, value] of entries) {
      tracer?.read(dict, key, value)
      if (this.#round(tracer === undefined ? key : tracer.key(dict, key), value, type)) return
    }
  }

  overNumber(value: Value): void {
    const end = value instanceof Sized ? value.value : value
    if (typeof end !== 'bigint') return this.#frame.fail(`range can't iterate over ${sprint(value)}`)
    if (this.#node.pipe.variables.length > 1) {
      return this.#frame.fail(`can't use ${sprint(value)} to iterate over more than one variable`)
    }
    for (let at = 0n; at < end; at++) {
      if (this.#round(undefined, value instanceof Sized ? new Sized(value.kind, at) : at, undefined)) return
    }
  }

  /** True when the loop ends here. */
  #round(key: Value, value: Value, type: string | undefined): boolean {
    const frame = this.#frame
    const { variables, isAssignment } = this.#node.pipe
    this.ran = true
    const [first, second] = variables
    if (first !== undefined && isAssignment) {
      frame.assign(first.names[0] ?? '', second === undefined ? value : key)
      if (second !== undefined) frame.assign(second.names[0] ?? '', value)
    } else if (first !== undefined) {
      frame.setLatest(1, value, type)
      if (second !== undefined) frame.setLatest(2, key, undefined)
    }
    frame.dotType = type
    const jump = walkList(frame, value, this.#node.list)
    frame.drop(this.#variables)
    return jump === 'break'
  }
}
