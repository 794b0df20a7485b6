/** A paged list as API servers give it, whose tokens may expire. */
import type { Value, ValueMap } from '@kubescape/resources'

import { statusReply, type Asked, type Reply } from './fake-api.ts'

/** How tokens expire: with another one to go on with, or without. */
export type Expiry = 'with-token' | 'without-token'

/** What a list does. */
export interface FakeListOptions {
  /** The objects of a state of the cluster; each expiry without a token leads to the next state. */
  readonly objects: (state: number) => readonly ValueMap[]
  /** Decides about the request with this number (0 for the first one with a token). */
  readonly expires?: (request: number) => Expiry | undefined
  /** Objects of the page with this number, at most; servers may give fewer than asked for. */
  readonly pageSize?: (page: number) => number
}

/** Answers requests for one list. */
export function fakeList({ objects, expires = () => undefined, pageSize = () => Infinity }: FakeListOptions) {
  let state = 0
  let continued = 0
  let pages = 0
  return ({ query }: Asked): Reply => {
    const token = query.get('continue') ?? ''
    const start = Number(token.replace(/^.*:/, ''))
    if (token !== '' && !token.startsWith('later:')) {
      const expiry = expires(continued++)
      if (expiry !== undefined) {
        if (expiry === 'without-token') state++
        const more: Record<string, Value> = expiry === 'with-token' ? { metadata: { continue: `later:${start}` } } : {}
        return statusReply(410, 'Expired', 'The provided continue parameter is too old', more)
      }
    }
    const all = objects(state)
    const size = Math.max(1, Math.min(Number(query.get('limit') ?? Infinity), pageSize(pages++)))
    const end = Math.min(all.length, start + size)
    const next = end < all.length ? { continue: `at:${end}`, remainingItemCount: all.length - end } : {}
    // Items of a list do not say what they are.
    return {
      body: {
        kind: 'PodList',
        apiVersion: 'v1',
        metadata: { resourceVersion: '1', ...next },
        items: all.slice(start, end),
      },
    }
  }
}

/** Objects with uids and names of their numbers. */
export function numbered(numbers: readonly number[]): ValueMap[] {
  return numbers.map((number) => ({ metadata: { uid: `uid-${number}`, name: `pod-${number}`, namespace: 'shop' } }))
}

/** Numbers from 0. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number)
}
