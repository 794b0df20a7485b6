/** Files of Rego: which of them are controls, which are libraries for these, and which are tests. */
import { parseModule, type Annotation, type Module, type RegoProblem, type SourceFile } from '@kubescape/rego'

import { helpersOf } from '../published-modules/index.ts'
import type { PolicyFile } from '../policy-set.ts'

/** A file that could be parsed. */
export interface RegoFile extends PolicyFile {
  readonly module: Module
}

/** Files by what they are. */
export interface RegoFiles {
  readonly controls: readonly RegoFile[]
  readonly libraries: readonly RegoFile[]
  readonly broken: readonly (PolicyFile & { readonly problems: readonly RegoProblem[] })[]
}

/** The package of published rules. */
export const PUBLISHED_PACKAGE = 'armo_builtins'

/** Sorts files. `isControl` tells of files for which a header stands in another one. */
export function sortRegoFiles(files: readonly PolicyFile[], hasHeader: (path: string) => boolean): RegoFiles {
  const controls: RegoFile[] = []
  const libraries: RegoFile[] = []
  const broken: (PolicyFile & { readonly problems: readonly RegoProblem[] })[] = []
  for (const file of files) {
    if (file.path.endsWith('_test.rego')) continue
    const parsed = parse(file)
    if ('problems' in parsed) broken.push({ ...file, problems: parsed.problems })
    else if (hasHeader(file.path) || isControl(parsed.module)) controls.push({ ...file, module: parsed.module })
    else libraries.push({ ...file, module: parsed.module })
  }
  return { controls, libraries, broken }
}

/** As the engine reads it: in the language of today, or else in the old one. */
function parse({ path, text }: PolicyFile): ReturnType<typeof parseModule> {
  const modern = parseModule(path, text, 'v1')
  if ('module' in modern) return modern
  const old = parseModule(path, text, 'v0')
  return 'module' in old ? old : modern
}

function isControl(module: Module): boolean {
  return packageOf(module) === PUBLISHED_PACKAGE || hasDeny(module) || headerOf(module)?.data['custom'] !== undefined
}

/** True when the module has a rule `deny`. */
export function hasDeny({ rules }: Module): boolean {
  return rules.some(({ ref: [name] }) => name?.type === 'scalar' && name.value === 'deny')
}

/** The package below `data`, with dots. */
export function packageOf({ package: { path } }: Module): string {
  return path.join('.')
}

/** The metadata that stand above the package. */
export function headerOf({ annotations }: Module): Annotation | undefined {
  return annotations.find(({ scope }) => scope === 'package' || scope === 'subpackages')
}

/** What is compiled together for a control: its file, the libraries that it needs, and the modules of published rules. */
export function filesFor(control: RegoFile, libraries: readonly RegoFile[]): SourceFile[] {
  const needed = new Set<RegoFile>([control])
  for (const file of needed) {
    for (const library of libraries) {
      const name = packageOf(library.module)
      if (name === packageOf(file.module) || file.text.includes(`data.${name}`)) needed.add(library)
    }
  }
  const files = [...needed].map(({ path, text }): SourceFile => ({ file: path, text }))
  const own = new Set([...needed].map(({ module }) => packageOf(module)))
  return [...files, ...helpersOf(files.map(({ text }) => text).join('\n'), own)]
}
