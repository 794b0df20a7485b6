/** Why a chart cannot be rendered, as a problem of the scan. */
import { join } from 'node:path'

import type { ChartError } from '@kubescape/helm'
import type { Problem } from '@kubescape/yaml'

import type { FoundSource } from '../rendered-sources.ts'

/** The problem of a chart, at the template that failed where there is one. */
export function problemOf(error: ChartError, { display }: FoundSource): Problem {
  // As for findings: the place in the template itself, whatever it called.
  const failure = error.chain.find((each) => each.path !== undefined)
  return {
    code: `charts/${error.stage}`,
    message: oneLine(error.message),
    hint: hintFor(error, display),
    file: failure?.path === undefined ? display : join(display, failure.path),
    ...(failure === undefined ? {} : { line: failure.line }),
    ...(failure?.column === undefined ? {} : { column: failure.column }),
  }
}

/** Several problems of a schema stand on lines of their own. */
function oneLine(message: string): string {
  const lines = message.split('\n').map((line) => line.trim())
  return lines.filter((line) => line !== '').join('; ')
}

function hintFor({ stage, isLimit }: ChartError, path: string): string {
  if (isLimit === true) return 'A limit of the scan was hit, and nothing of the chart was judged.'
  switch (stage) {
    case 'load':
      return 'Nothing of the chart was judged; correct it, or leave it out with --exclude-path.'
    case 'dependencies':
      return `Nothing is downloaded: put them into its charts directory with helm dependency build ${path}.`
    case 'kube':
      return 'Name another version with --kube-version.'
    case 'values':
      return 'Nothing of the chart was judged; check its values, and those of --values and --set.'
    default:
      return 'Nothing of the chart was judged; values that it demands are given with --values or --set.'
  }
}
