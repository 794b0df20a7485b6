/** Ways to a fake server, and time that passes when it is waited for. */
import { Access, type ServerEntry, type UserEntry } from '../src/access.ts'
import type { Clock } from '../src/clock.ts'
import type { ClusterTarget } from '../src/target.ts'

/** A target without a kubeconfig. */
export function targetOf(
  server: string,
  user: Partial<UserEntry> = {},
  more: Partial<Omit<ServerEntry, 'server'>> = {},
): ClusterTarget {
  const entry = { server, isInsecure: false, refusesCompression: false, ...more }
  const access = new Access(entry, { impersonation: [], ...user })
  return { context: 'test', cluster: 'test', server, user: 'tester', namespace: 'default', access }
}

/** PEM as kubeconfigs hold it. */
export function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

/** A clock that only moves when somebody waits. */
export class FakeClock implements Clock {
  readonly waits: number[] = []
  #now = 0

  now(): number {
    return this.#now
  }

  wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason as Error)
    this.waits.push(milliseconds)
    this.#now += milliseconds
    return Promise.resolve()
  }
}
