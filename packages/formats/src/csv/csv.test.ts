import { parse } from 'csv-parse/sync'
import type { Report } from '@kubescape/results'
import { expect, test } from 'vitest'

import { sample } from '../../testing/reports.ts'
import { altered } from '../../testing/two-scans.ts'
import { render } from './render.ts'

function rowsOf(report: Report): Record<string, string>[] {
  return parse([...render(report)].join(''), { columns: true })
}

test('a row tells the control, the resource, the fields and the edits', async () => {
  const { report } = await sample('one')
  expect(rowsOf(report)).toEqual([
    expect.objectContaining({
      'Control Name': 'Privileged container',
      'Control ID': 'C-0057',
      Severity: 'High',
      Status: 'failed',
      'Resource Name': 'web',
      'Resource Kind': 'Pod',
      'Resource Namespace': 'shop',
      'API Version': 'v1',
      'Failed Paths': 'spec.containers[0].securityContext.privileged',
      'Fix Paths': 'spec.containers[0].securityContext.privileged=(remove)',
      'Control URL': 'https://hub.armosec.io/docs/c-0057',
      'Source Path': 'pod.yaml',
    }),
  ])
})

test('what exceptions accept is told as excluded, with the fields', async () => {
  const { report } = await sample('many')
  const excluded = rowsOf(report).filter((row) => row['Status'] === 'excluded')
  expect(excluded.map((row) => [row['Control ID'], row['Resource Name'], row['Failed Paths']])).toEqual([
    ['C-0057', 'agent', 'spec.template.spec.containers[0].securityContext.privileged'],
  ])
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx', '＝1'])('%j is text to a spreadsheet', async (name) => {
  const { report } = await sample('one')
  const [pod] = report.subjects
  if (pod === undefined) throw new Error('the report has no resource')
  const hostile = altered(report, { subjects: [{ ...pod, identity: { ...pod.identity, name } }] })
  expect(rowsOf(hostile)[0]?.['Resource Name']).toBe(`'${name}`)
})

test.each(['a,b', 'a"b', 'two\r\nlines', 'a;b', "it's", ' padded ', 'a=b'])('%j is read as it was', async (name) => {
  const { report } = await sample('one')
  const [pod] = report.subjects
  if (pod === undefined) throw new Error('the report has no resource')
  const odd = altered(report, { subjects: [{ ...pod, identity: { ...pod.identity, name } }] })
  expect(rowsOf(odd)[0]?.['Resource Name']).toBe(name)
})
