/** Opening and closing of entries: all at once, for links into them, and for print. */
import { byId } from './element.ts'

/** Shows the buttons that open and close every resource. */
export function offerFolding(page: Document): void {
  const entries = (): NodeListOf<HTMLDetailsElement> => page.querySelectorAll<HTMLDetailsElement>('details.resource')
  const fold = (isOpen: boolean) => (): void => {
    for (const entry of entries()) if (!entry.hidden) entry.open = isOpen
  }
  byId(page, 'open', HTMLButtonElement).addEventListener('click', fold(true))
  byId(page, 'close', HTMLButtonElement).addEventListener('click', fold(false))
  for (const bar of page.querySelectorAll<HTMLElement>('.folds')) bar.hidden = false
}

/** A link to an entry opens it, whatever the filters hide. */
export function keepTargetsOpen(page: Document, resetFilters: () => void): void {
  const reveal = (): void => {
    const target = page.getElementById(decodeURIComponent(location.hash.slice(1)))
    if (target === null) return
    if (target.closest('[hidden]') !== null) resetFilters()
    for (let at: Element | null = target; at !== null; at = at.parentElement) {
      if (at instanceof HTMLDetailsElement) at.open = true
    }
    const entry = target.closest('details')
    ;(entry ?? target).scrollIntoView()
    entry?.querySelector('summary')?.focus({ preventScroll: true })
  }
  addEventListener('hashchange', reveal)
  // The second click on a link does not change the address.
  page.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null
    if (link instanceof HTMLAnchorElement && link.hash === location.hash) reveal()
  })
  if (location.hash !== '') reveal()
}

/** On paper nothing can be opened. Browsers that know how do this by style; this is for the others. */
export function openForPrint(page: Document): void {
  let opened: HTMLDetailsElement[] = []
  addEventListener('beforeprint', () => {
    if (CSS.supports('selector(::details-content)')) return
    opened = [...page.querySelectorAll<HTMLDetailsElement>('details:not([open])')]
    for (const entry of opened) entry.open = true
  })
  addEventListener('afterprint', () => {
    for (const entry of opened) entry.open = false
    opened = []
  })
}
