/** Filters and search: what does not match is hidden, and the number of what is left is told. */
import { byId } from './element.ts'
import { textOf, type ControlEntry, type Findings, type VerdictEntry } from './findings.ts'

const WAIT_MS = 120

interface Wanted {
  readonly words: readonly string[]
  readonly framework: string
  /** Undefined for all: an empty text is the namespace of what lives in none. */
  readonly namespace: string | undefined
  readonly kind: string | undefined
  readonly severities: ReadonlySet<string>
  readonly statuses: ReadonlySet<string>
}

/** Brings the filters to life; gives what takes them back. */
export function offerFilters(page: Document, findings: Findings): () => void {
  const form = byId(page, 'filters', HTMLFormElement)
  fillChoices(page, findings)
  const apply = (): void => show(page, findings, readForm(page, form))
  let waiting: ReturnType<typeof setTimeout> | undefined
  form.addEventListener('input', (event) => {
    clearTimeout(waiting)
    if (event.target instanceof HTMLInputElement && event.target.type === 'search') waiting = setTimeout(apply, WAIT_MS)
    else apply()
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    clearTimeout(waiting)
    apply()
  })
  // The values are the old ones until the event has run its course, which is after all microtasks.
  form.addEventListener('reset', () => setTimeout(apply))
  form.hidden = false
  apply()
  return () => {
    form.reset()
    apply()
  }
}

function fillChoices(page: Document, { resources }: Findings): void {
  const frameworks = [...page.querySelectorAll('[data-framework]')].map((row): [string, string] => [
    row.getAttribute('data-framework') ?? '',
    row.textContent,
  ])
  addOptions(byId(page, 'framework', HTMLSelectElement), frameworks)
  addOptions(
    byId(page, 'namespace', HTMLSelectElement),
    named(
      resources.map((each) => each.namespace),
      '(no namespace)',
    ),
  )
  addOptions(
    byId(page, 'kind', HTMLSelectElement),
    named(
      resources.map((each) => each.kind),
      '(no kind)',
    ),
  )
}

function named(values: readonly string[], none: string): [string, string][] {
  return [...new Set(values)]
    .toSorted((a, b) => a.localeCompare(b))
    .map((name) => [`=${name}`, name === '' ? none : name])
}

function addOptions(select: HTMLSelectElement, entries: readonly (readonly [string, string])[]): void {
  for (const [value, label] of entries) select.add(new Option(label, value))
}

function readForm(page: Document, form: HTMLFormElement): Wanted {
  const chosen = (id: string): string => byId(page, id, HTMLSelectElement).value
  const exact = (id: string): string | undefined => (chosen(id) === '' ? undefined : chosen(id).slice(1))
  const checked = (name: string): ReadonlySet<string> =>
    new Set([...form.querySelectorAll<HTMLInputElement>(`input[name="${name}"]:checked`)].map(({ value }) => value))
  return {
    words: byId(page, 'find', HTMLInputElement).value.toLowerCase().split(/\s+/).filter(Boolean),
    framework: chosen('framework'),
    namespace: exact('namespace'),
    kind: exact('kind'),
    severities: checked('severity'),
    statuses: checked('status'),
  }
}

function show(page: Document, findings: Findings, wanted: Wanted): void {
  const { controls, resources, verdicts, groups } = findings
  const kept = new Set(verdicts.filter((verdict) => isWanted(verdict, wanted)))
  let [shownControls, shownResources] = [0, 0]
  for (const verdict of verdicts) {
    const isHidden = !kept.has(verdict)
    for (const note of verdict.notes) hide(note, isHidden)
    if (verdict.line !== undefined) hide(verdict.line, isHidden)
  }
  for (const resource of resources) {
    const isShown = resource.verdicts.some((verdict) => kept.has(verdict))
    hide(resource.element, !isShown)
    if (!isShown) continue
    shownResources++
    for (const stretch of resource.element.querySelectorAll<HTMLElement>('.stretch')) {
      hide(stretch, stretch.querySelector('.note:not([hidden])') === null)
    }
  }
  for (const control of controls) {
    const isShown = isControlWanted(
      control,
      wanted,
      control.verdicts.some((verdict) => kept.has(verdict)),
    )
    hide(control.element, !isShown)
    if (isShown) shownControls++
  }
  for (const group of groups) hide(group, group.querySelector('.control:not([hidden])') === null)
  const told = `${part(kept.size, verdicts.length, 'finding')}, ${part(shownResources, resources.length, 'resource')}, ${part(shownControls, controls.length, 'control')}`
  const output = byId(page, 'count', HTMLOutputElement)
  if (output.textContent !== told) output.textContent = told
}

function isWanted(verdict: VerdictEntry, wanted: Wanted): boolean {
  const { control, resource, status } = verdict
  if (!wanted.statuses.has(status) || !wanted.severities.has(control.severity)) return false
  if (wanted.framework !== '' && !control.frameworks.has(wanted.framework)) return false
  if (wanted.namespace !== undefined && wanted.namespace !== resource.namespace) return false
  if (wanted.kind !== undefined && wanted.kind !== resource.kind) return false
  return wanted.words.every((word) => textOf(verdict).includes(word))
}

/** A control without findings is judged by itself, unless resources of some sort are wanted. */
function isControlWanted(control: ControlEntry, wanted: Wanted, hasFindings: boolean): boolean {
  if (hasFindings) return true
  if (wanted.namespace !== undefined || wanted.kind !== undefined) return false
  if (!wanted.statuses.has(control.status) || !wanted.severities.has(control.severity)) return false
  if (wanted.framework !== '' && !control.frameworks.has(wanted.framework)) return false
  return wanted.words.every((word) => control.text.includes(word))
}

function part(amount: number, all: number, noun: string): string {
  const plural = all === 1 ? noun : `${noun}s`
  return amount === all
    ? `${all.toLocaleString('en')} ${plural}`
    : `${amount.toLocaleString('en')} of ${all.toLocaleString('en')} ${plural}`
}

/** Touches only what changes: each change costs a layout. */
function hide(element: HTMLElement, isHidden: boolean): void {
  if (element.hidden !== isHidden) element.hidden = isHidden
}
