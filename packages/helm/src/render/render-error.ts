/** Failures of templates as Helm tells them. */
import type { ChartError, TemplateFailure } from '../chart/chart-error.ts'
import { ExecutionError, SyntaxProblem } from '@kubescape/go-template'
import { ChartStop } from './engine-functions.ts'

/** Path of a template file below the folder of the root chart, by its name; undefined for texts of `tpl`. */
export type PathOf = (template: string) => string | undefined

/** A template that cannot be read: Helm tells its line, and the last part of the cause. */
export function syntaxError({ template, line, message }: SyntaxProblem, pathOf: PathOf): ChartError {
  const cause = message.slice(message.lastIndexOf(': ') + 2)
  return {
    stage: 'render',
    message: `parse error at (${template}:${line}): ${cause}`,
    cause,
    chain: [{ template, path: pathOf(template), line, column: undefined, node: '' }],
  }
}

/** A template that failed. What `fail` and `required` say stands alone, with the outermost place. */
export function executionError(error: ExecutionError, pathOf: PathOf): ChartError {
  const chain: TemplateFailure[] = []
  let last: unknown = error
  let cause = error.reason
  while (last instanceof Error) {
    if (last instanceof ExecutionError) {
      const { template, line, column } = last.position
      chain.push({ template, path: pathOf(template), line, column: column + 1, node: last.node })
      cause = last.reason
    } else if (last instanceof ChartStop) {
      const { template, line, column } = error.position
      const { message } = last
      const place = `${template}:${line}:${column}`
      return { stage: 'render', message: `execution error at (${place}): ${message}`, cause: message, chain }
    }
    last = last.cause
  }
  return { stage: 'render', message: error.message, cause, chain }
}
