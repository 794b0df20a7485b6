/** A value that a schema is held against, and what every keyword needs to say about it. */
import type { plain } from '@kubescape/go-template'
import type { Failure } from './failure.ts'
import type { JsonObject } from './schema-document.ts'

/** A value and where it stands. */
export interface Instance {
  readonly value: Exclude<ReturnType<typeof plain>, undefined>
  readonly location: string
}

/** A failure of the value. */
export function failure({ location }: Instance, text: string, causes: readonly Failure[] = []): Failure {
  return { location, text, causes }
}

/** `minItems`, `maxItems` and their kin. */
export function bounds(schema: JsonObject, noun: string, size: number, instance: Instance, failures: Failure[]): void {
  const least = schema[`min${noun}`]
  const most = schema[`max${noun}`]
  if (typeof least === 'number' && size < least)
    failures.push(failure(instance, `min${noun}: got ${size}, want ${least}`))
  if (typeof most === 'number' && size > most) failures.push(failure(instance, `max${noun}: got ${size}, want ${most}`))
}
