/** Reads what one source file imports, and where it uses names that a pure package must not use. */
import { parseSync, visitorKeys } from 'oxc-parser'
import { IMPURE_MEMBERS, IMPURE_NAMES } from './boundaries.ts'

/** One import, export-from, dynamic import or type import of a file. */
export interface ImportEdge {
  readonly specifier: string
  readonly line: number
  readonly typeOnly: boolean
}

/** One use of a clock, process, network or source of randomness. */
interface ImpureUse {
  readonly name: string
  readonly line: number
}

/** What a file imports and uses. */
export interface SourceFacts {
  readonly imports: readonly ImportEdge[]
  readonly impure: readonly ImpureUse[]
  readonly syntaxErrors: readonly string[]
}

interface Node {
  readonly type: string
  readonly start: number
  readonly [key: string]: unknown
}

/**
 * Parses TypeScript. A dynamic import whose specifier is not a literal is reported with the specifier `?`. A name such as
 * `process` counts wherever it stands for a variable, even a local one: a local name that hides a global misleads readers.
 */
export function readSource(path: string, text: string): SourceFacts {
  const { program, errors } = parseSync(path, text, { sourceType: 'module' })
  const imports: ImportEdge[] = []
  const impure: ImpureUse[] = []
  const lineOf = (node: Node): number => text.slice(0, node.start).split('\n').length
  walk(program as unknown as Node, undefined, '', (node, parent, key) => {
    const edge = importOf(node)
    if (edge) imports.push({ ...edge, line: lineOf(node) })
    const name = impureName(node, parent, key)
    if (name !== undefined) impure.push({ name, line: lineOf(node) })
  })
  return { imports, impure, syntaxErrors: errors.map((error) => error.message) }
}

type Visit = (node: Node, parent: Node | undefined, key: string) => void

function walk(node: Node, parent: Node | undefined, keyInParent: string, visit: Visit): void {
  visit(node, parent, keyInParent)
  for (const key of visitorKeys[node.type] ?? []) {
    const child = node[key]
    for (const item of Array.isArray(child) ? child : [child]) if (isNode(item)) walk(item, node, key, visit)
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
}

function importOf(node: Node): Omit<ImportEdge, 'line'> | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration': {
      if (!isNode(node['source'])) return undefined
      const typeOnly = node['importKind'] === 'type' || node['exportKind'] === 'type' || onlyTypes(node['specifiers'])
      return { specifier: literal(node['source']), typeOnly }
    }
    case 'ImportExpression':
      return { specifier: literal(node['source']), typeOnly: false }
    case 'TSImportType':
      return { specifier: literal(node['source']), typeOnly: true }
    default:
      return undefined
  }
}

function onlyTypes(specifiers: unknown): boolean {
  if (!Array.isArray(specifiers) || specifiers.length === 0) return false
  return specifiers.every((one: Node) => one['importKind'] === 'type' || one['exportKind'] === 'type')
}

function literal(node: unknown): string {
  return isNode(node) && typeof node['value'] === 'string' ? node['value'] : '?'
}

function impureName(node: Node, parent: Node | undefined, key: string): string | undefined {
  if (node.type === 'Identifier') {
    const name = String(node['name'])
    return IMPURE_NAMES.has(name) && !isKey(parent, key) ? name : undefined
  }
  if (node.type === 'MemberExpression') {
    const member = `${identifier(node['object'])}.${identifier(node['property'])}`
    return IMPURE_MEMBERS.has(member) ? member : undefined
  }
  if (node.type === 'NewExpression' && identifier(node['callee']) === 'Date') {
    return (node['arguments'] as unknown[]).length === 0 ? 'new Date()' : undefined
  }
  if (node.type === 'CallExpression' && identifier(node['callee']) === 'Date') return 'Date()'
  return undefined
}

/** The name of an identifier or string literal (`Date['now']`), else the empty string. */
function identifier(node: unknown): string {
  if (!isNode(node)) return ''
  if (node.type === 'Identifier') return String(node['name'])
  return node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : ''
}

/** A place where an identifier is only a label: `x.process`, `{ process: 1 }`, `interface A { process: 1 }`. */
function isKey(parent: Node | undefined, key: string): boolean {
  if (!parent) return false
  if (key === 'key') return parent['computed'] !== true
  if (key === 'property') return parent.type === 'MemberExpression' && parent['computed'] !== true
  return (
    key === 'imported' ||
    key === 'exported' ||
    key === 'label' ||
    (key === 'right' && parent.type === 'TSQualifiedName')
  )
}
