/** Names that mean the same everywhere in a module: rules of its package and imports. */
import type { Import, Location, Module } from '../syntax/ast.ts'
import { writtenPath } from './names.ts'
import type { Problems } from './stages.ts'

/** What a name stands for: `["data", "lib", "f"]`, `["input", "request"]`. */
type GlobalPath = readonly string[]

/** The names of one module. */
export interface Globals {
  readonly paths: ReadonlyMap<string, GlobalPath>
  /** Names of imports that nothing has used yet. */
  readonly unused: Map<string, Import>
}

/** First names of the rules of each package, keyed by the path as JSON. */
export type Exports = ReadonlyMap<string, ReadonlySet<string>>

/** Collects what packages have. */
export function exportsOf(modules: readonly Module[]): Exports {
  const exports = new Map<string, Set<string>>()
  for (const module of modules) {
    const key = JSON.stringify(module.package.path)
    let names = exports.get(key)
    if (names === undefined) exports.set(key, (names = new Set()))
    for (const { ref } of module.rules) {
      const [first] = ref
      if (first?.type === 'scalar' && typeof first.value === 'string') names.add(first.value)
    }
  }
  return exports
}

/** The names of a module; imports win over rules of the package. */
export function globalsOf(path: readonly string[], imports: readonly Import[], exports: Exports): Globals {
  const paths = new Map<string, GlobalPath>()
  const unused = new Map<string, Import>()
  for (const name of exports.get(JSON.stringify(path)) ?? []) paths.set(name, ['data', ...path, name])
  for (const each of imports) {
    const name = importedName(each)
    if (name === undefined) continue
    paths.set(name, each.path)
    unused.set(name, each)
  }
  return { paths, unused }
}

/** The name by which an import is used; undefined for those that switch the language. */
function importedName({ path, alias }: Import): string | undefined {
  if (path[0] !== 'data' && path[0] !== 'input') return undefined
  return alias ?? path.at(-1)
}

/** Checks that no two imports have one name; in v0 only strictly. */
export function checkImports(module: Module, isStrict: boolean, problems: Problems): void {
  if (!isStrict) return
  const seen = new Map<string, Import>()
  for (const each of module.imports) {
    const name = each.alias ?? each.path.at(-1) ?? ''
    const first = seen.get(name)
    if (first === undefined) seen.set(name, each)
    else
      problems.add(
        'names',
        `the import ${name} has the name of another import, at row ${first.location.row}`,
        each.location,
      )
  }
}

/** Strictly, an import that nothing uses is a problem. */
export function checkUnusedImports({ unused }: Globals, problems: Problems): void {
  for (const { path, location } of unused.values()) {
    const text = path[0] === 'data' ? writtenPath(path.slice(1)) : path.join('.')
    problems.add('locals', `the import ${text} is not used`, location)
  }
}

/** Says that a name hides a document. */
export function reportShadowing(what: string, name: string, location: Location, problems: Problems): void {
  problems.add('names', `${what} must not be named ${name}, which is a document`, location, {
    hint: 'Choose another name.',
  })
}
