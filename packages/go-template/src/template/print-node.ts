/** Trees back to text, in Go's normal form. */
import { quote } from '@kubescape/go'
import type { BranchNode, CommandNode, ListNode, Node, OperandNode, PipeNode } from './tree.ts'

/** The text of a node, as error messages quote it. */
export function printNode(node: ListNode | Node | CommandNode | OperandNode): string {
  switch (node.kind) {
    case 'list':
      return node.nodes.map(printNode).join('')
    case 'text':
      return node.text
    case 'action':
      return `{{${printNode(node.pipe)}}}`
    case 'if':
    case 'with':
    case 'range':
      return printBranch(node)
    case 'template':
      return `{{template ${quote(node.name)}${node.pipe === undefined ? '' : ` ${printNode(node.pipe)}`}}}`
    case 'break':
    case 'continue':
      return `{{${node.kind}}}`
    case 'pipe':
      return printPipe(node)
    case 'command':
      return node.operands
        .map((operand) => (operand.kind === 'pipe' ? `(${printPipe(operand)})` : printNode(operand)))
        .join(' ')
    case 'field':
      return printNames(node.names)
    case 'variable':
      return node.names.join('.')
    case 'chain':
      return (node.node.kind === 'pipe' ? `(${printPipe(node.node)})` : node.node.name) + printNames(node.names)
    case 'identifier':
      return node.name
    case 'dot':
      return '.'
    case 'nil':
      return 'nil'
    case 'string':
      return node.quoted
    case 'number':
      return node.text
    default:
      return String(node.value)
  }
}

function printBranch({ kind, pipe, list, elseList }: BranchNode): string {
  const otherwise = elseList === undefined ? '' : `{{else}}${printNode(elseList)}`
  return `{{${kind} ${printPipe(pipe)}}}${printNode(list)}${otherwise}{{end}}`
}

function printPipe({ variables, isAssignment, commands }: PipeNode): string {
  const target = variables.length === 0 ? '' : `${variables.map(printNode).join(', ')} ${isAssignment ? '=' : ':='} `
  return target + commands.map(printNode).join(' | ')
}

function printNames(names: readonly string[]): string {
  return names.map((name) => `.${name}`).join('')
}
