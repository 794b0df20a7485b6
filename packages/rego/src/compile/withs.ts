/** What `with` may replace: documents, and functions by functions or values. */
import type { Builtin } from '../builtins/builtin.ts'
import type { Ref, Term, Variable, With } from '../syntax/ast.ts'
import { isDocument, writtenTerm } from './names.ts'
import { findNode, type RuleNode } from './rule-tree.ts'
import type { Problems } from './stages.ts'
import { groundNames } from './walk.ts'

interface Surroundings {
  readonly builtins: ReadonlyMap<string, Builtin>
  readonly tree: RuleNode
  readonly problems: Problems
}

/** What a target is. */
type Target = 'document' | 'function' | 'builtin'

/** Checks a `with` whose target is resolved already, and resolves its value: `resolve` takes names of builtins as such. */
export function checkWith(
  { target, value, location }: With,
  around: Surroundings,
  resolve: { readonly value: (term: Term) => Term; readonly function: (term: Term) => Term },
): With {
  const kind = targetKind(target, around)
  if (kind === undefined) {
    around.problems.add(
      'withs',
      `with must replace \`input\`, \`data\`, something in them, or a function, and not ${writtenTerm(target)}`,
      location,
    )
    return { target, value: resolve.value(value), location }
  }
  if (kind === 'document') return { target, value: resolve.value(value), location }
  return { target, value: resolve.function(value), location }
}

function targetKind(target: Ref | Variable, around: Surroundings): Target | undefined {
  const names = target.type === 'variable' ? [target.name] : groundNames(target)
  const head = target.type === 'ref' ? target.head : target
  if (head.type === 'variable' && isDocument(head.name)) {
    if (names?.[0] !== 'data') return 'document'
    return dataKind(names.slice(1), target, around)
  }
  const builtin = names === undefined ? undefined : around.builtins.get(names.join('.'))
  if (builtin === undefined) return undefined
  checkBuiltin(builtin, target, around.problems)
  return 'builtin'
}

function dataKind(path: readonly string[], target: Ref | Variable, { tree, problems }: Surroundings): Target {
  let node: RuleNode | undefined = tree
  for (const name of path.slice(0, -1)) {
    node = node?.child(name)
    if (node !== undefined && node.rules.length > 0) {
      const message = `with cannot replace a part of ${node.path}, which rules make`
      problems.add('withs', message, target.location, { code: 'rego_compile_error' })
      return 'document'
    }
  }
  return findNode(tree, path)?.arity === undefined ? 'document' : 'function'
}

function checkBuiltin({ name, isRelation, type }: Builtin, { location }: Ref | Variable, problems: Problems): void {
  const code = 'rego_compile_error'
  if (isRelation === true)
    problems.add('withs', `with cannot replace ${name}, which has several results`, location, { code })
  else if (name.startsWith('internal.') || type.result === undefined) {
    problems.add('withs', `with cannot replace ${name}`, location, { code })
  }
}
