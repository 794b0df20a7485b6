/** `scan --submit`: sends a report to the server that the user named (docs/upload.md). Loaded only then. */
import { setTimeout as wait } from 'node:timers/promises'

import { isLoopback } from '@kubescape/cluster/http'

import { Failure } from '../failure.ts'
import { count, renderProblem, visible, type Log } from '../terminal.ts'
import { readVersion } from '../version.ts'
import type { Destination } from './destination.ts'
import { outcomeOf, outcomeOfError, type Outcome } from './outcome.ts'
import { withRetries, type Clock } from './retry.ts'
import { send, type Delivery } from './send.ts'

/** A report to send. */
export interface Submission {
  /** Makes the report as JSON in layout v2, piece by piece; asked for anew with every try. */
  readonly body: () => Iterable<string>
  /** Different for every report, and the same for every try. */
  readonly reportGuid: string
}

const CLOCK: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => wait(ms, undefined, { signal }),
  random: () => Math.random(),
}

/**
 * Sends the report and says what became of it; false when the server does not have it.
 * @throws {Failure} when the signal is aborted
 */
export async function submitReport(
  { body, reportGuid }: Submission,
  destination: Destination,
  log: Log,
  signal: AbortSignal,
): Promise<boolean> {
  const { name, token } = destination
  const broken: unknown[] = []
  const delivery: Delivery = {
    destination,
    body: function* watched() {
      try {
        yield* body()
      } catch (error) {
        broken.push(error)
        throw error
      }
    },
    asksFirst: true,
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/json',
      'User-Agent': `kubescape/${readVersion().version}`,
      'X-Kubescape-Report': reportGuid,
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
  }
  // A server that echoes what it was sent must not get the token into a log.
  const fit = (text: string): string => visible(token === undefined ? text : text.replaceAll(token, 'XXXXXX'))
  const announce = ({ message }: Outcome, delayMs: number): void => {
    log.write('info', `Not submitted yet: ${fit(message)}; trying again in ${(delayMs / 1000).toFixed(1)} s`)
  }
  if (destination.url.protocol === 'http:' && !isLoopback(destination.url)) {
    log.write('warning', `--server ${name} is not encrypted: everybody on the way can read the report`)
  }
  try {
    const { outcome, tries } = await withRetries(() => attempt(delivery, broken, signal), announce, CLOCK, signal)
    if (outcome.kind === 'accepted') {
      log.write('info', `Report submitted to ${name}: ${fit(outcome.message)}`)
      return true
    }
    const tried = tries === 1 ? '' : ` (${count(tries, 'try', 'tries')})`
    const message = `error: the report was not submitted to ${name}: ${fit(outcome.message)}${tried}`
    log.write('error', renderProblem({ code: 'submit/failed', message, hint: fit(outcome.hint) }))
    return false
  } catch (error) {
    if (!signal.aborted) throw error
    throw new Failure('interrupted', `What was asked for is written; whether ${name} has the report is not known.`)
  }
}

async function attempt(delivery: Delivery, broken: readonly unknown[], signal: AbortSignal): Promise<Outcome> {
  try {
    const answer = await send(delivery, signal)
    // The server does not know the question whether it wants the body (RFC 9110, 10.1.1).
    if (answer.status === 417) return outcomeOf(await send({ ...delivery, asksFirst: false }, signal), Date.now())
    return outcomeOf(answer, Date.now())
  } catch (error) {
    signal.throwIfAborted()
    // No network is to blame for a report that cannot be made.
    if (broken.includes(error)) throw error
    return outcomeOfError(error, delivery.destination)
  }
}
