/** Cases of op `printf`: a format and its arguments. */
import { sprintf } from '@kubescape/go-template'
import type { CaseOutcome } from '../suite.ts'
import { fromTyped } from './typed-values.ts'

interface PrintfCase {
  readonly id: string
  readonly fmt: string
  readonly args?: readonly unknown[]
  readonly want: { readonly output: string }
}

/** Formats the arguments; passed when the text is the wanted one. */
export function runPrintfCase(json: object): CaseOutcome {
  const { id, fmt, args = [], want } = json as PrintfCase
  const text = sprintf(fmt, args.map(fromTyped))
  return text === want.output
    ? { id, status: 'passed' }
    : { id, status: 'failed', reason: `${JSON.stringify(text)} instead of ${JSON.stringify(want.output)}` }
}
