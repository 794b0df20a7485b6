/** `kubescape policy check`: everything that is wrong with policies, with its place. */
import { compileProblems, readBundle, readCustomPolicies, regoProblems, type PolicyProblem } from '@kubescape/policies'
import type { RegoProblem } from '@kubescape/rego'

import { Failure } from '../failure.ts'
import { print, printError } from '../print.ts'
import { count, renderProblem } from '../terminal.ts'
import { oneOf, text, type Typed } from '../typed.ts'
import { sortFiles } from './documents.ts'
import { gatherFiles, type GatheredFile } from './gather-files.ts'
import { problemJson, problemLines } from './problems-text.ts'
import { indentedJson, Members } from './value-json.ts'

/** What is wrong: with Rego, and with everything around it. */
interface Wrong {
  readonly rego: readonly RegoProblem[]
  readonly policies: readonly PolicyProblem[]
}

/**
 * Checks files, prints what is wrong and gives the exit code.
 * @throws {Failure} for files that cannot be read, and where there are none
 */
export function runCheck(paths: readonly string[], typed: Typed): number {
  const format = oneOf(text(typed, 'format') ?? 'pretty', ['pretty', 'json'], '--format')
  const files = gatherFiles(paths, {
    extensions: ['.rego', '.json', '.yaml', '.yml'],
    flag: 'policy check',
    what: 'files or folders of policies',
  })
  const { rego, policies } = problemsOf(files, typed)
  const amount = rego.length + policies.length
  if (format === 'json') {
    const errors = [...rego.map(problemJson), ...policies.map(policyJson)]
    print(`${indentedJson(new Members({ errors: errors.length === 0 ? undefined : errors }))}\n`)
  } else if (amount > 0) {
    const lines = [...(rego.length === 0 ? [] : [problemLines(rego)]), ...policies.map(renderProblem)]
    printError(`${lines.join('\n')}\n${count(amount, 'problem')}\n`)
  } else {
    print(`${count(files.length, 'file')}: nothing is wrong\n`)
  }
  return amount === 0 ? 0 : 1
}

function problemsOf(files: readonly GatheredFile[], typed: Typed): Wrong {
  const { policies: rego } = sortFiles(files, typed['v0Compatible'] === true ? 'v0' : undefined)
  const isPublished = rego.length === 0 && files.every(({ path }) => path.toLowerCase().endsWith('.json'))
  const set = isPublished ? readBundle(files) : readCustomPolicies(files)
  if (rego.length + set.sources.length === 0) {
    throw new Failure('there are no policies to check', 'Name files of Rego or CEL, or their folder.')
  }
  // What is wrong with Rego of controls was said with all of its problems.
  const compiled = compileProblems(set).filter(({ code }) => isPublished || code !== 'policy/invalid-rego')
  return { rego: regoProblems(rego, typed['strict'] === true), policies: [...set.problems, ...compiled] }
}

function policyJson({ code, message, hint, file, line, column }: PolicyProblem): Members {
  const location = new Members({ file, row: line, col: column })
  return new Members({ message, code, location, hint })
}
