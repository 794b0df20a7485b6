/** The reports are what their names say, so that a format which is held against them has met all of it. */
import type { Report, Verdict } from '@kubescape/results'
import { expect, test } from 'vitest'

import { contextOf, sample } from './reports.ts'

function verdictsOf(report: Report): Verdict[] {
  return report.controls.flatMap((control) => [...report.byControl(control)])
}

const failedOf = (report: Report): Verdict[] => verdictsOf(report).filter(({ status }) => status === 'failed')

test('an empty report has controls and no verdict', async () => {
  const { report } = await sample('empty')
  expect(report.controls.length).toBeGreaterThan(100)
  expect(verdictsOf(report)).toEqual([])
})

test('one finding is one', async () => {
  const { report } = await sample('one')
  expect(
    failedOf(report).map(({ rules }) => rules.flatMap(({ findings }) => findings.map(({ path }) => path))),
  ).toEqual([['spec.containers[0].securityContext.privileged']])
})

test('many findings are of every sort', async () => {
  const { report } = await sample('many')
  const verdicts = verdictsOf(report)
  const rules = verdicts.flatMap((verdict) => verdict.rules)
  const findings = rules.flatMap((rule) => rule.findings)
  expect(new Set(verdicts.map(({ status }) => status))).toEqual(new Set(['passed', 'excluded', 'skipped', 'failed']))
  expect(new Set(findings.map(({ role }) => role))).toEqual(new Set(['failed', 'review', 'missing']))
  expect(new Set(findings.map(({ fix }) => fix?.action))).toEqual(new Set(['set', 'remove', undefined]))
  expect(Object.values(report.resourcesBySeverity).filter((count) => count > 0).length).toBeGreaterThanOrEqual(4)
  expect(rules.some(({ related }) => related.length > 0)).toBe(true)
  expect(verdicts.some(({ ref }) => report.subjects[ref]?.related !== undefined)).toBe(true)
  expect(verdicts.some(({ subStatus }) => subStatus === 'requires review')).toBe(true)
  expect(report.coverage).toMatchObject({ degraded: true, documents: { unread: 1 } })
  const excepted = verdicts.filter(({ rules: each }) => each.some((rule) => rule.excepted.length > 0))
  expect(excepted.map(({ status }) => status).toSorted()).toEqual(['excluded', 'failed'])
  expect(report.exceptions().map(({ isExpired, matches }) => [isExpired, matches.length])).toEqual([
    [false, 1],
    [false, 1],
    [false, 0],
    [true, 0],
  ])
})

test('hostile characters reach names, values, files and exceptions', async () => {
  const { report } = await sample('hostile')
  const [subject] = report.subjects
  expect(subject?.identity.name).toContain('\u001b[31m')
  expect(subject?.identity.name).toContain('<script>')
  expect(subject?.origin?.file).toContain('\u202e')
  expect(report.exceptions()[0]?.exception.reason).toContain('</td>')
  expect(failedOf(report).length).toBeGreaterThan(10)
})

test('ten thousand findings can be placed', async () => {
  const large = await sample('large')
  const failed = failedOf(large.report)
  expect(failed.length).toBeGreaterThanOrEqual(10_000)
  const { evidence } = contextOf(large)
  const [first] = failed.flatMap(({ ref, rules }) => rules.flatMap(({ findings }) => findings.map((f) => ({ ref, f }))))
  if (first === undefined) throw new Error('nothing failed')
  expect(evidence.place(first.ref, first.f).line).toBeGreaterThan(0)
})
