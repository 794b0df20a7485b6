import { expect, test } from 'vitest'
import { measure, renderCosts } from './measure.ts'
import { sampleCpu, sampleRss } from './sample.ts'

const node = JSON.stringify(process.execPath)
const busy = (milliseconds: number): string =>
  `${node} -e 'const a = process.cpuUsage().user; while (process.cpuUsage().user - a < ${milliseconds * 1000});'`

test('CPU time counts, sleep does not', () => {
  expect(sampleCpu(busy(100)).cpuMs).toBeGreaterThan(100)
  expect(sampleCpu('sleep 0.1').cpuMs).toBeLessThan(50)
})

test('descendants count', () => {
  expect(sampleCpu(`sh -c ${JSON.stringify(`sh -c "${busy(100).replaceAll('"', '')}"; true`)}`).cpuMs).toBeGreaterThan(
    100,
  )
})

test('the exit code is kept, and no output of the command is taken for a figure', () => {
  expect(sampleCpu('echo 1.000 1.000 >&2; echo 9; exit 4')).toMatchObject({ exitCode: 4 })
  expect(sampleCpu('echo 1.000 1.000 >&2; echo 9; exit 4').cpuMs).toBeLessThan(100)
})

test('memory is that of the largest Node.js process', () => {
  const hungry = `sh -c "${process.execPath} -e 'Buffer.alloc(100 * 2 ** 20, 1)'"`
  const small = sampleRss(`${node} -e 0`)
  expect(sampleRss(hungry)).toBeGreaterThan((small ?? Infinity) + 90 * 1024)
  expect(sampleRss('true')).toBeUndefined()
})

test('commands take turns and are compared with the reference', () => {
  const costs = measure(
    [
      { name: 'a', line: busy(20) },
      { name: 'b', line: 'exit 2' },
    ],
    2,
  )
  expect(costs.map(({ name, cpuMs, exitCodes }) => [name, cpuMs.length, exitCodes])).toEqual([
    ['a', 2, [0]],
    ['b', 2, [2]],
  ])
})

test('the table quotes least, middle and most, and ratios', () => {
  const costs = [
    { name: 'a', cpuMs: [10, 12, 20], rssKib: 2048, exitCodes: [0] },
    { name: 'longer', cpuMs: [25, 30, 31], rssKib: undefined, exitCodes: [0, 1] },
  ]
  expect(renderCosts(costs, 'a').split('\n')).toEqual([
    'command  CPU ms min  median  max  ratio  RSS MiB  ratio  exit',
    'a                10      12   20   1.00      2.0   1.00     0',
    'longer           25      30   31   2.50        -      -   0,1',
  ])
})
