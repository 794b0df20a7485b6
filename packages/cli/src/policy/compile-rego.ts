/** Rego of the command line, compiled as that of controls: with the builtins and the modules that published rules have. */
import { helpersOf, IMAGE_BUILTINS } from '@kubescape/policies'
import { compilePolicy, type CompileResult, type SourceFile } from '@kubescape/rego'

const PACKAGE = /^[ \t]*package[ \t]+([\w.]+)/m

/** Compiles files together. */
export function compileRego(files: readonly SourceFile[], strict = false): CompileResult {
  const own = new Set(files.map(({ text }) => PACKAGE.exec(text)?.[1] ?? ''))
  const helpers = helpersOf(files.map(({ text }) => text).join('\n'), own)
  return compilePolicy({ files: [...files, ...helpers], builtins: IMAGE_BUILTINS, strict })
}
