import { describe, expect, test } from 'vitest'

import { readRetryAfter, withRetries, type Attempt, type Clock } from './retry.ts'

const DEADLINE_MS = 120_000

/** Time that passes only while somebody sleeps, or works. */
class FakeClock implements Clock {
  time = 0
  readonly slept: number[] = []
  readonly #jitter: number

  now(): number {
    return this.time
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    this.slept.push(ms)
    this.time += ms
  }

  constructor(jitter = 0) {
    this.#jitter = jitter
  }

  random(): number {
    return this.#jitter
  }
}

const LATER: Attempt = { kind: 'later' }
const never = new AbortController().signal

/** Runs attempts that take `workMs` and end as listed, the last one over and over. */
async function run(
  attempts: readonly Attempt[],
  {
    workMs = 0,
    signal = never,
    clock = new FakeClock(),
  }: { workMs?: number; signal?: AbortSignal; clock?: FakeClock } = {},
): Promise<{ kind: string; tries: number; announced: number; slept: readonly number[] }> {
  let [at, announced] = [0, 0]
  const attempt = async (): Promise<Attempt> => {
    clock.time += workMs
    const outcome = attempts[Math.min(at, attempts.length - 1)] ?? LATER
    at += 1
    return outcome
  }
  const { outcome, tries } = await withRetries(attempt, () => (announced += 1), clock, signal)
  return { kind: outcome.kind, tries, announced, slept: clock.slept }
}

describe('tries', () => {
  test('end with the first answer that is final', async () => {
    expect(await run([{ kind: 'accepted' }])).toMatchObject({ kind: 'accepted', tries: 1, slept: [] })
    expect(await run([LATER, { kind: 'refused' }])).toMatchObject({ kind: 'refused', tries: 2, slept: [500] })
  })

  test('are five, ever further apart', async () => {
    const { kind, tries, announced, slept } = await run([LATER])
    expect({ kind, tries, announced, slept }).toEqual({
      kind: 'later',
      tries: 5,
      announced: 4,
      slept: [500, 1000, 2000, 4000],
    })
  })

  test('begin within two minutes of the first', async () => {
    expect(await run([LATER], { workMs: 60_000 })).toMatchObject({ tries: 2, slept: [500] })
    const clock = new FakeClock()
    expect(await run([{ kind: 'later', retryAfterMs: 40_000 }], { clock })).toMatchObject({ tries: 4 })
    expect(clock.time).toBeLessThanOrEqual(DEADLINE_MS)
  })

  test('are given up at once when the server wants more time than there is', async () => {
    expect(await run([{ kind: 'later', retryAfterMs: DEADLINE_MS + 1 }])).toMatchObject({ tries: 1, slept: [] })
  })

  test('end with the reason of the signal', async () => {
    const reason = new Error('enough')
    await expect(run([LATER], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })
})

describe('delays', () => {
  test('have jitter upwards, so that many clients do not come back together', async () => {
    const withJitter = await run([LATER], { clock: new FakeClock(0.5) })
    expect(withJitter.slept).toEqual([625, 1250, 2500, 5000])
    const wished = await run([{ kind: 'later', retryAfterMs: 10_000 }], { clock: new FakeClock(0.5) })
    expect(wished.slept).toEqual([10_125, 10_250, 10_500, 11_000])
  })

  test.each([
    ['0', 0],
    [' 12 ', 12_000],
    ['Thu, 01 Jan 1970 00:01:00 GMT', 59_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['soon', undefined],
    ['-1e', undefined],
    ['99999999999', undefined],
    [undefined, undefined],
  ])('Retry-After: %s is %s ms', (header, expected) => {
    expect(readRetryAfter(header, 1000)).toBe(expected)
  })
})
