/** One finding in words: the field, what is there, what should be. */
import type { Finding, Scalar } from '@kubescape/results'

import type { LocatedFinding } from '../evidence.ts'
import { visible } from '../visible.ts'
import { truncate } from './wrap.ts'

const LONGEST_VALUE = 80

/** The path of a finding and a phrase about it, such as `not set → set to true`. */
export function describeFinding({ finding, present, exact, path }: LocatedFinding): { path: string; phrase: string } {
  const parts = [presentText(finding, present, exact), wantedText(finding)]
  return { path: visible(path === '' ? finding.path : path), phrase: parts.filter((part) => part !== '').join(' → ') }
}

function presentText({ role }: Finding, present: Scalar | undefined, exact: boolean): string {
  if (present !== undefined) return valueText(present)
  return role === 'missing' && !exact ? 'not set' : ''
}

function valueText(value: Scalar): string {
  return typeof value === 'string' && !/^X+$/.test(value) ? `"${clip(value)}"` : clip(String(value))
}

function wantedText({ role, path, fix }: Finding): string {
  if (fix === undefined) return role === 'review' ? 'review it' : role === 'failed' ? 'change it' : 'set it'
  const where = fix.path === path || fix.path === '' ? '' : `${visible(fix.path)} `
  if (fix.action === 'remove') return where === '' ? 'remove it' : `remove ${where.trimEnd()}`
  if (/^YOUR_|^<.*>$/.test(fix.value)) return where === '' ? 'choose a value' : `choose a value for ${where.trimEnd()}`
  return where === '' ? `set to ${clip(fix.value)}` : `set ${where}to ${clip(fix.value)}`
}

function clip(text: string): string {
  return truncate(visible(text.slice(0, LONGEST_VALUE * 4)), LONGEST_VALUE)
}
