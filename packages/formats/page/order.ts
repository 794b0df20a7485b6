/** The order of resources, and their grouping by namespace, kind or file. */
import { byId } from './element.ts'

const KEYS: Readonly<Record<string, string>> = { namespace: 'n', kind: 'k', file: 'p' }

/** Lets the reader choose the order. */
export function offerOrder(page: Document): void {
  const list = byId(page, 'entries', HTMLElement)
  const select = byId(page, 'order', HTMLSelectElement)
  const entries = [...list.querySelectorAll<HTMLDetailsElement>(':scope > details.resource')]
  select.addEventListener('change', () => {
    for (const heading of list.querySelectorAll('.group-name')) heading.remove()
    list.append(...arranged(page, entries, select.value))
  })
}

function arranged(page: Document, entries: readonly HTMLDetailsElement[], order: string): HTMLElement[] {
  if (order === 'worst') return entries.toSorted((a, b) => Number(b.dataset['w']) - Number(a.dataset['w']))
  const key = KEYS[order]
  if (key === undefined) return [...entries]
  const groups = Map.groupBy(entries, (entry) => entry.dataset[key] ?? '')
  return [...groups]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .flatMap(([name, some]) => {
      const heading = page.createElement('h3')
      heading.className = 'group-name'
      heading.textContent = name === '' ? `(no ${order})` : name
      return [heading, ...some]
    })
}
