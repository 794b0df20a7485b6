/** GitLab SAST of the five reports. */
import { expect, test } from 'vitest'

import { contextOf, sample, SAMPLE_NAMES, type Sample } from '../../testing/reports.ts'
import type { RenderContext } from '../format.ts'
import { render } from './render.ts'

interface SastReport {
  readonly vulnerabilities: readonly {
    readonly id: string
    readonly name: string
    readonly description: string
    readonly severity: string
    readonly location: { readonly file: string; readonly start_line: number; readonly end_line: number }
  }[]
  readonly scan: { readonly messages: readonly { readonly level: string; readonly value: string }[] }
}

function sastOf(each: Sample, changes: Partial<RenderContext> = {}): SastReport {
  return JSON.parse([...render(each.report, contextOf(each, changes))].join('')) as SastReport
}

test('there is one vulnerability for each failure, with an id of its own', async () => {
  for (const name of SAMPLE_NAMES) {
    const each = await sample(name)
    const { vulnerabilities } = sastOf(each)
    expect(vulnerabilities).toHaveLength(each.report.controls.reduce((sum, { counters }) => sum + counters.failed, 0))
    expect(new Set(vulnerabilities.map(({ id }) => id)).size).toBe(vulnerabilities.length)
  }
})

test('a vulnerability says what, where and what next', async () => {
  const [found] = sastOf(await sample('one')).vulnerabilities
  expect(found).toMatchObject({
    name: 'C-0057 - Privileged container',
    message: 'Pod web in namespace shop: Privileged container',
    severity: 'High',
    location: { file: 'charts/pod.yaml', start_line: 11, end_line: 11 },
    identifiers: [{ type: 'kubescape_control_id', value: 'C-0057', url: 'https://hub.armosec.io/docs/c-0057' }],
  })
  expect(found?.description).toContain('- spec.containers[0].securityContext.privileged is true and should be removed')
})

test('what exceptions accept is told, and is no vulnerability', async () => {
  const { vulnerabilities, scan } = sastOf(await sample('many'))
  expect(vulnerabilities.filter(({ name }) => name.startsWith('C-0057'))).toHaveLength(1)
  expect(scan.messages.map(({ value }) => value)).toContain(
    'C-0057 Privileged container: DaemonSet agent in namespace platform is excluded by the exception the agent owns its node (It loads kernel modules.)',
  )
  expect(scan.messages[0]).toMatchObject({ level: 'warn' })
})

test('what is in no file of the repository is left out, with a word', async () => {
  const warnings: string[] = []
  const roots = { root: '/elsewhere', workingDirectory: '/repository/charts' }
  const { vulnerabilities, scan } = sastOf(await sample('one'), { roots, warn: (text) => void warnings.push(text) })
  expect(vulnerabilities).toEqual([])
  const told = '1 failures are left out: their resources are in no file of the repository.'
  expect(scan.messages).toEqual([{ level: 'warn', value: told }])
  expect(warnings).toEqual([`GitLab SAST: ${told}`])
})
