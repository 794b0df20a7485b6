/** What there is to choose from: the built-in controls and frameworks, and those that policies of users add. */
import type { ControlDeclaration } from './control.ts'
import type { Framework } from './framework.ts'
import { FRAMEWORKS } from './frameworks/index.ts'
import { LIBRARY } from './library/index.ts'

/** Controls, and the frameworks that list them. */
export interface Catalogue {
  /** In the order of their ids. */
  readonly controls: readonly ControlDeclaration[]
  readonly frameworks: readonly Framework[]
}

/** What comes with the program. */
export const BUILT_IN: Catalogue = { controls: LIBRARY, frameworks: FRAMEWORKS }

/**
 * A catalogue with more in it. A control takes the place of one with the same id; a framework with the name of one that is there adds
 * its controls to that.
 */
export function extendCatalogue(base: Catalogue, more: Catalogue): Catalogue {
  if (more.controls.length === 0 && more.frameworks.length === 0) return base
  const byId = new Map([...base.controls, ...more.controls].map((control) => [control.id, control]))
  const frameworks = [...base.frameworks]
  for (const framework of more.frameworks) {
    const at = frameworks.findIndex(({ name }) => name.toLowerCase() === framework.name.toLowerCase())
    const known = frameworks[at]
    if (known === undefined) frameworks.push(framework)
    else frameworks[at] = { ...known, controls: [...new Set([...known.controls, ...framework.controls])] }
  }
  return { controls: [...byId.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)), frameworks }
}
