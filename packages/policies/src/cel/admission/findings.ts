/** From the fields that an expression found wanting to findings. */
import { missing, removal, replacement, wrong, type Finding } from '@kubescape/controls'

import type { Fault, Step } from '../explain.ts'
import { Double, Uint, type Value } from '../values/value.ts'

/** A finding for each field; several violations may be about the same one. */
export function findingsOf(faults: readonly Fault[]): readonly Finding[] {
  const findings = new Map<string, Finding>()
  for (const { path, isMissing, wanted, isUnwanted } of faults) {
    const text = pathText(path)
    const value = valueText(wanted)
    const known = findings.get(text)
    if (known !== undefined && (known.fix !== undefined || value === undefined)) continue
    if (isMissing) findings.set(text, missing(text, value ?? 'YOUR_VALUE'))
    else if (value !== undefined) findings.set(text, replacement(text, value))
    else findings.set(text, isUnwanted ? removal(text) : wrong(text))
  }
  return [...findings.values()]
}

/** A path as people write it: `metadata.labels[app.kubernetes.io/name]`. */
function pathText(path: readonly Step[]): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else if (step !== '' && !/[.[\]'"]/.test(step)) text += text === '' ? step : `.${step}`
    else if (step !== '' && !/[\]'"]/.test(step)) text += `[${step}]`
    else text += `["${step.replaceAll(/["\\]/g, String.raw`\$&`)}"]`
  }
  return text
}

/** A value that a field should have, as text; undefined where it is no scalar. */
function valueText(value: Value | undefined): string | undefined {
  if (value instanceof Double || value instanceof Uint) return String(value.value)
  if (value === undefined || value === null || typeof value === 'object') return undefined
  return String(value)
}
