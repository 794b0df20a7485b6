/** The button between the light and the dark theme; until it is pressed, the system decides. */
import { byId } from './element.ts'

/** Shows the button. */
export function offerTheme(page: Document): void {
  const button = byId(page, 'theme', HTMLButtonElement)
  const system = matchMedia('(prefers-color-scheme: dark)')
  const isDark = (): boolean =>
    (page.documentElement.dataset['theme'] ?? (system.matches ? 'dark' : 'light')) === 'dark'
  const show = (): void => button.setAttribute('aria-pressed', String(isDark()))
  button.addEventListener('click', () => {
    page.documentElement.dataset['theme'] = isDark() ? 'light' : 'dark'
    show()
  })
  system.addEventListener('change', show)
  button.hidden = false
  show()
}
