/** The header of a control of a user: what it is called, what it is about, how bad it is. */
import { CATEGORIES, isInputName, type Category, type Check, type OwnInput, type Scope } from '@kubescape/controls'
import type { Match } from '@kubescape/resources'

import type { Fields } from './fields.ts'
import { ANYTHING, readMatches } from './policy-match.ts'
import { nearestName, shown, suggestion } from './problems.ts'

/** What the rules of a control see as `input`: one object, or the list of all that match. */
type RuleInput = 'object' | 'list'

/** A header as it was read. Texts that were not written are empty. */
export interface PolicyHeader {
  readonly id: string
  readonly name: string
  readonly baseScore: number
  readonly category?: Category
  readonly scope: readonly Scope[]
  readonly match: readonly Match[]
  readonly inputs: readonly OwnInput[]
  readonly why: string
  readonly repair: string
  readonly frameworks: readonly string[]
  readonly actionRequired?: 'configuration' | 'requires review' | 'manual review'
  /** Undefined where it follows from the package. */
  readonly input?: RuleInput
  /** It takes the place of the built-in control with its id. */
  readonly replaces: boolean
  /** It cannot be told what the control is about, or how it is asked. */
  readonly isUnusable?: true
}

/** The least base score of each severity. */
const BASE_SCORES: ReadonlyMap<string, number> = new Map([
  ['critical', 9],
  ['high', 7],
  ['medium', 4],
  ['low', 1],
  ['unknown', 0],
])
const SCOPES: readonly Scope[] = ['cluster', 'file', 'cloud', 'AKS', 'EKS', 'GKE']
const ACTIONS = ['configuration', 'requires review', 'manual review'] as const
const INPUTS: readonly RuleInput[] = ['object', 'list']
const ID = /^[A-Za-z][\w.-]{0,99}$/

const NAMES = [
  'kind',
  'id',
  'name',
  'title',
  'severity',
  'baseScore',
  'category',
  'scope',
  'match',
  'inputs',
  'description',
  'why',
  'remediation',
  'repair',
  'frameworks',
  'actionRequired',
  'input',
  'replaces',
]

/** Reads a header. What is wrong in it is a problem; without what it should have said the control may be unusable. */
export function readHeader(fields: Fields): PolicyHeader {
  noteTypos(fields)
  const id = fields.text('id')
  const isId = id === '' || ID.test(id)
  if (!isId)
    fields.wrong(['id'], `is ${shown(id)}, which is no id`, 'Use letters, digits, dots, dashes and underscores.')
  const category = categoryOf(fields)
  const actionRequired = ACTIONS.find((action) => action === fields.text('actionRequired'))
  const written = fields.text('input')
  const input = INPUTS.find((each) => each === written)
  if (written !== '' && input === undefined) fields.wrong(['input'], `is ${shown(written)}`, 'Write object, or list.')
  const match = matchOf(fields)
  const isUnusable = !isId || match.length === 0 || (written !== '' && input === undefined)
  return {
    id: isId ? id : '',
    name: fields.text('name', 'title'),
    baseScore: baseScoreOf(fields),
    ...(category === undefined ? {} : { category }),
    scope: scopeOf(fields),
    match,
    inputs: fields.maps('inputs').flatMap(readInput),
    why: fields.text('description', 'why'),
    repair: fields.text('remediation', 'repair'),
    frameworks: fields.texts('frameworks'),
    ...(actionRequired === undefined ? {} : { actionRequired }),
    ...(input === undefined ? {} : { input }),
    replaces: fields.isTrue('replaces'),
    ...(isUnusable ? { isUnusable } : {}),
  }
}

/** What the control is about; nothing where that cannot be told. */
function matchOf(fields: Fields): readonly Match[] {
  const written = fields.value('match')
  if (written === undefined) return ANYTHING
  if (Array.isArray(written) && written.length === 0) {
    fields.wrong(['match'], 'selects nothing', 'Leave it out for every object, or name kinds.')
  }
  return readMatches(fields.maps('match'))
}

/** Other tools keep fields of their own in metadata; only what looks like one of ours is a problem. */
function noteTypos(fields: Fields): void {
  for (const name of Object.keys(fields.map)) {
    if (NAMES.includes(name)) continue
    const near = nearestName(name, NAMES)
    if (near !== undefined) fields.wrong([name], 'is not known', `Did you mean ${near}?`)
  }
}

function categoryOf(fields: Fields): Category | undefined {
  const written = fields.text('category')
  if (written === '') return undefined
  const names = Object.keys(CATEGORIES) as Category[]
  const category = names.find((name) => name.toLowerCase() === written.toLowerCase())
  if (category === undefined)
    fields.wrong(['category'], `is ${shown(written)}, which is none`, `Use one of ${names.join(', ')}.`)
  return category
}

function scopeOf(fields: Fields): Scope[] {
  return fields.texts('scope').flatMap((written) => {
    const scope = SCOPES.find((each) => each.toLowerCase() === written.toLowerCase())
    if (scope !== undefined) return scope
    fields.wrong(['scope'], `names ${shown(written)}, which is none`, `Use some of ${SCOPES.join(', ')}.`)
    return []
  })
}

function baseScoreOf(fields: Fields): number {
  const score = fields.number('baseScore')
  if (score !== undefined) {
    if (score >= 0 && score <= 10) return score
    fields.wrong(['baseScore'], 'must lie between 0 and 10')
  }
  const severity = fields.text('severity')
  const least = BASE_SCORES.get(severity.toLowerCase())
  if (least !== undefined) return least
  if (severity !== '') {
    const known = ['Critical', 'High', 'Medium', 'Low', 'Unknown']
    fields.wrong(['severity'], `is ${shown(severity)}`, suggestion(severity, known, `Use one of ${known.join(', ')}.`))
  }
  return 0
}

function readInput(fields: Fields): OwnInput[] {
  const name = fields.text('name')
  if (!/^\w{1,100}$/.test(name)) {
    fields.wrong(['name'], `is ${shown(name)}, which is no name of an input`, 'Use letters, digits and underscores.')
    return []
  }
  return [{ name, about: fields.text('description'), defaults: fields.texts('default', 'defaults') }]
}

/** The inputs as checks declare them: built-in ones by name, others with all that is said of them. */
export function checkInputs(inputs: readonly OwnInput[]): Pick<Check, 'inputs' | 'ownInputs'> {
  return {
    inputs: inputs.map(({ name }) => name).filter(isInputName),
    ownInputs: inputs.filter(({ name }) => !isInputName(name)),
  }
}
