/** Frameworks of users: YAML or JSON with a name and the ids of controls. */
import type { Catalogue, ControlDeclaration, Framework } from '@kubescape/controls'
import { asMap, asText, type Value } from '@kubescape/resources'

import type { PolicyDocument } from '../documents.ts'
import { Fields } from '../fields.ts'
import { shown, suggestion, type Place, type Problems } from '../problems.ts'

/** The framework in which all controls of users are. */
export const CUSTOM_RULES = 'custom-rules'

/** True for a document that is a framework: it says so, or it has a name and a list of controls and is no object of Kubernetes. */
export function isFramework(value: Value): boolean {
  const map = asMap(value)
  if (map === undefined || map['apiVersion'] !== undefined) return false
  if (map['kind'] !== undefined) return map['kind'] === 'Framework'
  return map['name'] !== undefined && (Array.isArray(map['controls']) || Array.isArray(map['sections']))
}

/** A control of a list, and where it is named. */
interface Listed {
  readonly id: string
  readonly number: string
  readonly place: Place
}

/** Reads frameworks against the controls that there are. Ids that nobody knows are problems; a framework without controls is none. */
export function readFrameworks(
  documents: readonly PolicyDocument[],
  known: Catalogue,
  problems: Problems,
): Framework[] {
  const frameworks: Framework[] = []
  const taken = new Set([CUSTOM_RULES, ...known.frameworks.map(({ name }) => name.toLowerCase())])
  for (const document of documents) {
    const map = asMap(document.value)
    if (map === undefined) continue
    const fields = new Fields(map, problems, document.placeOf)
    const name = fields.text('name')
    if (name === '' || taken.has(name.toLowerCase())) {
      const message = name === '' ? 'a framework has no name' : `there is a framework ${shown(name)} already`
      problems.note('duplicate-framework', message, 'Give it a name of its own.', document.placeOf('name'))
      continue
    }
    const framework = readFramework(name, fields, document, known.controls, problems)
    if (framework === undefined) continue
    taken.add(name.toLowerCase())
    frameworks.push(framework)
  }
  return frameworks
}

function readFramework(
  name: string,
  fields: Fields,
  { placeOf }: PolicyDocument,
  known: readonly ControlDeclaration[],
  problems: Problems,
): Framework | undefined {
  const sections = new Map<string, string>()
  const listed = listIn(fields.value('controls'), 'controls', '', placeOf)
  for (const [at, section] of fields.maps('sections').entries()) {
    const number = section.text('number') || String(at + 1)
    sections.set(number, section.text('name', 'title'))
    const members = listIn(section.value('controls'), `sections[${at}].controls`, number, placeOf)
    for (const member of members) listed.push(member)
  }
  const byId = new Map(known.map(({ id }) => [id.toLowerCase(), id]))
  const controls: string[] = []
  const numbers = new Map<string, string>()
  for (const { id: written, number, place } of listed) {
    const id = byId.get(written.toLowerCase())
    if (id === undefined) {
      const hint = suggestion(written, byId.values(), '`kubescape list controls` shows all that there are.')
      problems.note(
        'unknown-control',
        `the framework ${shown(name)} lists ${shown(written)}, which is no control`,
        hint,
        place,
      )
      continue
    }
    if (!controls.includes(id)) controls.push(id)
    if (number !== '') numbers.set(id, number)
  }
  if (controls.length === 0) {
    problems.note(
      'empty-framework',
      `the framework ${shown(name)} has no controls`,
      'List ids in controls.',
      placeOf(''),
    )
    return undefined
  }
  const version = fields.text('version')
  return {
    name,
    aliases: [],
    ...(version === '' ? {} : { version }),
    scope: [],
    controls,
    ...(numbers.size === 0 ? {} : { numbers: Object.fromEntries(numbers) }),
    ...(sections.size === 0 ? {} : { sections: Object.fromEntries(sections) }),
  }
}

/** Ids, or mappings with an id and a number. In a section they are numbered through where they have no number. */
function listIn(list: Value | undefined, path: string, section: string, placeOf: (path: string) => Place): Listed[] {
  if (!Array.isArray(list)) return []
  return list.map((item, at) => {
    const map = asMap(item)
    const id = asText(map === undefined ? item : (map['id'] ?? map['controlID'])) ?? ''
    const number = asText(map?.['number']) ?? (section === '' ? '' : `${section}.${at + 1}`)
    return { id: id.trim(), number, place: placeOf(`${path}[${at}]`) }
  })
}
