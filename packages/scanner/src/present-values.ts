/** The values that findings found, kept for objects that cannot be read again: those of a cluster are let go once judged. */
import type { Finding } from '@kubescape/controls'
import type { Ref, ValueMap } from '@kubescape/resources'
import { presentValue, sensitiveValues, type Scalar, type SensitiveValue } from '@kubescape/results'

/** Longer texts are cut: what matters is seen at their beginning. */
const LONGEST = 200

/** Values by subject and path. */
export class PresentValues {
  readonly #values = new Map<Ref, Map<string, Scalar>>()
  /** Every check of an object asks for the same ones. */
  #last: { readonly object: ValueMap; readonly sensitive: readonly SensitiveValue[] } | undefined

  /** Keeps what is at the paths of findings, as far as it fits on a line; secrets are masked. */
  keep(ref: Ref, object: ValueMap, findings: readonly Finding[]): void {
    for (const { role, path } of findings) {
      if (role === 'missing' || path === '') continue
      const value = presentValue(object, path, () => this.#sensitiveOf(object))
      if (value === undefined) continue
      const values = this.#values.get(ref) ?? new Map<string, Scalar>()
      this.#values.set(ref, values)
      values.set(path, typeof value === 'string' && value.length > LONGEST ? `${value.slice(0, LONGEST)}...` : value)
    }
  }

  #sensitiveOf(object: ValueMap): readonly SensitiveValue[] {
    if (this.#last?.object !== object) this.#last = { object, sensitive: sensitiveValues(object) }
    return this.#last.sensitive
  }

  /** What was kept. */
  get(ref: Ref, path: string): Scalar | undefined {
    return this.#values.get(ref)?.get(path)
  }
}
