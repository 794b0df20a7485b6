/** The formatter: one layout for all Rego, as `opa fmt` has it. */
import type { RegoProblem } from '../problem.ts'
import type { Module, RegoVersion } from '../syntax/ast.ts'
import { parseModule } from '../syntax/parse.ts'
import { type Dialect, ModulePrinter } from './module-printer.ts'

export interface FormatOptions {
  /** The language of the text. */
  readonly version: RegoVersion
  /** Writes what v0 and v1 both understand: `import rego.v1`, `if`, `contains` and `:=`. */
  readonly forBoth?: boolean
  /** Leaves out the imports that v1 does not need: `rego.v1` and `future.keywords`. */
  readonly dropImports?: boolean
}

/**
 * The text in the common layout: tabs, one statement a line, blank lines and comments where they were, imports in order. What the text
 * means stays the same; metadata is not checked.
 */
export function formatModule(
  text: string,
  file: string,
  { version, forBoth = false, dropImports = false }: FormatOptions,
): { readonly text: string } | { readonly problems: readonly RegoProblem[] } {
  const parsed = parseModule(file, text, version, { skipsMetadata: true })
  if ('problems' in parsed) return parsed
  const { module } = parsed
  const isV1 = version === 'v1' || forBoth
  const printer = new ModulePrinter(module, isV1 ? V1 : dialectOf(module), {
    addsV1: forBoth,
    drops: dropImports && version === 'v1' && !forBoth,
  })
  const formatted = printer.print()
  if (!forBoth) return { text: formatted }
  // Names of v0 may be keywords of v1.
  const again = parseModule(file, formatted, 'v1', { skipsMetadata: true })
  return 'problems' in again ? again : { text: formatted }
}

const V1: Dialect = { hasIf: true, hasContains: true, assigns: true }

/** What v0 may write after its imports. */
function dialectOf({ imports }: Module): Dialect {
  const has = (word: string): boolean =>
    imports.some(
      ({ path: [root, name, keyword] }) =>
        (root === 'rego' && name === 'v1') || (root === 'future' && (keyword === undefined || keyword === word)),
    )
  return { hasIf: has('if'), hasContains: has('contains'), assigns: false }
}
