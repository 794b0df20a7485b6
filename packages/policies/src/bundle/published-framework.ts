/** Frameworks as published files describe them. */
import type { Framework } from '@kubescape/controls'

import type { Fields } from '../fields.ts'
import { scopesOf } from './published-control.ts'

/** A framework, before it is known which of its controls there are. */
export interface BundleFramework {
  readonly framework: Framework
  readonly file: string
}

/** Sections in sections are told, but not without end. */
const DEEPEST = 8
const NUMBER = /^(?:CIS-)?(\d+(?:\.\d+)+)\b/i

/** Reads a framework; `embedded` are the ids and names of the controls that stand in it. */
export function readFramework(
  fields: Fields,
  file: string,
  embedded: readonly { readonly id: string; readonly name: string }[],
): BundleFramework {
  const name = fields.text('name')
  const version = fields.text('version')
  const ids = embedded.length > 0 ? embedded.map(({ id }) => id) : fields.texts('controlsIDs', 'controlsNames')
  const numbers = Object.fromEntries(
    embedded.flatMap(({ id, name: title }) => {
      const number = NUMBER.exec(title)?.[1]
      return number === undefined ? [] : [[id, number] as const]
    }),
  )
  const sections: Record<string, string> = {}
  collectSections(fields.below('subSections'), '', sections, 0)
  return {
    file,
    framework: {
      name,
      aliases: [],
      ...(version === '' ? {} : { version }),
      scope: scopesOf(fields),
      controls: [...new Set(ids)],
      ...(Object.keys(numbers).length === 0 ? {} : { numbers }),
      ...(Object.keys(sections).length === 0 ? {} : { sections }),
    },
  }
}

/** `{"1": {name, subSections: {"2": {...}}}}`: titles by `1`, `1.2`. */
function collectSections(
  list: Fields | undefined,
  above: string,
  sections: Record<string, string>,
  depth: number,
): void {
  if (list === undefined || depth > DEEPEST) return
  for (const key of Object.keys(list.map)) {
    const section = list.below(key)
    if (section === undefined || !/^[\d.]+$/.test(key)) continue
    const number = above === '' || key.startsWith(`${above}.`) ? key : `${above}.${key}`
    const name = section.text('name')
    if (name !== '') sections[number] = name
    collectSections(section.below('subSections'), number, sections, depth + 1)
  }
}
