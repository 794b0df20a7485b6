/** Text inside of XML 1.0. */

/** Characters that XML 1.0 has no way to write (section 2.2). */
const ILLEGAL = /[\0-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g // oxlint-disable-line no-control-regex
const SPECIAL = /[&<>"\r\n\t]/g

const REFERENCES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** The value of an attribute, to stand between double quotes. What XML cannot say becomes U+FFFD. */
export function xmlAttribute(value: string): string {
  return legal(value).replaceAll(SPECIAL, (found) => REFERENCES[found] ?? `&#${found.charCodeAt(0)};`)
}

/** The text of an element, in which line breaks stay as they are. */
export function xmlText(value: string): string {
  return legal(value).replaceAll(SPECIAL, (found) =>
    found === '\n' || found === '\t' ? found : (REFERENCES[found] ?? `&#${found.charCodeAt(0)};`),
  )
}

function legal(value: string): string {
  return value.toWellFormed().replaceAll(ILLEGAL, '\uFFFD')
}
