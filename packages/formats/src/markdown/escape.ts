/** Texts inside of GitHub's Markdown, where they are to be nothing but text. */
import { visible } from '../visible.ts'

const LONGEST = 200

/** A text from outside as code, in which nobody is mentioned and nothing is linked; cut where it is long. */
export function code(text: string): string {
  const shown = clipped(visible(text))
  if (shown === '') return ''
  // In a table a code span cannot hold a bar, and nowhere a backtick without more of them around it.
  return /[`|\\]/.test(shown) || shown.trim() === '' ? `<code>${references(shown)}</code>` : `\`${shown}\``
}

/** Words for people, in which code stands between backticks. */
export function prose(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? code(part.slice(1, -1)) : words(visible(part))))
    .join('')
}

/** Words for people inside of HTML, where Markdown means nothing. */
export function htmlText(text: string): string {
  return references(unlinked(clipped(visible(text))))
}

/** Text without markup. */
function words(text: string): string {
  return unlinked(text).replaceAll(/[\\`*_{}[\]()<>|~!&]/g, (found) => `&#${found.charCodeAt(0)};`)
}

/** A character of no width behind its sign ends a mention, a reference to an issue, and an address. */
function unlinked(text: string): string {
  return text.replaceAll(/(?<=[@#])(?=\w)/g, '\u200B').replaceAll(/(?<=https?|ftp)(?=:)|(?<=www)(?=\.)/gi, '\u200B')
}

/** Everything that could mean something as a character reference. */
function references(text: string): string {
  return text.replaceAll(/[^-A-Za-z0-9 /,=\u0080-\u{10FFFF}]/gu, (found) => `&#${found.charCodeAt(0)};`)
}

function clipped(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1).toWellFormed()}…`
}
