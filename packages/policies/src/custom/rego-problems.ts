/** Everything that is wrong with the Rego of some files, for those who write it. */
import { compilePolicy, parseModule, type Module, type RegoProblem, type SourceFile } from '@kubescape/rego'

import { helpersOf } from '../published-modules/index.ts'
import { IMAGE_BUILTINS } from '../image-builtins.ts'
import { hasDeny, packageOf } from './rego-files.ts'

interface Parsed {
  readonly source: SourceFile
  readonly module: Module
}

/**
 * The problems of all files, those of one not hiding those of another. Files are compiled together; controls that share a package, as
 * published rules do, are compiled one by one with what else there is. The modules of published rules are there for those who import them.
 */
export function regoProblems(files: readonly SourceFile[], isStrict: boolean): RegoProblem[] {
  const parsed: Parsed[] = []
  const problems: RegoProblem[] = []
  for (const source of files) {
    const read = parse(source)
    if ('problems' in read) problems.push(...read.problems)
    else parsed.push({ source, module: read.module })
  }
  const names = new Set(files.map(({ file }) => file))
  for (const group of groupsOf(parsed)) {
    const own = new Set(group.map(({ module }) => packageOf(module)))
    const helpers = helpersOf(group.map(({ source }) => source.text).join('\n'), own)
    const compiled = compilePolicy({
      files: [...group.map(({ source }) => source), ...helpers],
      builtins: IMAGE_BUILTINS,
      strict: isStrict,
    })
    if ('problems' in compiled) {
      problems.push(...compiled.problems.filter(({ location }) => location === undefined || names.has(location.file)))
    }
  }
  const byText = new Map(problems.map((problem) => [JSON.stringify(problem), problem]))
  return [...byText.values()].toSorted(byPlace)
}

/** In the language that the file is said to be in, or in that of today, or else in the old one. */
function parse({ file, text, version }: SourceFile): ReturnType<typeof parseModule> {
  const modern = parseModule(file, text, version ?? 'v1')
  if ('module' in modern || version !== undefined) return modern
  const old = parseModule(file, text, 'v0')
  return 'module' in old ? old : modern
}

function groupsOf(files: readonly Parsed[]): Parsed[][] {
  const controls = Map.groupBy(
    files.filter(({ module }) => hasDeny(module)),
    ({ module }) => packageOf(module),
  )
  const apart = new Set([...controls.values()].filter((each) => each.length > 1).flat())
  const others = files.filter((file) => !apart.has(file))
  return [...(others.length === 0 ? [] : [others]), ...[...apart].map((file) => [file, ...others])]
}

function byPlace(left: RegoProblem, right: RegoProblem): number {
  const [a, b] = [left.location, right.location]
  if (a === undefined || b === undefined) return 0
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.row - b.row || a.column - b.column
}
