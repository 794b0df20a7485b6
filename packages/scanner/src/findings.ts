/** Findings repeat from workload to workload: equal lists are kept once. */
import type { Finding } from '@kubescape/controls'

const NONE: readonly Finding[] = []

/** Keeps one copy of every list of findings. */
export class Findings {
  readonly #known = new Map<string, readonly Finding[]>()

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
}
