/**
 * One module instead of hundreds, for running from source. Node's loader needs a fifth of a millisecond for each module, however
 * small and whatever is cached; the registry of controls imports one for each control.
 */
// An import of it would load what this is made to save: see source-loading.ts.
const { readFileSync } = process.getBuiltinModule('node:fs')

const DEFAULT_IMPORT = /^import (\w+) from '\.\/([\w-]+\/[\w.-]+\.ts)'$/gm
const NAMED_IMPORT = /^import (type )?\{([^}]*)\} from '([^']+)'$/gm
const DEFAULT_EXPORT = /^export default /m
/** What cannot stand inside of a function, or means something else there. */
const ONLY_IN_A_MODULE = /^(?:import|export) |\b(?:await|import\.meta|import\()/m

/** The files that a registry is made of: its own, and those in the folders beside it whose default exports it imports. */
export function filesOf(registry: URL): string[] {
  const parts = [...readFileSync(registry, 'utf8').matchAll(DEFAULT_IMPORT)]
  return [registry, ...parts.map(([, , path = '']) => new URL(path, registry))].map(({ pathname }) =>
    decodeURIComponent(pathname),
  )
}

/**
 * The text of a registry with the files in it: each is a function that is called at once, so that what is private to it stays
 * so. A file that has more than named imports and one default export is left out, and imported as before.
 */
export function mergeModules(registry: URL): string {
  const modules = new Map<string, string>()
  const nameOf = (specifier: string): string => {
    const known = modules.get(specifier) ?? `__module${modules.size}`
    modules.set(specifier, known)
    return known
  }
  const text = readFileSync(registry, 'utf8').replaceAll(DEFAULT_IMPORT, (statement, name: string, path: string) => {
    const body = asFunction(readFileSync(new URL(path, registry), 'utf8'), nameOf)
    return body === undefined ? statement : `const ${name} = ${body}`
  })
  const imports = [...modules].map(([specifier, name]) => `import * as ${name} from '${specifier}'\n`)
  return imports.join('') + text
}

/** A module as an expression that gives its default export; `undefined` where it is more than that. */
function asFunction(text: string, nameOf: (specifier: string) => string): string | undefined {
  const body = text
    .replaceAll(NAMED_IMPORT, (statement, type: string | undefined, names: string, specifier: string) => {
      if (type !== undefined) return ''
      if (specifier.startsWith('.') && !specifier.startsWith('../../')) return statement
      // A folder further up than the file.
      return `const {${valuesOf(names)}} = ${nameOf(specifier.replace('../../', '../'))}`
    })
    .replace(DEFAULT_EXPORT, 'const __default = ')
  if (ONLY_IN_A_MODULE.test(body) || !body.includes('const __default = ')) return undefined
  return `(() => {${body}\nreturn __default\n})()`
}

/** The names of an import as those of a pattern: without types, and with `:` for `as`. */
function valuesOf(names: string): string {
  const values = names.split(',').filter((name) => !name.trim().startsWith('type '))
  return values.map((name) => name.replace(/ as /, ': ')).join(',')
}
