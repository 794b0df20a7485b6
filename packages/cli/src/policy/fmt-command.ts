/** `kubescape policy fmt`: lays out Rego files, as `opa fmt` does. */
import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'

import { formatModule, type RegoProblem } from '@kubescape/rego'

import { Failure } from '../failure.ts'
import { print, printError } from '../print.ts'
import { visible } from '../terminal.ts'
import type { Typed } from '../typed.ts'
import { gatherFiles, readInputText, type GatheredFile } from './gather-files.ts'
import { lineDiff } from './line-diff.ts'
import { problemsText } from './problems-text.ts'

/**
 * Formats files, or standard input where none are named, and gives the exit code: 1 for files that cannot be read as Rego, and with
 * `--fail` for files that are laid out otherwise. Files that can be are formatted all the same.
 * @throws {Failure} for files that cannot be read or written
 */
export function runFormat(paths: readonly string[], typed: Typed): number {
  const isPiped = paths.length === 0
  if (isPiped && typed['write'] === true) {
    throw new Failure('--write needs files to write into', 'Name files or folders, or leave --write out.')
  }
  const files = isPiped
    ? [{ path: 'stdin', below: '', isNamed: true, text: readInputText('-', 'policy fmt') }]
    : gatherFiles(paths, { extensions: ['.rego'], flag: 'policy fmt', what: 'files or folders of Rego' })
  const version = typed['v0Compatible'] === true ? 'v0' : 'v1'
  const problems: RegoProblem[] = []
  let changed = 0
  for (const file of files) {
    const formatted = formatModule(file.text, file.path, { version })
    if ('problems' in formatted) {
      problems.push(...formatted.problems)
      continue
    }
    if (formatted.text !== file.text) changed++
    show(file, formatted.text, typed)
  }
  if (problems.length > 0) printError(problemsText(problems))
  return problems.length > 0 || (typed['fail'] === true && changed > 0) ? 1 : 0
}

function show({ path, text }: GatheredFile, formatted: string, typed: Typed): void {
  const isChanged = formatted !== text
  if (typed['list'] === true && isChanged) print(`${visible(path)}\n`)
  if (typed['diff'] === true && isChanged) print(lineDiff(text, formatted, path))
  if (typed['write'] === true && isChanged) write(path, formatted)
  // With --fail alone nobody wants to read anything.
  const isAsked = ['list', 'diff', 'write', 'fail'].some((name) => typed[name] === true)
  if (!isAsked) print(formatted)
}

/** First beside it and then in its place, so that it is whole at any time; with the rights that it had. */
function write(path: string, text: string): void {
  let beside = `${path}.${process.pid}`
  try {
    // A link stays one.
    const real = realpathSync(path)
    beside = `${real}.${process.pid}`
    writeFileSync(beside, text, { flag: 'wx', mode: statSync(real).mode })
    renameSync(beside, real)
  } catch (error) {
    rmSync(beside, { force: true })
    const why = error instanceof Error ? error.message : String(error)
    throw new Failure(`cannot write ${path}: ${why}`, 'Check the rights of the file and its folder.')
  }
}
