/** The findings of the page, read from its elements once. */

/** A control as the page shows it. */
export interface ControlEntry {
  readonly element: HTMLDetailsElement
  readonly severity: string
  readonly status: string
  readonly frameworks: ReadonlySet<string>
  /** In lower case, for the search. */
  readonly text: string
  readonly verdicts: VerdictEntry[]
}

/** A resource as the page shows it. */
export interface ResourceEntry {
  readonly element: HTMLDetailsElement
  readonly namespace: string
  readonly kind: string
  readonly text: string
  readonly verdicts: VerdictEntry[]
}

/** One control on one resource: its notes there, and its line at the control. */
export interface VerdictEntry {
  readonly control: ControlEntry
  readonly resource: ResourceEntry
  readonly status: string
  readonly notes: HTMLElement[]
  line: HTMLElement | undefined
  /** Filled by the first search. */
  text: string | undefined
}

/** Controls, resources and verdicts. */
export class Findings {
  readonly controls: ControlEntry[] = []
  readonly resources: ResourceEntry[] = []
  readonly verdicts: VerdictEntry[] = []
  readonly groups: readonly HTMLElement[]

  constructor(page: Document) {
    const controls = new Map<string, ControlEntry>()
    for (const element of page.querySelectorAll<HTMLDetailsElement>('details.control')) {
      const { c = '', v = '', s = '', f = '' } = element.dataset
      const text = element.querySelector('.name')?.textContent.toLowerCase() ?? ''
      const frameworks = new Set(f.split(' '))
      const entry: ControlEntry = { element, severity: v, status: s, frameworks, text, verdicts: [] }
      controls.set(c, entry)
      this.controls.push(entry)
    }
    const known = new Map<string, VerdictEntry>()
    for (const element of page.querySelectorAll<HTMLDetailsElement>('details.resource')) {
      this.#readResource(element, controls, known)
    }
    for (const [c, { element }] of controls) {
      for (const line of element.querySelectorAll<HTMLElement>('li[data-r]')) {
        const verdict = known.get(`${line.dataset['r']}:${c}`)
        if (verdict !== undefined) verdict.line = line
      }
    }
    this.groups = [...page.querySelectorAll<HTMLElement>('details[data-group]')]
  }

  #readResource(
    element: HTMLDetailsElement,
    controls: ReadonlyMap<string, ControlEntry>,
    known: Map<string, VerdictEntry>,
  ): void {
    const { r = '', n = '', k = '' } = element.dataset
    const text = element.querySelector('summary')?.textContent.toLowerCase() ?? ''
    const resource: ResourceEntry = { element, namespace: n, kind: k, text, verdicts: [] }
    this.resources.push(resource)
    for (const note of element.querySelectorAll<HTMLElement>('.note')) {
      const { c = '', s = '' } = note.dataset
      const control = controls.get(c)
      if (control === undefined) continue
      const key = `${r}:${c}`
      let verdict = known.get(key)
      if (verdict === undefined) {
        verdict = { control, resource, status: s, notes: [], line: undefined, text: undefined }
        known.set(key, verdict)
        this.verdicts.push(verdict)
        resource.verdicts.push(verdict)
        control.verdicts.push(verdict)
      }
      verdict.notes.push(note)
    }
  }
}

/** What a search looks at: the resource, the control, and everything noted. */
export function textOf(verdict: VerdictEntry): string {
  verdict.text ??= [
    verdict.resource.text,
    verdict.control.text,
    ...verdict.notes.map((note) => note.textContent.toLowerCase()),
  ].join('\n')
  return verdict.text
}
