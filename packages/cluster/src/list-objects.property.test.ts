/** However a list is cut into pages, and wherever its tokens expire, each object is given once. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { ValueMap } from '@kubescape/resources'

import { startApi, type Asked, type FakeApi, type Reply } from '../testing/fake-api.ts'
import { fakeList, numbered, upTo, type Expiry } from '../testing/fake-list.ts'
import { FakeClock, targetOf } from '../testing/targets.ts'
import type { KubeClient } from './client.ts'
import { connect } from './connect.ts'
import { listObjects } from './list-objects.ts'

let answer: (asked: Asked) => Reply = () => ({})
let api: FakeApi | undefined
let client: KubeClient | undefined

beforeAll(async () => {
  api = await startApi((asked) => answer(asked))
  client = connect(targetOf(api.url), { env: {}, clock: new FakeClock() })
})

afterAll(async () => {
  client?.close()
  await api?.close()
})

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 100)

const pods = { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true, verbs: [], isPreferred: true }

async function namesOf(limit: number): Promise<string[]> {
  const names: string[] = []
  for await (const { metadata } of listObjects(client!, pods, { limit }))
    names.push((metadata as { name: string }).name)
  return names
}

const expiries = fc.array(fc.constantFrom<Expiry | undefined>(undefined, undefined, 'with-token', 'without-token'), {
  maxLength: 8,
})
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 12 })

test('each object is given once while nothing changes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(40),
      fc.integer({ min: 1, max: 12 }),
      sizes,
      expiries,
      async (count, limit, pages, expired) => {
        const objects = numbered(upTo(count))
        answer = fakeList({
          objects: () => objects.map(copy),
          expires: (at) => expired[at],
          pageSize: (at) => pages[at] ?? 9,
        })
        expect(await namesOf(limit)).toEqual(objects.map(({ metadata }) => (metadata as { name: string }).name))
      },
    ),
    { numRuns },
  )
})

test('what is there all the time is given once, and nothing is given twice, while the cluster changes', async () => {
  const states = fc.array(fc.uniqueArray(fc.nat(30), { maxLength: 30 }), { minLength: 1, maxLength: 9 })
  await fc.assert(
    fc.asyncProperty(states, fc.integer({ min: 1, max: 12 }), expiries, async (all, limit, expired) => {
      const objects = all.map((numbers) => numbered(numbers.toSorted((a, b) => a - b)))
      let last = 0
      answer = fakeList({
        objects: (state) => {
          last = Math.min(state, objects.length - 1)
          return objects[last]!.map(copy)
        },
        expires: (at) => expired[at],
      })
      const names = await namesOf(limit)
      expect(new Set(names).size).toBe(names.length)
      const seen = all.slice(0, last + 1)
      const stable = seen[0]!.filter((number) => seen.every((numbers) => numbers.includes(number)))
      expect(names).toEqual(expect.arrayContaining(stable.map((number) => `pod-${number}`)))
    }),
    { numRuns },
  )
})

function copy({ metadata }: ValueMap): ValueMap {
  return { metadata: { ...(metadata as ValueMap) } }
}
