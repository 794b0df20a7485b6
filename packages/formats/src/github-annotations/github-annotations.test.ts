/** GitHub annotations of the five reports. */
import { expect, test } from 'vitest'

import { contextOf, sample, type SampleName } from '../../testing/reports.ts'
import { readCommands, type WorkflowCommand } from '../../testing/validators/github-annotations.ts'
import { render } from './render.ts'

async function commands(name: SampleName): Promise<WorkflowCommand[]> {
  const each = await sample(name)
  return readCommands([...render(each.report, contextOf(each))].join(''))
}

test('one finding is one command at its place', async () => {
  expect(await commands('one')).toEqual([
    {
      level: 'error',
      properties: {
        file: 'charts/pod.yaml',
        line: '11',
        col: '9',
        endColumn: '25',
        title: 'C-0057 Privileged container',
      },
      text: expect.stringMatching(
        /^Pod web in namespace shop: spec\.containers\[0\]\.securityContext\.privileged is true and should be removed\.%0A/,
      ) as string,
    },
  ])
})

test('an empty report has none', async () => {
  expect(await commands('empty')).toEqual([])
})

test('the worst fifty are marked, and one line says how many are not', async () => {
  for (const name of ['many', 'large'] as const) {
    const { report } = await sample(name)
    const failed = report.controls.reduce((sum, { counters }) => sum + counters.failed, 0)
    const all = await commands(name)
    expect(all).toHaveLength(51)
    expect(all[50]?.text).toContain(`${failed - 50} of ${failed} failures are not marked here`)
    const levels = all.slice(0, 50).map(({ level }) => ['error', 'warning', 'notice'].indexOf(level))
    expect(levels).toEqual(levels.toSorted((a, b) => a - b))
  }
})

test('hostile names make no commands, properties or escapes of their own', async () => {
  const all = await commands('hostile')
  expect(all.length).toBeGreaterThan(20)
  for (const { properties, text } of all) {
    expect(properties['file']).toContain('%3A%3A.yaml')
    expect(text).not.toContain('\u001b')
    expect(text).not.toContain('\u202e')
  }
})

test('every level comes from the severity', async () => {
  expect(new Set((await commands('many')).map(({ level }) => level))).toEqual(new Set(['error', 'warning', 'notice']))
})
