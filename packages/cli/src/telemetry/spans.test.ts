import { SpanStatusCode } from '@opentelemetry/api'
import { emptyResource } from '@opentelemetry/resources'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import { describe, expect, test } from 'vitest'

import { Failure } from '../failure.ts'
import { ScanRecord } from './scan-record.ts'
import { makeSpans } from './spans.ts'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const PARENT = 'b7ad6b7169203331'

function makeRecord(error?: unknown): ScanRecord {
  const record = new ScanRecord()
  record.begin('plan')
  record.begin('read')
  record.noteStep('plan', { 'kubescape.controls': 3 })
  record.end(error === undefined ? 0 : 1, error)
  return record
}

function spans(traceParent?: string, error?: unknown): Record<string, ReadableSpan> {
  return Object.fromEntries(
    makeSpans(makeRecord(error), emptyResource(), 'v1', traceParent).map((span) => [span.name, span]),
  )
}

describe('spans', () => {
  test('are one for the whole, which is the parent of one for each step', () => {
    const { scan, plan, read } = spans()
    expect(scan?.parentSpanContext).toBeUndefined()
    for (const step of [plan, read]) {
      expect(step?.parentSpanContext?.spanId).toBe(scan?.spanContext().spanId)
      expect(step?.spanContext().traceId).toBe(scan?.spanContext().traceId)
    }
    expect(plan?.attributes).toEqual({ 'kubescape.controls': 3 })
    expect(scan?.attributes).toEqual({ 'process.exit.code': 0 })
  })

  test('follow one another, within the time of the whole', () => {
    const { scan, plan, read } = spans()
    const time = (at: readonly [number, number] | undefined): number => (at?.[0] ?? 0) * 1e3 + (at?.[1] ?? 0) / 1e6
    const times = [scan?.startTime, plan?.startTime, plan?.endTime, read?.startTime, read?.endTime, scan?.endTime].map(
      time,
    )
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(Math.abs(time(scan?.endTime) - Date.now())).toBeLessThan(60_000)
  })

  test('are below the parent of the environment', () => {
    const { scan } = spans(`00-${TRACE}-${PARENT}-01`)
    expect(scan?.spanContext().traceId).toBe(TRACE)
    expect(scan?.parentSpanContext).toMatchObject({ spanId: PARENT, isRemote: true })
  })

  test('are none when that parent is not sampled', () => {
    expect(spans(`00-${TRACE}-${PARENT}-00`)).toEqual({})
  })

  test.each([
    '',
    'nonsense',
    `ff-${TRACE}-${PARENT}-01`,
    `00-${'0'.repeat(32)}-${PARENT}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${PARENT}-01`,
  ])('begin a trace of their own where TRACEPARENT is "%s"', (traceParent) => {
    const { scan } = spans(traceParent)
    expect(scan?.parentSpanContext).toBeUndefined()
    expect(scan?.spanContext().traceId).toMatch(/^(?!0af7)[\da-f]{32}$/)
  })

  test('tell the kind of what went wrong, never its text', () => {
    const { scan, plan, read } = spans(undefined, new Failure('cannot read /home/me/secret.yaml', 'hint'))
    expect([scan, plan, read].map((span) => span?.status)).toEqual([
      { code: SpanStatusCode.ERROR },
      { code: SpanStatusCode.UNSET },
      { code: SpanStatusCode.ERROR },
    ])
    expect(read?.attributes).toEqual({ 'error.type': 'Failure' })
    expect(scan?.attributes).toEqual({ 'process.exit.code': 1, 'error.type': 'Failure' })
    const coded = spans(undefined, Object.assign(new Error('no such file: /home/me'), { code: 'ENOENT' }))
    expect(coded['scan']?.attributes['error.type']).toBe('ENOENT')
  })
})
