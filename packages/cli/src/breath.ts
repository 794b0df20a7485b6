/** Turns of the event loop in the middle of long work: signals such as Ctrl-C are seen only then. */
import { sinceStartMs } from './clock.ts'

const PAUSE_MS = 50

let last = sinceStartMs()

/**
 * Lets waiting signals be handled, at most every 50 ms.
 * @throws the signal's reason when it has been aborted
 */
export async function breathe(signal: AbortSignal): Promise<void> {
  if (sinceStartMs() - last < PAUSE_MS) return
  await new Promise<void>((resolve) => {
    setImmediate(resolve)
  })
  last = sinceStartMs()
  signal.throwIfAborted()
}
