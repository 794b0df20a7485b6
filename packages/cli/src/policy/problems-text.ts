/** Problems of policies as people and programs read them. */
import type { RegoProblem } from '@kubescape/rego'

import { count, visible } from '../terminal.ts'
import { Members } from './value-json.ts'

/** A line for each problem, with what to do about it below. */
export function problemLines(problems: readonly RegoProblem[]): string {
  return problems
    .map((problem) => {
      const place = placeOf(problem)
      const text = `${place === '' ? '' : `${place}: `}${problem.code}: ${problem.message}`
      return problem.hint === undefined ? visible(text) : `${visible(text)}\n  ${visible(problem.hint)}`
    })
    .join('\n')
}

/** `2 problems:`, with their lines below. */
export function problemsText(problems: readonly RegoProblem[]): string {
  return `${count(problems.length, 'problem')}:\n${problemLines(problems)}\n`
}

/** A problem as `opa` writes it in JSON. */
export function problemJson({ message, code, location, hint }: RegoProblem): Members {
  return new Members({
    message,
    code,
    location:
      location === undefined
        ? undefined
        : new Members({ file: location.file, row: location.row, col: location.column }),
    hint,
  })
}

function placeOf({ location }: RegoProblem): string {
  if (location === undefined) return ''
  const { file, row, column } = location
  return file === '' ? `${row}:${column}` : `${file}:${row}:${column}`
}
