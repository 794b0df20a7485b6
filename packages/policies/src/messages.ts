/** What policies say of objects in words of their own, made fit for a report. */
import { redactText, sensitiveValues, type SensitiveValue, type ValueMap } from '@kubescape/resources'

/** More messages about one object than this are not read. */
export const MOST_MESSAGES = 10
const LONGEST_MESSAGE = 500
const LONGEST_READ = 16 * 1024
/** No longer secrets are looked for in texts. */
const LONGEST_SECRET = 4096

/**
 * The messages of a policy about some objects: each once, on one line, clipped. Values of the objects that must not be in a report
 * are masked; of Secrets, which a policy may have decoded, nothing is quoted at all.
 */
export function messagesAbout(objects: readonly ValueMap[], texts: Iterable<string>): readonly string[] {
  if (objects.some(({ kind }) => kind === 'Secret')) return []
  const messages = new Set<string>()
  let sensitive: readonly SensitiveValue[] | undefined
  for (const text of texts) {
    if (messages.size === MOST_MESSAGES) break
    sensitive ??= objects.flatMap(sensitiveValues)
    const line = redacted(text, sensitive).replaceAll(/\s+/g, ' ').trim()
    if (line !== '') messages.add(clipped(line))
  }
  return [...messages]
}

/** The text with masks. Of one without end only the beginning is read, without what may be half of a secret at the end of it. */
function redacted(text: string, sensitive: readonly SensitiveValue[]): string {
  if (text.length <= LONGEST_READ) return redactText(text, sensitive)
  return redactText(text.slice(0, LONGEST_READ), sensitive).slice(0, -LONGEST_SECRET)
}

function clipped(line: string): string {
  return line.length <= LONGEST_MESSAGE ? line : `${line.slice(0, LONGEST_MESSAGE - 1).toWellFormed()}…`
}
