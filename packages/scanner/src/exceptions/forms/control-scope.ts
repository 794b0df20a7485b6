/** From how people name controls to which controls these are. */
import type { Catalogue, ControlDeclaration } from '@kubescape/controls'

import { compileWildcards, type TextTest } from '../patterns/pattern.ts'
import type { PolicyScope } from '../rule.ts'

/** The controls that a name means. */
export interface ControlScope {
  readonly policies: readonly PolicyScope[]
  /** Some control answers to the name. */
  readonly isKnown: boolean
  /** The name has no wildcards. */
  readonly isExact: boolean
}

/** The controls of an id, a name or a number in a published document (`5.2.1`, `CIS-5.2.1`), in any case, with `*` as a wildcard. */
export function controlScope(name: string, known: Catalogue): ControlScope {
  const wanted = name.trim().toLowerCase()
  if (/^\*+$/.test(wanted)) return { policies: [{}], isKnown: true, isExact: false }
  const isExact = !wanted.includes('*')
  const test = compileWildcards(wanted, { ignoreCase: true })
  const testNumber = compileWildcards(wanted.replace(/^cis-/, ''))
  const ids = new Set([
    ...known.controls.filter((control) => test(control.id) || test(control.name)).map(({ id }) => id),
    ...(/^[\d*.]+$/.test(wanted.replace(/^cis-/, '')) ? numbered(testNumber, known) : []),
  ])
  const policies: PolicyScope[] = [{ control: (id) => ids.has(id) || test(id) }]
  return { policies, isKnown: ids.size > 0, isExact }
}

/** True when some control passes the test. */
export function isSomeControl(known: Catalogue, test: (control: ControlDeclaration) => boolean): boolean {
  return known.controls.some(test)
}

function numbered(test: TextTest, { frameworks }: Catalogue): string[] {
  return frameworks.flatMap(({ numbers = {} }) =>
    Object.entries(numbers)
      .filter(([, number]) => test(number))
      .map(([id]) => id),
  )
}
