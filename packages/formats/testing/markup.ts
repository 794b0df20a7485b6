/** Reads pages for tests: their elements, whether they nest, and what can be read of them. */

/** An element as its start tag gives it. */
interface Element {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
}

/** A page taken apart. */
export interface Markup {
  readonly elements: readonly Element[]
  /** Everything between tags, with entities resolved; texts of style and script left out. */
  readonly text: string
  /** What does not nest, or is no tag; empty for a sound page. */
  readonly faults: readonly string[]
}

const VOID = new Set(['meta', 'input', 'br'])
const TAG = /<!--[^]*?-->|<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*"|=\w+)?)*)\s*(\/?)>/g
const ATTRIBUTE = /([\w:-]+)(?:="([^"]*)"|=(\w+))?/g

/** Takes a page apart, strictly: a `<` that begins no tag, and a tag that does not close, are faults. */
export function readMarkup(page: string): Markup {
  const source = page.replace(/^<!doctype html>/, '').replaceAll(/(<(style|script)>)[^]*?(<\/\2>)/g, '$1$3')
  const [elements, faults, open]: [Element[], string[], string[]] = [[], [], []]
  let [text, at] = ['', 0]
  for (const match of source.matchAll(TAG)) {
    const between = source.slice(at, match.index)
    if (/[<>]/.test(between)) faults.push(`stray bracket: ${between.slice(0, 80)}`)
    text += resolve(between)
    at = match.index + match[0].length
    const [, slash, name = '', attributes = '', selfClosing] = match
    if (name === '') continue
    if (slash === '/') {
      const last = open.pop()
      if (last !== name) faults.push(`</${name}> closes <${last}>`)
      continue
    }
    elements.push({ name, attributes: readAttributes(attributes) })
    if (selfClosing !== '/' && !VOID.has(name)) open.push(name)
  }
  if (open.length > 0) faults.push(`not closed: ${open.join(' ')}`)
  return { elements, text, faults }
}

function readAttributes(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(ATTRIBUTE)].map(([, name = '', quoted, bare]) => [name, resolve(quoted ?? bare ?? '')]),
  )
}

function resolve(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
