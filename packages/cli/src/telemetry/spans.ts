/** The steps of a scan as spans: one for the whole, and below it one for each step. */
import { ROOT_CONTEXT, SpanStatusCode, trace, type Context } from '@opentelemetry/api'
import type { Resource } from '@opentelemetry/resources'
import { TracerProvider, type ReadableSpan, type SpanProcessor } from '@opentelemetry/sdk-trace'

import type { ScanRecord, Step } from './scan-record.ts'

/** Keeps what has ended. */
class FinishedSpans implements SpanProcessor {
  readonly spans: ReadableSpan[] = []

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    this.spans.push(span)
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}
}

/** The spans, below the parent that `TRACEPARENT` names; none when that one is not sampled. */
export function makeSpans(
  record: ScanRecord,
  resource: Resource,
  version: string,
  traceParent: string | undefined,
): ReadableSpan[] {
  const finished = new FinishedSpans()
  const tracer = new TracerProvider({ resource, spanProcessors: [finished] }).getTracer('kubescape', version)
  const add = (step: Step, parent: Context, below: readonly Step[]): void => {
    const attributes = { ...step.attributes, ...(step.error === undefined ? {} : { 'error.type': step.error }) }
    const span = tracer.startSpan(step.name, { startTime: step.startMs, attributes }, parent)
    for (const each of below) add(each, trace.setSpan(parent, span), [])
    if (step.error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR })
    span.end(step.endMs)
  }
  add(record.whole, parentContext(traceParent), record.steps)
  return finished.spans
}

/** W3C Trace Context, 3.2; OpenTelemetry, "Environment Variables as Context Propagation Carriers". */
function parentContext(traceParent = ''): Context {
  const [, version, traceId = '', spanId = '', flags = ''] =
    /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(?:-.*)?$/.exec(traceParent.trim()) ?? []
  if (version === undefined || version === 'ff' || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return ROOT_CONTEXT
  const traceFlags = Number.parseInt(flags, 16)
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true })
}
