/** Collects what is wrong with policy files. */
import { editDistance } from '@kubescape/resources'

import type { PolicyProblem } from './policy-set.ts'

/** A place in a file; line and column from 1. */
export interface Place {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/** Problems in the order in which they are found. Of hostile files only so many are kept. */
export class Problems {
  readonly list: PolicyProblem[] = []

  /** Notes a problem; `code` is the part after `policy/`. */
  note(code: string, message: string, hint: string, { file, line, column }: Place): void {
    if (this.list.length >= MOST) return
    this.list.push({
      code: `policy/${code}`,
      message,
      hint,
      file,
      ...(line === undefined ? {} : { line }),
      ...(column === undefined ? {} : { column }),
    })
  }
}

const MOST = 1000
const LONGEST_NAME = 100

/** The known name that somebody may have meant; undefined when none is near. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  if (name.length > LONGEST_NAME) return undefined
  const wanted = name.toLowerCase()
  let best: string | undefined
  let least = Math.max(1, Math.floor(name.length / 4)) + 1
  for (const each of known) {
    if (Math.abs(each.length - name.length) >= least) continue
    const distance = editDistance(wanted, each.toLowerCase())
    if (distance < least) [best, least] = [each, distance]
  }
  return best
}

/** `Did you mean X?`, or what else to do. */
export function suggestion(name: string, known: Iterable<string>, otherwise: string): string {
  const near = nearestName(name, known)
  return near === undefined ? otherwise : `Did you mean ${near}?`
}

/** A text of a stranger in a message: quoted, and not too long. */
export function shown(text: string): string {
  return JSON.stringify(text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}...` : text)
}
