/** Prometheus: a strict reader of the text exposition format, version 0.0.4. */
import { expect } from 'vitest'

import { displayScore } from '../../src/score.ts'
import { textOf, type Validate } from './validator.ts'

/** One series. */
export interface Series {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*'
const LABEL = `([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\\\\n]|\\\\["\\\\n])*)"`
const SERIES = new RegExp(`^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)\\})? (-?\\d+(?:\\.\\d+)?(?:e[+-]\\d+)?)$`)

/** Every series of a text; throws where it is not the format. */
export function readMetrics(text: string): Series[] {
  if (text.includes('\0')) throw new Error('the reader of Prometheus ends at NUL')
  if (!text.endsWith('\n')) throw new Error('the last line does not end')
  const series: Series[] = []
  const families = new Set<string>()
  const seen = new Set<string>()
  let family = ''
  let helped = ''
  for (const line of text.split('\n').slice(0, -1)) {
    const comment = new RegExp(`^# (HELP|TYPE) (${NAME}) (.+)$`).exec(line)
    if (comment?.[1] === 'HELP') {
      helped = comment[2] ?? ''
      if (families.has(helped)) throw new Error(`two families are called ${helped}`)
    } else if (comment?.[1] === 'TYPE') {
      family = comment[2] ?? ''
      if (family !== helped || comment[3] !== 'gauge') throw new Error(`not a gauge with help: ${line}`)
      families.add(family)
    } else {
      const match = SERIES.exec(line)
      if (match === null || match[1] !== family) throw new Error(`not a series of ${family}: ${line}`)
      const [, name = '', labels = ''] = match
      if (seen.has(name + labels)) throw new Error(`twice: ${line}`)
      seen.add(name + labels)
      series.push({ name, labels: readLabels(labels), value: Number(match.at(-1)) })
    }
  }
  return series
}

function readLabels(text: string): Record<string, string> {
  const pairs = [...text.matchAll(new RegExp(LABEL, 'g'))]
  return Object.fromEntries(
    pairs.map(([, label = '', value = '']) => [
      label,
      value.replaceAll(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped)),
    ]),
  )
}

/** The published names, and numbers that are those of the report. */
export const validatePrometheus: Validate = (output, { report }) => {
  const series = readMetrics(textOf(output))
  const only = (name: string): number | undefined => series.find((each) => each.name === name)?.value
  expect(only('kubescape_compliance_score')).toBe(report.complianceScore)
  expect(only('kubescape_score')).toBe(displayScore(report.complianceScore))
  expect(only('kubescape_cluster_complianceScore')).toBe(displayScore(report.complianceScore))
  expect(only('kubescape_cluster_coverage_score')).toBe(displayScore(report.coverage.coverageScore))
  for (const [status, amount] of Object.entries(report.counters)) {
    expect(only(`kubescape_cluster_count_resources_${status}`)).toBe(amount)
  }
  const failed = new Map(
    series.filter(({ name }) => name === 'kubescape_control_failed').map((each) => [each.labels['control_id'], each]),
  )
  for (const { control, severity, status, counters } of report.controls) {
    const expected = { control_id: control.id, control_name: control.name, severity: severity.toLowerCase() }
    const found = failed.get(control.id)
    if (status === 'skipped') continue
    expect(found).toEqual({ name: 'kubescape_control_failed', labels: expected, value: counters.failed })
  }
  const byResource = series.filter(({ name }) => name === 'kubescape_resource_count_controls_failed')
  const total = byResource.reduce((sum, { value }) => sum + value, 0)
  expect(total).toBe(report.controls.reduce((sum, { counters }) => sum + counters.failed, 0))
}
