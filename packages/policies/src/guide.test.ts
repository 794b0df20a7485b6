/** The examples of docs/policies.md do what it says, and it names every problem. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { deployment, object, scanBy, verdicts } from '../testing/scans.ts'
import { compileProblems } from './compile-problems.ts'
import { readCustomPolicies } from './custom/read-custom-policies.ts'

const sources = import.meta.dirname
const guide = readFileSync(join(sources, '../../../docs/policies.md'), 'utf8')
const blocks = guide.matchAll(/<!-- file: (\S+) -->\n```\w+\n(.*?)```/gs)
const files = Array.from(blocks, ([, path = '', text = '']) => ({ path, text }))
const set = readCustomPolicies(files)

test('the examples have no problems', () => {
  expect(files.map(({ path }) => path)).toEqual([
    'owner.rego',
    'orphans.rego',
    'replicas.yaml',
    'base.yaml',
    'levels.yaml',
  ])
  expect(set.problems).toEqual([])
  expect(compileProblems(set)).toEqual([])
  expect(set.controls.map(({ id }) => id)).toEqual(['ACME-1', 'ACME-2', 'ACME-3'])
  expect(set.frameworks).toMatchObject([
    { name: 'base', controls: ['ACME-1', 'C-0057'] },
    { name: 'levels', numbers: { 'ACME-1': '1.1', 'C-0035': '2.7' } },
    { name: 'acme', controls: ['ACME-1'] },
    { name: 'custom-rules' },
  ])
})

test('the examples judge', async () => {
  const owned = { ...deployment('owned'), metadata: { name: 'owned', namespace: 'shop', labels: { team: 'shop' } } }
  const replicated = deployment(
    'web',
    {},
    { spec: { replicas: 2, template: { metadata: { labels: { app: 'web' } } } } },
  )
  const service = (name: string): ReturnType<typeof object> =>
    object('Service', name, { spec: { selector: { app: name } } })
  const report = await scanBy(set, [owned, replicated, service('web'), service('lost')])
  expect(report.coverage.problems).toEqual([])
  const path = 'metadata.labels.owner'
  expect(verdicts(report, 'ACME-1')).toEqual({
    'Deployment owned': 'passed',
    'Deployment web': [{ role: 'missing', path, fix: { action: 'set', path, value: 'YOUR_TEAM' } }],
  })
  expect(verdicts(report, 'ACME-2')).toMatchObject({
    'Service web': 'passed',
    'Service lost': [{ role: 'review', path: 'spec.selector' }],
  })
  expect(verdicts(report, 'ACME-3')).toMatchObject({ 'Deployment owned': [{}], 'Deployment web': 'passed' })
})

test('every problem is in its table', () => {
  const texts = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => readFileSync(join(sources, path), 'utf8'))
  const codes = texts.flatMap((text) => [
    ...Array.from(text.matchAll(/'policy\/([a-z-]+)'/g), ([, code = '']) => code),
    ...Array.from(text.matchAll(/\.note\(\s*'([a-z-]+)'/g), ([, code = '']) => code),
    ...Array.from(text.matchAll(/\bbroken\(\s*'([a-z-]+)'/g), ([, code = '']) => code),
  ])
  expect(codes.length).toBeGreaterThan(20)
  expect([...new Set(codes)].filter((code) => !guide.includes(`\`policy/${code}\``))).toEqual([])
})
