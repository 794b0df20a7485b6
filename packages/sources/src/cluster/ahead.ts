/** Streams one after another, the next ones begun while one is read. */

/**
 * Gives the streams in their order. The first items of the next ones, at most `depth`, are asked for while a stream is read, so
 * that waiting for one server's answer overlaps with work on another.
 */
export async function* ahead<T>(
  streams: readonly (() => AsyncGenerator<T>)[],
  depth: number,
): AsyncGenerator<AsyncGenerator<T>> {
  const begun: { readonly stream: AsyncGenerator<T>; readonly first: Promise<IteratorResult<T>> }[] = []
  let next = 0
  try {
    while (next < streams.length || begun.length > 0) {
      while (begun.length <= depth && next < streams.length) {
        const stream = streams[next++]?.()
        if (stream === undefined) continue
        const first = stream.next()
        // Whoever reads the stream gets the error; until then nobody is listening.
        first.catch(() => undefined)
        begun.push({ stream, first })
      }
      const turn = begun.shift()
      if (turn !== undefined) yield resumed(turn.stream, turn.first)
    }
  } finally {
    for (const { stream } of begun) await stream.return(undefined).catch(() => undefined)
  }
}

async function* resumed<T>(stream: AsyncGenerator<T>, first: Promise<IteratorResult<T>>): AsyncGenerator<T> {
  const begin = await first
  if (begin.done === true) return
  yield begin.value
  yield* stream
}
