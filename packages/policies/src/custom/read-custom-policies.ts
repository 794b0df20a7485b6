/** Controls and frameworks of users, from files that they name. */
import { BUILT_IN, extendCatalogue, type Catalogue, type Framework, type OwnInput } from '@kubescape/controls'
import { asMap } from '@kubescape/resources'

import { readCelControls } from '../cel/read-cel-controls.ts'
import { readDocuments, type PolicyDocument } from '../documents.ts'
import { Fields } from '../fields.ts'
import { checkInputs } from '../metadata.ts'
import type { PolicyOptions } from '../policy-options.ts'
import { NO_POLICIES, type PolicyFile, type PolicySet, type PolicySource } from '../policy-set.ts'
import { Problems, shown } from '../problems.ts'
import { Gatherings } from '../rule/whole-objects.ts'
import { sourceOf } from '../sources.ts'
import { CUSTOM_RULES, isFramework, readFrameworks } from './frameworks.ts'
import { readRegoControl, unreadableControl, type ReadControl } from './rego-control.ts'
import { sortRegoFiles } from './rego-files.ts'

/** How policies of users are read. */
export interface CustomOptions extends PolicyOptions {
  /** What they stand beside; by default what comes with the program. */
  readonly beside?: Catalogue
}

/**
 * Reads controls in Rego (`.rego`), their headers in YAML beside them, and frameworks (YAML or JSON). Files with anything else are left
 * alone: they may be examples. All controls are in the framework `custom-rules`, besides those that their headers name. Never throws.
 */
export function readCustomPolicies(files: readonly PolicyFile[], options: CustomOptions = {}): PolicySet {
  const { beside = BUILT_IN } = options
  const problems = new Problems()
  const sources: PolicySource[] = []
  const documents = files
    .filter(({ path }) => /\.(?:ya?ml|json)$/i.test(path))
    .flatMap((file) => readDocuments(file, problems))
  const byFile = new Map(files.map((file) => [file.path, file]))
  const note = (path: string, kind: PolicySource['kind']): void => {
    const file = byFile.get(path)
    if (file !== undefined && !sources.some((source) => source.path === path)) sources.push(sourceOf(file, kind))
  }
  const sidecars = sidecarsOf(documents, byFile)
  const rego = sortRegoFiles(
    files.filter(({ path }) => path.endsWith('.rego')),
    (path) => sidecars.has(path),
  )
  for (const { path } of [...rego.controls, ...rego.libraries, ...rego.broken]) note(path, 'rego')
  const workshop = { libraries: rego.libraries, gatherings: new Gatherings(), options, problems }
  const celControls = readCelControls(documents, { gatherings: workshop.gatherings, beside, problems })
  for (const { file } of celControls) note(file, 'cel')
  const read = [
    ...rego.controls.flatMap((file) => {
      const sidecar = sidecars.get(file.path)
      if (sidecar !== undefined) note(sidecar.file, 'control')
      return readRegoControl(file, sidecar === undefined ? undefined : fieldsOf(sidecar, problems), workshop)
    }),
    ...celControls,
    ...rego.broken.map(unreadableControl),
  ]
  const kept = distinct(read, beside, problems)
  const controls = kept.map(({ control }) => control).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const known = extendCatalogue(beside, { controls, frameworks: [] })
  const lists = documents.filter(({ value }) => isFramework(value))
  const frameworks = readFrameworks(lists, known, problems)
  for (const { file } of lists) note(file, 'framework')
  return {
    ...NO_POLICIES,
    controls,
    frameworks: [...withMembers(frameworks, kept, beside), ...customRules(controls.map(({ id }) => id))],
    problems: problems.list,
    sources,
    ownInputs: ownInputsOf(kept),
  }
}

/** Headers in files of their own, by the file of Rego that stands beside them with the same name. */
function sidecarsOf(
  documents: readonly PolicyDocument[],
  files: ReadonlyMap<string, PolicyFile>,
): Map<string, PolicyDocument> {
  const sidecars = new Map<string, PolicyDocument>()
  for (const document of documents) {
    const path = document.file.replace(/\.(?:ya?ml|json)$/i, '.rego')
    const map = asMap(document.value)
    const isOurs = map !== undefined && map['apiVersion'] === undefined && (map['kind'] ?? 'Control') === 'Control'
    if (isOurs && files.has(path) && !isFramework(document.value)) sidecars.set(path, document)
  }
  return sidecars
}

function fieldsOf({ value, placeOf }: PolicyDocument, problems: Problems): Fields {
  return new Fields(asMap(value) ?? {}, problems, placeOf)
}

/** The controls whose ids are their own. */
function distinct(read: readonly ReadControl[], beside: Catalogue, problems: Problems): ReadControl[] {
  const builtIn = new Set(beside.controls.map(({ id }) => id.toLowerCase()))
  const taken = new Map<string, string>()
  return read.filter(({ control: { id }, header, file }) => {
    const key = id.toLowerCase()
    const other = taken.get(key)
    if (other !== undefined) {
      problems.note('duplicate-id', `${shown(id)} is the id of ${other} too`, 'Give each control an id of its own.', {
        file,
      })
      return false
    }
    if (builtIn.has(key) && !header.replaces) {
      const hint = 'Give it an id of its own, or say replaces: true.'
      problems.note('duplicate-id', `${shown(id)} is the id of a built-in control`, hint, { file })
      return false
    }
    taken.set(key, file)
    return true
  })
}

/** Frameworks with the controls whose headers name them; those that nobody declares are made of such controls alone. */
function withMembers(frameworks: readonly Framework[], read: readonly ReadControl[], beside: Catalogue): Framework[] {
  const byName = new Map(frameworks.map((framework) => [framework.name.toLowerCase(), framework]))
  for (const { control, header } of read) {
    for (const written of header.frameworks) {
      const key = written.trim().toLowerCase()
      if (key === '' || key === CUSTOM_RULES) continue
      const builtIn = beside.frameworks.find(({ name, aliases }) =>
        [name, ...aliases].some((each) => each.toLowerCase() === key),
      )
      const name = builtIn?.name ?? written.trim()
      const known = byName.get(key)
      const { controls = [] } = known ?? {}
      byName.set(key, {
        name,
        aliases: [],
        scope: builtIn?.scope ?? [],
        ...known,
        controls: [...new Set([...controls, control.id])],
      })
    }
  }
  return [...byName.values()]
}

function customRules(controls: readonly string[]): Framework[] {
  return controls.length === 0 ? [] : [{ name: CUSTOM_RULES, aliases: [], scope: [], controls }]
}

function ownInputsOf(read: readonly ReadControl[]): OwnInput[] {
  const all = read.flatMap(({ header }) => checkInputs(header.inputs).ownInputs ?? [])
  return [...new Map(all.map((input) => [input.name, input])).values()]
}
