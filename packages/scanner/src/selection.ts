/** Which controls a scan runs: names and ids from people, made into declarations. */
import { BUILT_IN, type Catalogue, type ControlDeclaration, type Framework } from '@kubescape/controls'

import { nearest } from './nearest.ts'

/** What was asked for. Names and ids are compared without regard to case. */
export interface SelectionRequest {
  /** Framework names; `all` is every framework and every control. */
  readonly frameworks?: readonly string[]
  /** Control ids, names or section numbers. */
  readonly controls?: readonly string[]
  /** Only these run. */
  readonly include?: readonly string[]
  /** These do not run. */
  readonly exclude?: readonly string[]
}

/** Controls to run, with the frameworks that asked for them. */
export interface Selection {
  readonly frameworks: readonly Framework[]
  /** In the order of their ids. */
  readonly controls: readonly ControlDeclaration[]
  /** True when controls were named one by one: then scope never leaves one out. */
  readonly named: boolean
}

/** A request that names something that does not exist, or that leaves nothing to run. */
export class SelectionError extends Error {
  override readonly name = 'SelectionError'
  readonly hint: string

  constructor(message: string, hint: string) {
    super(message)
    this.hint = hint
  }
}

/**
 * Resolves a request against what there is.
 * @throws {SelectionError} for unknown names and ids, with the nearest ones that exist, and when nothing is left to run
 */
export function selectControls(request: SelectionRequest, known: Catalogue = BUILT_IN): Selection {
  const frameworks = findFrameworks(request.frameworks ?? [], known)
  const named = (request.controls ?? []).length > 0
  const ids = new Set(frameworks.flatMap((framework) => framework.controls))
  for (const control of findControls(request.controls ?? [], frameworks, known)) ids.add(control)
  if (frameworks.length === 0 && !named) for (const control of known.controls) ids.add(control.id)

  const include = findControls(request.include ?? [], frameworks, known)
  const exclude = findControls(request.exclude ?? [], frameworks, known)
  const selected = new Set([...ids].filter((id) => (include.size === 0 || include.has(id)) && !exclude.has(id)))
  if (selected.size === 0) {
    throw new SelectionError(
      'no control is left to run',
      'The included and excluded controls leave nothing of what was asked for; change --include-controls, --exclude-controls or --skip-controls.',
    )
  }
  return { frameworks, controls: known.controls.filter(({ id }) => selected.has(id)), named }
}

function findFrameworks(names: readonly string[], known: Catalogue): Framework[] {
  const found = new Set<Framework>()
  for (const name of names) {
    const wanted = name.trim().toLowerCase()
    if (wanted === 'all') {
      for (const framework of known.frameworks) found.add(framework)
      continue
    }
    const framework = known.frameworks.find(({ name: own, aliases }) =>
      [own, ...aliases].some((each) => each.toLowerCase() === wanted),
    )
    if (framework === undefined)
      throw unknown(
        'framework',
        name,
        known.frameworks.map((each) => each.name),
      )
    found.add(framework)
  }
  return [...found]
}

/**
 * Ids of the controls with these ids, names or section numbers. A number such as `1.2.7` or `CIS-1.2.7` is looked up in the
 * frameworks that were asked for, otherwise in all of them; a name or number that several controls have stands for all.
 */
function findControls(names: readonly string[], frameworks: readonly Framework[], known: Catalogue): Set<string> {
  const ids = new Set<string>()
  for (const name of names) {
    const wanted = name.trim().toLowerCase()
    const found = known.controls.filter(
      (each) => each.id.toLowerCase() === wanted || each.name.toLowerCase() === wanted,
    )
    for (const { id } of found) ids.add(id)
    if (found.length > 0) continue
    const numbered = numberedAs(wanted, frameworks.length > 0 ? frameworks : known.frameworks)
    for (const id of numbered) ids.add(id)
    if (numbered.length === 0)
      throw unknown(
        'control',
        name,
        known.controls.flatMap((each) => [each.id, each.name]),
      )
  }
  return ids
}

function numberedAs(wanted: string, frameworks: readonly Framework[]): string[] {
  const number = /^(?:cis-)?(\d+(?:\.\d+)+)$/.exec(wanted)?.[1]
  if (number === undefined) return []
  return frameworks.flatMap(({ numbers = {} }) => Object.keys(numbers).filter((id) => numbers[id] === number))
}

function unknown(what: string, name: string, known: readonly string[]): SelectionError {
  if (name.trim() === '')
    return new SelectionError(`an empty ${what} name`, `Remove the extra comma, or name a ${what}.`)
  const near = nearest(name, known)
  const suggestion = near.length === 0 ? '' : `Did you mean ${near.map((each) => `"${each}"`).join(' or ')}? `
  return new SelectionError(
    `unknown ${what} "${name}"`,
    `${suggestion}\`kubescape list ${what}s\` shows all that there are.`,
  )
}
