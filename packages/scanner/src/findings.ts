/** Findings and messages repeat from workload to workload: equal lists are kept once. */
import type { Finding } from '@kubescape/controls'

const NONE: readonly Finding[] = []
const NO_MESSAGES: readonly string[] = []
/** All different messages together have at most so many characters: they help to understand, and may not fill the memory. */
const MOST_MESSAGE_TEXT = 16 * 1024 * 1024

/** Keeps one copy of every list of findings. */
export class Findings {
  readonly #known = new Map<string, readonly Finding[]>()
  readonly #messages = new Map<string, readonly string[]>()
  #messageText = 0

  /** The kept copy of a list that is equal to this one. */
  intern(findings: readonly Finding[]): readonly Finding[] {
    if (findings.length === 0) return NONE
    let key = ''
    for (const { role, path, fix } of findings) {
      key += `${role}\n${path}\n${fix?.action ?? ''}\n${fix?.path ?? ''}\n${fix?.action === 'set' ? fix.value : ''}\n`
    }
    const known = this.#known.get(key)
    if (known !== undefined) return known
    this.#known.set(key, findings)
    return findings
  }

  /** The kept copy of messages that are equal to these; none when there is no room for others. */
  internMessages(messages: readonly string[]): readonly string[] {
    if (messages.length === 0) return NO_MESSAGES
    const key = messages.join('\n')
    const known = this.#messages.get(key)
    if (known !== undefined) return known
    this.#messageText += key.length
    if (this.#messageText > MOST_MESSAGE_TEXT) return NO_MESSAGES
    this.#messages.set(key, messages)
    return messages
  }
}
