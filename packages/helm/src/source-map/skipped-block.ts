/** Blocks that a condition kept out, and what they would have written. */
import type { BranchNode, ListNode, OperandNode, PipeNode, SkippedBlock } from '@kubescape/go-template'

/** UTF-16 units of text of a block: fields are looked for in there. */
const MAX_LENGTH = 2000

const known = new WeakMap<BranchNode, SkippedBlock>()

/** The text of a block, and the fields that get what its condition looks at. */
export function skippedBlock(node: BranchNode): SkippedBlock {
  let block = known.get(node)
  if (block === undefined) {
    const reader = new BlockReader(node)
    reader.read(node.list)
    block = { text: reader.text.slice(0, MAX_LENGTH), filled: reader.filled }
    known.set(node, block)
  }
  return block
}

class BlockReader {
  text = ''
  readonly filled: { key: string; name: string | undefined }[] = []
  /** Last names of what the condition looks at; undefined is the dot of a `with`. */
  readonly #tested: ReadonlySet<string | undefined>

  constructor({ kind, pipe }: BranchNode) {
    const names = namesIn(pipe)
    names.delete(undefined)
    this.#tested = kind === 'with' ? names.add(undefined) : names
  }

  read({ nodes }: ListNode): void {
    for (const node of nodes) {
      if (this.text.length > MAX_LENGTH) return
      if (node.kind === 'text') this.text += node.text
      else if (node.kind === 'action') this.#action(node.pipe)
      else if ('list' in node) this.read(node.list)
    }
  }

  #action(pipe: PipeNode): void {
    const key = /(?:^|[\s"'])([\w./-]+)["']?:\s*$/.exec(this.text)?.[1]
    if (key === undefined) return
    for (const name of namesIn(pipe)) if (this.#tested.has(name)) this.filled.push({ key, name })
  }
}

/** Last names of all fields and variables in a pipeline; undefined for the dot. */
function namesIn({ commands }: PipeNode): Set<string | undefined> {
  return new Set(commands.flatMap(({ operands }) => operands.flatMap(namesOf)))
}

function namesOf(operand: OperandNode): (string | undefined)[] {
  switch (operand.kind) {
    case 'field':
    case 'variable':
    case 'chain':
      return [operand.names.at(-1)]
    case 'dot':
      return [undefined]
    case 'pipe':
      return [...namesIn(operand)]
    default:
      return []
  }
}
