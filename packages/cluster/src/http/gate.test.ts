/** How many requests may be under way at once. */
import { expect, test } from 'vitest'

import { Gate } from './gate.ts'

const never = new AbortController().signal

/** Numbers of those who got in, in their order. */
async function inside(gate: Gate, count: number, signal = never): Promise<number[]> {
  const entered: number[] = []
  for (let number = 1; number <= count; number++) {
    gate.enter(signal).then(
      () => entered.push(number),
      () => undefined,
    )
  }
  await settled()
  return entered
}

function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

test('those who come first get in first', async () => {
  const gate = new Gate(2)
  const entered = await inside(gate, 4)
  expect(entered).toEqual([1, 2])
  gate.leave()
  await settled()
  expect(entered).toEqual([1, 2, 3])
})

test('a server that has too much to do is asked half as much, down to one request at a time', () => {
  const gate = new Gate(5)
  const limits = [1, 2, 3].map(() => {
    gate.slowDown()
    return gate.limit
  })
  expect(limits).toEqual([2, 1, 1])
})

test('after it has answered for a while it is asked more again, up to what was allowed', () => {
  const gate = new Gate(3)
  gate.slowDown()
  for (let i = 0; i < 7; i++) gate.succeeded()
  expect(gate.limit).toBe(1)
  gate.succeeded()
  expect(gate.limit).toBe(2)
  for (let i = 0; i < 100; i++) gate.succeeded()
  expect(gate.limit).toBe(3)
})

test('after slowing down, nobody gets in before enough have left', async () => {
  const gate = new Gate(4)
  const entered = await inside(gate, 6)
  gate.slowDown()
  gate.leave()
  gate.leave()
  await settled()
  expect(entered).toHaveLength(4)
  gate.leave()
  await settled()
  expect(entered).toHaveLength(5)
})

test('who gives up waiting loses the place to the next one', async () => {
  const gate = new Gate(1)
  const controller = new AbortController()
  await gate.enter(never)
  const waiting = gate.enter(controller.signal)
  const next = inside(gate, 1)
  controller.abort(new Error('enough'))
  await expect(waiting).rejects.toThrow('enough')
  await expect(gate.enter(controller.signal)).rejects.toThrow('enough')
  const entered = await next
  gate.leave()
  await settled()
  expect(entered).toEqual([1])
})
