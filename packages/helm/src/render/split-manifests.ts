/** Cuts what a template wrote into documents, the way Helm does: at `---` behind a line break, with the blanks around it. */

const MARKER = '---'

/** The documents of a text; empty ones are left out. */
export function splitManifests(text: string): string[] {
  const whole = text.trim()
  const documents: string[] = []
  let start = 0
  for (let at = whole.indexOf(MARKER); at !== -1; at = whole.indexOf(MARKER, at + 1)) {
    if (at < start || (at > 0 && !(at > start && whole.charAt(at - 1) === '\n'))) continue
    let end = at
    while (end > start && isBlank(whole.charCodeAt(end - 1))) end--
    add(documents, whole.slice(start, end))
    start = at + MARKER.length
    while (isBlank(whole.charCodeAt(start))) start++
  }
  add(documents, whole.slice(start))
  return documents
}

function add(documents: string[], document: string): void {
  if (document !== '') documents.push(document.trim())
}

function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d && code !== 0x0b)
}
