import { expect, test } from 'vitest'

import { contextOf, sample, type SampleName } from '../../testing/reports.ts'
import { render } from './render.ts'

async function linesOf(name: SampleName): Promise<Record<string, unknown>[]> {
  const one = await sample(name)
  return Array.from(render(one.report, contextOf(one)), (line) => JSON.parse(line) as Record<string, unknown>)
}

test('a line is a finding with all that is known of it', async () => {
  const [{ fingerprint, ...line } = {}, ...others] = await linesOf('one')
  expect(others).toEqual([])
  expect(fingerprint).toMatch(/^[0-9a-f]{32}$/)
  expect(line).toEqual({
    controlID: 'C-0057',
    controlName: 'Privileged container',
    severity: 'High',
    frameworks: [],
    resourceID: expect.stringContaining('/v1/shop/Pod/web') as string,
    apiVersion: 'v1',
    kind: 'Pod',
    namespace: 'shop',
    name: 'web',
    valueSet: null,
    rule: 'rule-privilege-escalation',
    status: 'failed',
    subStatus: '',
    file: 'pod.yaml',
    line: 11,
    column: 9,
    exact: true,
    path: 'spec.containers[0].securityContext.privileged',
    presentValue: 'true',
    fixAction: 'remove',
    fixPath: 'spec.containers[0].securityContext.privileged',
    fixValue: null,
    values: [],
    exceptions: [],
  })
})

test('of one check, some findings may be accepted and others not', async () => {
  const lines = (await linesOf('many')).filter((line) => line['controlID'] === 'C-0057' && line['name'] === 'cart')
  const told = new Set(lines.map(({ path, status, exceptions }) => JSON.stringify([path, status, exceptions])))
  expect([...told]).toEqual([
    '["spec.template.spec.containers[0].securityContext.capabilities.add[1]","failed",[]]',
    '["spec.template.spec.containers[0].securityContext.privileged","failed",[]]',
    '["spec.template.spec.containers[1].securityContext.privileged","excluded",["the proxy is built elsewhere"]]',
  ])
})
