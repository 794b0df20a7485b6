/** Plain data as YAML text, in the block style that people read. */

/** The value as a YAML document without its `---`; members without a value are left out, as in JSON. */
export function yamlText(value: unknown): string {
  return `${block(value, '').trimStart()}\n`
}

/** Words that YAML 1.1 readers take for something else than text. */
const RESERVED = /^(?:true|false|yes|no|on|off|y|n|null)$/i
const PLAIN = /^[A-Za-z/][\w./-]*$/

/** The value behind `key:` or `-`: on the same line, or on lines of its own. */
function block(value: unknown, indent: string): string {
  if (Array.isArray(value) && value.length > 0) {
    return value.map((item) => `\n${indent}-${nested(item, `${indent}  `)}`).join('')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ` ${scalar(value)}`
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  if (entries.length === 0) return ' {}'
  return entries.map(([key, member]) => `\n${indent}${scalar(key)}:${block(member, `${indent}  `)}`).join('')
}

/** A mapping in a list begins on the line of its dash. */
function nested(value: unknown, indent: string): string {
  const text = block(value, indent)
  return text.startsWith('\n') && !Array.isArray(value) ? ` ${text.slice(1 + indent.length)}` : text
}

function scalar(value: unknown): string {
  if (Array.isArray(value)) return '[]'
  if (typeof value !== 'string') return JSON.stringify(value)
  if (PLAIN.test(value) && !RESERVED.test(value)) return value
  // JSON's text is YAML's double-quoted text, apart from characters that YAML does not print.
  return JSON.stringify(value).replaceAll(
    /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
