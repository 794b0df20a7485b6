/** A query to a checked query, or to what is wrong with it. */
import type { Builtin } from '../builtins/builtin.ts'
import type { RegoProblem } from '../problem.ts'
import type { Body, Import, Literal } from '../syntax/ast.ts'
import { checkBody } from '../types/check-body.ts'
import { analysisOf, arityOf } from './compile-modules.ts'
import { isWildcard } from './declarations.ts'
import { globalsOf } from './globals.ts'
import { isMade } from './names.ts'
import { BodyOrder } from './order.ts'
import type { CheckedQuery, Program } from './program.ts'
import { Resolver } from './resolve.ts'
import { Problems } from './stages.ts'
import { eachVariable, literalTerms } from './walk.ts'

export interface CompileQueryOptions {
  readonly builtins: ReadonlyMap<string, Builtin>
  readonly imports?: readonly Import[]
  /** The package whose rules may be named as in its modules; below `data`. */
  readonly package?: readonly string[]
}

/** Checks a query against a program that `compileModules` made. */
export function compileQuery(
  program: Program,
  body: Body,
  { builtins, imports = [], package: path }: CompileQueryOptions,
): { readonly query: CheckedQuery } | { readonly problems: readonly RegoProblem[] } {
  const { tree, exports, types } = analysisOf(program)
  const problems = new Problems()
  const globals = path === undefined ? globalsOf([], imports, new Map()) : globalsOf(path, imports, exports)
  const resolver = new Resolver({
    globals,
    builtins,
    tree,
    problems,
    isStrict: false,
    forbidsShadowing: true,
    forbidsDeprecated: false,
  })
  const resolved = resolver.query(body)
  if (problems.hasAny('functions')) return { problems: problems.first() }
  const order = new BodyOrder(resolver.names, arityOf(tree, builtins), problems)
  const ordered = order.order(resolved, [], (body[0] as Literal).location)
  if (problems.hasAny('safety')) return { problems: problems.first() }
  checkBody(ordered.body, types.nested(), problems)
  const found = problems.first()
  return found.length > 0 ? { problems: found } : { query: { body: ordered.body, variables: variablesOf(resolved) } }
}

/** Variables to report, in the order in which they are written. */
function variablesOf(body: Body): readonly string[] {
  const names = new Set<string>()
  for (const literal of body) {
    if (literal.negated) continue
    for (const term of literalTerms(literal)) {
      eachVariable(term, ({ name }) => {
        if (!isWildcard(name) && !isMade(name) && name !== 'data' && name !== 'input') names.add(name)
      })
    }
  }
  return [...names]
}
