import { XMLParser } from 'fast-xml-parser'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { contextOf, sample } from '../../testing/reports.ts'
import { readJunit } from '../../testing/validators/junit.ts'
import { render } from './render.ts'
import { xmlAttribute, xmlText } from './xml.ts'

test('a failure says what failed, how to repair it, and where', async () => {
  const one = await sample('one')
  const text = [...render(one.report, contextOf(one))].join('')
  const [suite] = readJunit(text)
  expect(suite?.['@_name']).toBe('kubescape')
  const [testcase] = suite?.testcase ?? []
  expect(testcase).toMatchObject({ '@_name': 'Privileged container', '@_classname': 'kubescape/C-0057' })
  const [failure] = testcase?.failure ?? []
  expect(failure?.['@_message']).toBe('C-0057 Privileged container (High) failed on 1 of 1 resource')
  const lines = (failure?.['#text'] ?? '').trimEnd().split('\n')
  expect(lines[0]).toMatch(/^Remediation: .*privileged/)
  expect(lines.slice(1)).toEqual([
    'More: https://hub.armosec.io/docs/c-0057',
    'apiVersion: v1; kind: Pod; namespace: shop; name: web; sourcePath: pod.yaml:11',
  ])
  expect(text).toContain('timestamp="2026-01-02T03:04:05Z"')
})

test('properties hold the scores and what they owe to exceptions; cases tell what is excluded and why', async () => {
  const many = await sample('many')
  const suites = readJunit([...render(many.report, contextOf(many))].join(''))
  const [suite] = suites
  const properties = new Map(
    suite?.properties.flatMap(({ property }) => property.map((each) => [each['@_name'], each['@_value']])),
  )
  const [framework] = many.report.frameworks
  expect(properties.get('complianceScore')).toBe(framework?.complianceScore.toFixed(2))
  expect(properties.get('complianceWithoutExceptions')).toBe(framework?.complianceWithoutExceptions.toFixed(2))
  expect(properties.get('excludedResources')).toBe(String(framework?.counters.excluded))
  const privileged = suite?.testcase?.find((each) => each['@_classname'].endsWith('/C-0057'))
  expect(privileged?.['system-out']?.join('')).toContain(
    'excluded: apiVersion: apps/v1; kind: DaemonSet; namespace: platform; name: agent; sourcePath: platform/agent.yaml:20; exceptions: the agent owns its node (It loads kernel modules.)',
  )
  const skipped = suite?.testcase?.filter((each) => each.skipped !== undefined) ?? []
  expect(skipped.every(({ skipped: [reason] = [] }) => (reason?.['@_message'] ?? '') !== '')).toBe(true)
})

const ILLEGAL = /[\0-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g // oxlint-disable-line no-control-regex

test('any text is legal XML, and read back as it was, apart from what XML cannot say', () => {
  const parser = new XMLParser({ ignoreAttributes: false, trimValues: false, parseTagValue: false })
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { x } = parser.parse(`<x a="${xmlAttribute(text)}">.${xmlText(text)}</x>`) as { x: Record<string, string> }
      const wanted = text.toWellFormed().replaceAll(/\r\n?/g, '\n').replaceAll(ILLEGAL, '\uFFFD')
      expect(x['@_a']).toBe(wanted.replaceAll(/[\n\t]/g, ' '))
      expect(x['#text']).toBe(`.${wanted}`)
    }),
  )
})
