/** Text inside of XML 1.0. */

/** Characters that XML 1.0 has no way to write (section 2.2). */
const ILLEGAL = /[\0-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g // oxlint-disable-line no-control-regex
const SPECIAL = /[&<>"]/g

const REFERENCES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/**
 * The value of an attribute, to stand between double quotes. What XML cannot say becomes U+FFFD, and line breaks and tabs become
 * the spaces that readers take them for (section 3.3.3): not every reader knows references by number.
 */
export function xmlAttribute(value: string): string {
  return xmlText(value).replaceAll(/[\n\t]/g, ' ')
}

/** The text of an element, in which line breaks stay. */
export function xmlText(value: string): string {
  const legal = value.toWellFormed().replaceAll(/\r\n?/g, '\n').replaceAll(ILLEGAL, '\uFFFD')
  return legal.replaceAll(SPECIAL, (found) => REFERENCES[found] ?? found)
}
