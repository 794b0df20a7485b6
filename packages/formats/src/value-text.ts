/** What of a chart's values has part in a finding, in words. */
import type { ChartValue, FileLine } from '@kubescape/results'

import type { LocatedFinding } from './evidence.ts'

/** Values that a text names. */
const MOST_NAMED = 3
const USES = ['change', 'set', 'part', 'condition'] as const
const VERBS: Readonly<Record<ChartValue['use'], string>> = {
  change: 'change',
  set: 'set',
  part: 'made from',
  condition: 'depends on',
}

/** The values that say most about a finding: those to change, else those to set, and so on; none without a chart. */
export function tellingValues(values: readonly ChartValue[]): readonly ChartValue[] {
  const use = USES.find((each) => values.some((value) => value.use === each))
  return values.filter((value) => value.use === use)
}

/** `change .Values.image.pullPolicy (web/values.yaml:12)`; empty without values. */
export function valueText({ values }: Pick<LocatedFinding, 'values'>): string {
  const telling = tellingValues(values)
  const [first] = telling
  if (first === undefined) return ''
  const named = telling.slice(0, MOST_NAMED).map((value) => {
    const where = lineText(value)
    return where === '' ? value.path : `${value.path} (${where})`
  })
  if (telling.length > named.length) named.push(`${telling.length - named.length} more`)
  return `${VERBS[first.use]} ${named.join(', ')}`
}

/** `written by web/templates/_helpers.tpl:7`: what the template called; empty where it wrote the field itself. */
export function callText({ calls }: Pick<LocatedFinding, 'calls'>): string {
  const innermost = calls.at(-1)
  return innermost === undefined ? '' : `written by ${lineText(innermost)}`
}

/** `values.yaml:12`, or the file alone where the line is not known. */
function lineText({ file, line }: FileLine): string {
  return line === 0 ? file : `${file}:${line}`
}
