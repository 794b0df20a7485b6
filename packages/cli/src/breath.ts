/** Turns of the event loop in the middle of long work: signals such as Ctrl-C are seen only then. */
const PAUSE_MS = 50

let last = performance.now()

/**
 * Lets waiting signals be handled, at most every 50 ms.
 * @throws the signal's reason when it has been aborted
 */
export async function breathe(signal: AbortSignal): Promise<void> {
  if (performance.now() - last < PAUSE_MS) return
  await new Promise<void>((resolve) => {
    setImmediate(resolve)
  })
  last = performance.now()
  signal.throwIfAborted()
}
