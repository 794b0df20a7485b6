/** `kubescape policy check`: everything that is wrong with policies, with its place. */
import { compilePolicy, type RegoProblem } from '@kubescape/rego'

import { Failure } from '../failure.ts'
import { print, printError } from '../print.ts'
import { count } from '../terminal.ts'
import { oneOf, text, type Typed } from '../typed.ts'
import { sortFiles } from './documents.ts'
import { gatherFiles } from './gather-files.ts'
import { problemJson, problemLines } from './problems-text.ts'
import { indentedJson, Members } from './value-json.ts'

/**
 * Checks files, prints what is wrong and gives the exit code.
 * @throws {Failure} for files that cannot be read, and where there are none
 */
export async function runCheck(paths: readonly string[], typed: Typed): Promise<number> {
  const format = oneOf(text(typed, 'format') ?? 'pretty', ['pretty', 'json'], '--format')
  const files = gatherFiles(paths, {
    extensions: ['.rego', '.json', '.yaml', '.yml'],
    flag: 'policy check',
    what: 'files or folders of policies',
  })
  const { policies } = sortFiles(files, typed['v0Compatible'] === true ? 'v0' : undefined)
  if (policies.length === 0) {
    throw new Failure(`there are no policies in ${paths.join(', ')}`, 'Name files of Rego or CEL, or their folder.')
  }
  const compiled = compilePolicy({ files: policies, strict: typed['strict'] === true })
  const problems: readonly RegoProblem[] = 'problems' in compiled ? compiled.problems : []
  if (format === 'json') {
    const report = problems.length === 0 ? new Members({}) : new Members({ errors: problems.map(problemJson) })
    print(`${indentedJson(report)}\n`)
  } else if (problems.length > 0) {
    printError(`${problemLines(problems)}\n${count(problems.length, 'problem')}\n`)
  } else {
    print(`${count(policies.length, 'policy', 'policies')}: nothing is wrong\n`)
  }
  return problems.length === 0 ? 0 : 1
}
