/** Sends what a scan tells of itself to a collector, by OTLP over HTTP. Loaded only where the environment names one. */
import { readFileSync } from 'node:fs'
import type { Agent } from 'node:http'

import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import {
  defaultResource,
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
  type Resource,
} from '@opentelemetry/resources'
import type { Environment } from '@kubescape/cluster/http'

import { makeAgent } from '../http/agent.ts'
import { proxyFor } from '../http/proxies.ts'
import { makeMetrics } from './metrics.ts'
import type { ScanRecord } from './scan-record.ts'
import { endpointOf, settingOf, type Signal } from './signals.ts'
import { makeSpans } from './spans.ts'

/** What to send, and what the environment says of how. */
export interface TelemetryOrder {
  readonly record: ScanRecord
  readonly signals: readonly Signal[]
  /** Of kubescape. */
  readonly version: string
  readonly env: Environment
  readonly signal: AbortSignal
}

/** Nobody waits longer for a collector, whatever the environment says. */
const LONGEST_WAIT_MS = 2000

/** Gives the reasons why something was not sent, each once; they hold text of strangers. Never throws. */
export async function exportTelemetry(order: TelemetryOrder): Promise<string[]> {
  // What comes now needs memory too, which is not the scan's.
  const peakMemoryBytes = process.resourceUsage().maxRSS * 1024
  const resource = describeProgram(order.version)
  const reasons = await Promise.all(
    order.signals.map(async (signal) => {
      try {
        await deliver(signal, resource, peakMemoryBytes, order)
        return undefined
      } catch (error) {
        return reasonOf(error)
      }
    }),
  )
  return [...new Set(reasons.filter((reason) => reason !== undefined))]
}

/** Of the process and the machine nothing is told but what `OTEL_RESOURCE_ATTRIBUTES` says. */
function describeProgram(version: string): Resource {
  const own = resourceFromAttributes({ 'service.name': 'kubescape', 'service.version': version })
  const given = detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] })
  return defaultResource().merge(own).merge(given)
}

async function deliver(
  signal: Signal,
  resource: Resource,
  peakMemoryBytes: number,
  { record, version, env, signal: cancel }: TelemetryOrder,
): Promise<void> {
  const url = URL.parse(endpointOf(signal, env))
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new Error('the OTEL_EXPORTER_OTLP_ENDPOINT is no http or https URL')
  }
  if (settingOf('PROTOCOL', signal, env).toLowerCase() === 'grpc') {
    throw new Error('OTEL_EXPORTER_OTLP_PROTOCOL is grpc, and only HTTP is spoken (usually on port 4318)')
  }
  const timeoutMs = Number(settingOf('TIMEOUT', signal, env))
  const waitMs = timeoutMs > 0 ? Math.min(LONGEST_WAIT_MS, timeoutMs) : LONGEST_WAIT_MS
  const ended = new AbortController()
  const agent = agentFor(url, signal, env, ended.signal)
  ended.signal.addEventListener('abort', () => agent.destroy())
  const config = {
    url: url.href,
    timeoutMillis: waitMs,
    userAgent: `kubescape/${version}`,
    httpAgentOptions: () => agent,
  }
  const limits = { origin: url.origin, waitMs, ended, cancel }
  if (signal === 'traces') {
    const spans = makeSpans(record, resource, version, env['TRACEPARENT'])
    if (spans.length === 0) return
    await within(limits, (done) => new OTLPTraceExporter(config).export(spans, done))
    return
  }
  const metrics = await makeMetrics(record, peakMemoryBytes, resource, version)
  await within(limits, (done) => new OTLPMetricExporter(config).export(metrics, done))
}

/** Proxies are asked to connect; what is not encrypted goes without. */
function agentFor(server: URL, signal: Signal, env: Environment, ended: AbortSignal): Agent {
  const read = (name: string): string | undefined => {
    const file = settingOf(name, signal, env)
    return file === '' ? undefined : readFileSync(file, 'utf8')
  }
  if (server.protocol === 'http:') return makeAgent({ server })
  const [cert, key] = [read('CLIENT_CERTIFICATE'), read('CLIENT_KEY')]
  return makeAgent({
    server,
    proxy: proxyFor(server, env),
    authorities: read('CERTIFICATE'),
    client: cert === undefined || key === undefined ? undefined : { cert, key },
    signal: ended,
  })
}

/** How long an export may take. */
interface Limits {
  readonly origin: string
  readonly waitMs: number
  /** Closes the connections. */
  readonly ended: AbortController
  readonly cancel: AbortSignal
}

/**
 * Waits for an export, and no longer: the exporter's own time begins only when a connection stands, and its retries know
 * nothing of a cancelled command.
 */
async function within(
  { origin, waitMs, ended, cancel }: Limits,
  start: (done: (result: { readonly error?: Error; readonly code: number }) => void) => void,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  let giveUp: (() => void) | undefined
  try {
    await new Promise<void>((resolve, reject) => {
      giveUp = () => reject(new Error(`no answer from ${origin} within ${waitMs / 1000} s`))
      timer = setTimeout(giveUp, waitMs)
      cancel.addEventListener('abort', giveUp, { once: true })
      start(({ code, error }) => {
        if (code === 0) resolve()
        else reject(failureOf(error, origin))
      })
    })
  } finally {
    clearTimeout(timer)
    if (giveUp !== undefined) cancel.removeEventListener('abort', giveUp)
    ended.abort()
  }
}

/** The exporter's own errors are answers of the collector: with a status, or without where another try might do. */
function failureOf(error: Error | undefined, origin: string): Error {
  if (error !== undefined && error.name !== 'OTLPExporterError') return error
  const status = error !== undefined && 'code' in error && typeof error.code === 'number' ? error.code : undefined
  const said = status === undefined ? 'that it is busy' : `${status} ${error?.message}`
  return new Error(`${origin} answered ${said}`)
}

/** Several addresses were tried in vain: the first one tells enough. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
