/** The numbers of a scan as metrics. Gauges: a run is over after one value, and the last value is what people look for. */
import type { Resource } from '@opentelemetry/resources'
import { MeterProvider, MetricReader, type ResourceMetrics } from '@opentelemetry/sdk-metrics'

import type { ScanRecord } from './scan-record.ts'

/** Reads once, when it is asked to. */
class OneReading extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}

  protected override async onShutdown(): Promise<void> {}
}

/** The metrics. */
export async function makeMetrics(
  record: ScanRecord,
  peakMemoryBytes: number,
  resource: Resource,
  version: string,
): Promise<ResourceMetrics> {
  const reader = new OneReading()
  const meter = new MeterProvider({ resource, readers: [reader] }).getMeter('kubescape', version)
  const gauge = (name: string, unit: string, description: string): ReturnType<typeof meter.createGauge> =>
    meter.createGauge(name, { unit, description })
  const { whole } = record
  gauge('kubescape.scan.duration', 's', 'Time from the start of the program to the end of the scan').record(
    (whole.endMs - whole.startMs) / 1000,
  )
  gauge('kubescape.scan.objects', '{object}', 'Kubernetes objects that were read').record(record.objects)
  gauge('kubescape.scan.memory.peak', 'By', 'Most memory that the program held at once').record(peakMemoryBytes)
  const failures = gauge('kubescape.scan.failures', '{failure}', 'Failed pairs of resource and control, by severity')
  for (const [severity, count] of Object.entries(record.failures)) failures.record(count, { severity })
  const { resourceMetrics } = await reader.collect()
  return resourceMetrics
}
