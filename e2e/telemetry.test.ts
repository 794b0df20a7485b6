import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { selfSigned } from './certificate.ts'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { startKubescape, type Run } from './kubescape.ts'
import { closedPort, startProxy, startReceiver, type Received, type Receiver, type Reply } from './receiver.ts'

const folder = temporaryFolder()
writeFiles(folder, {
  'canary-file.yaml': podYaml('canary-pod', 'env: [{name: PASSWORD, value: canary-value}]'),
})

type Environment = Readonly<Record<string, string>>

const ACCEPTED: Reply = { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' }
const TRACE = '0af7651916cd43dd8448eb211c80319c'
const PARENT = 'b7ad6b7169203331'
/** Of whoever runs the tests. */
const NEUTRAL: Environment = {
  OTEL_SDK_DISABLED: '',
  OTEL_RESOURCE_ATTRIBUTES: '',
  OTEL_SERVICE_NAME: '',
  TRACEPARENT: '',
}

function scan(env: Environment, ...flags: readonly string[]): Promise<Run> {
  return startKubescape(['scan', 'canary-file.yaml', ...flags], { cwd: folder, env: { ...NEUTRAL, ...env } }).ended
}

interface Attribute {
  readonly key: string
  readonly value: Readonly<Record<string, unknown>>
}

interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly Attribute[]
  readonly status: { readonly code: number }
}

interface Metric {
  readonly name: string
  readonly unit: string
  readonly gauge: {
    readonly dataPoints: readonly (Readonly<Record<string, unknown>> & { attributes: readonly Attribute[] })[]
  }
}

interface Group {
  readonly resource: { readonly attributes: readonly Attribute[] }
  readonly scopeSpans?: readonly {
    readonly scope: { readonly name: string; readonly version: string }
    readonly spans: readonly Span[]
  }[]
  readonly scopeMetrics?: readonly { readonly scope: { readonly name: string }; readonly metrics: readonly Metric[] }[]
}

function request(collector: Receiver, path: string): Received | undefined {
  return collector.received.find(({ url }) => url === path)
}

/** The only group of a payload. */
function group(received: Received | undefined, name: 'resourceSpans' | 'resourceMetrics'): Group {
  const payload = JSON.parse(received?.body ?? '{}') as Record<typeof name, readonly Group[]>
  const [only, ...more] = payload[name]
  if (only === undefined || more.length > 0) throw new Error(`${name}: ${1 + more.length} groups`)
  return only
}

function spansOf(collector: Receiver, path = '/v1/traces'): readonly Span[] {
  return group(request(collector, path), 'resourceSpans').scopeSpans?.[0]?.spans ?? []
}

/** Attributes by name, each as its only value. */
function plain(attributes: readonly Attribute[] | undefined): Record<string, unknown> {
  return Object.fromEntries((attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0]]))
}

describe('what a collector gets', { timeout: 20_000 }, () => {
  test('are spans of the steps, in the JSON of OTLP', async () => {
    const collector = await startReceiver(() => ACCEPTED)
    const server = await startReceiver(() => ({ status: 201 }))
    const flags = [
      '--format',
      'json,pretty-printer',
      '--output',
      join(folder, 'report'),
      '--submit',
      '--server',
      server.url,
    ]
    const { code, stderr } = await scan({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }, ...flags)
    expect(code).toBe(0)
    expect(stderr).not.toContain('elemetry')
    expect(request(collector, '/v1/traces')).toMatchObject({
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': expect.stringMatching(/^kubescape\/v\d/) as string },
    })
    const { resource, scopeSpans = [] } = group(request(collector, '/v1/traces'), 'resourceSpans')
    expect(plain(resource.attributes)).toMatchObject({
      'service.name': 'kubescape',
      'service.version': expect.stringMatching(/^v\d/) as string,
    })
    expect(scopeSpans.map(({ scope }) => scope)).toEqual([
      { name: 'kubescape', version: expect.stringMatching(/^v\d/) as string },
    ])
    const spans = spansOf(collector)
    const steps = ['find input', 'plan', 'read', 'join', 'report', 'write json', 'write pretty-printer', 'submit']
    expect(spans.map(({ name }) => name)).toEqual([...steps, 'scan'])
    const whole = spans.at(-1)
    for (const span of spans) {
      expect(span).toMatchObject({
        traceId: expect.stringMatching(/^[\da-f]{32}$/) as string,
        spanId: expect.stringMatching(/^[\da-f]{16}$/) as string,
        kind: 1,
        status: { code: 0 },
      })
      expect(span.traceId).toBe(whole?.traceId)
      expect(span.parentSpanId).toBe(span === whole ? undefined : whole?.spanId)
      const [start, end] = [span.startTimeUnixNano, span.endTimeUnixNano].map(BigInt)
      expect(
        start! <= end! && start! >= BigInt(whole!.startTimeUnixNano) && end! <= BigInt(whole!.endTimeUnixNano),
      ).toBe(true)
      expect(Math.abs(Number(end! / 1_000_000n) - Date.now())).toBeLessThan(60_000)
    }
    const facts = Object.fromEntries(spans.map(({ name, attributes }) => [name, plain(attributes)]))
    expect(facts).toMatchObject({
      plan: { 'kubescape.frameworks': 2 },
      read: { 'kubescape.files': 1, 'kubescape.objects': 1, 'kubescape.problems': 0 },
      report: { 'kubescape.resources.failed': 1, 'kubescape.resources.passed': 0 },
      submit: { 'kubescape.submitted': true },
      scan: { 'kubescape.input.kind': 'file', 'process.exit.code': 0 },
    })
  })

  test('are four metrics', async () => {
    const collector = await startReceiver(() => ACCEPTED)
    await scan({ OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/base/` })
    const { resource, scopeMetrics = [] } = group(request(collector, '/base/v1/metrics'), 'resourceMetrics')
    expect(plain(resource.attributes)['service.name']).toBe('kubescape')
    const metrics = scopeMetrics[0]?.metrics ?? []
    expect(metrics.map(({ name, unit }) => [name, unit])).toEqual([
      ['kubescape.scan.duration', 's'],
      ['kubescape.scan.objects', '{object}'],
      ['kubescape.scan.memory.peak', 'By'],
      ['kubescape.scan.failures', '{failure}'],
    ])
    const values = metrics.map(({ gauge }) => gauge.dataPoints.map(({ asDouble }) => Number(asDouble)))
    const [[seconds = 0] = [], objects, [bytes = 0] = [], failures = []] = values
    expect(seconds > 0.01 && seconds < 60 && bytes > 2 ** 24 && bytes < 2 ** 31).toBe(true)
    expect(objects).toEqual([1])
    expect(metrics[3]?.gauge.dataPoints.map(({ attributes }) => plain(attributes)['severity'])).toEqual([
      'critical',
      'high',
      'medium',
      'low',
      'unknown',
    ])
    expect(failures.reduce((a, b) => a + b)).toBeGreaterThan(3)
  })

  test('is nothing of what was scanned, where, and by whom', async () => {
    const collector = await startReceiver(() => ACCEPTED)
    await scan({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })
    await scan({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }, '--controls-config', 'canary-missing.json')
    expect(collector.received).toHaveLength(4)
    const sent = JSON.stringify(collector.received)
    for (const secret of ['canary', folder, 'nginx', hostname(), process.execPath, 'main.js', 'main.ts']) {
      expect(sent).not.toContain(secret)
    }
  })

  test('is in the trace of whoever started the scan, with what they say of the service', async () => {
    const collector = await startReceiver(() => ACCEPTED)
    await scan({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=a%20b',
      OTEL_SERVICE_NAME: 'nightly',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      TRACEPARENT: `00-${TRACE}-${PARENT}-01`,
    })
    expect(spansOf(collector).at(-1)).toMatchObject({ name: 'scan', traceId: TRACE, parentSpanId: PARENT })
    const { resource } = group(request(collector, '/v1/traces'), 'resourceSpans')
    expect(plain(resource.attributes)).toMatchObject({
      'service.name': 'nightly',
      'deployment.environment.name': 'test',
    })
    expect(request(collector, '/v1/traces')?.headers['x-tenant']).toBe('a b')
  })

  test('tells that a scan failed', async () => {
    const collector = await startReceiver(() => ACCEPTED)
    const run = await scan({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }, '--controls-config', 'missing.json')
    expect(run.code).toBe(1)
    const whole = spansOf(collector).at(-1)
    expect(whole?.status.code).toBe(2)
    expect(plain(whole?.attributes)).toEqual({ 'process.exit.code': 1, 'error.type': 'Failure' })
    const gated = await startReceiver(() => ACCEPTED)
    const gate = await scan({ OTEL_EXPORTER_OTLP_ENDPOINT: gated.url }, '--severity-threshold', 'low')
    expect(gate.code).toBe(1)
    expect(spansOf(gated).at(-1)?.status.code).toBe(0)
    expect(plain(spansOf(gated).at(-1)?.attributes)).toMatchObject({ 'process.exit.code': 1 })
  })

  test('is only what has an endpoint', async () => {
    const collector = await startReceiver(() => ACCEPTED)
    await scan({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/t` })
    await scan({ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${collector.url}/m` })
    await scan({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, TRACEPARENT: `00-${TRACE}-${PARENT}-00` })
    expect(collector.received.map(({ url }) => url)).toEqual(['/t', '/m', '/v1/metrics'])
  })

  test('goes over https as well', async () => {
    const identity = selfSigned()
    writeFiles(folder, { 'collector.pem': identity.cert })
    const collector = await startReceiver(() => ACCEPTED, identity)
    const refused = await scan({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })
    expect(refused.stderr).toMatch(/^Telemetry was not sent: self-signed certificate[^\n]*\n$/)
    const certificate = join(folder, 'collector.pem')
    const run = await scan({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_CERTIFICATE: certificate })
    expect({ ...run, stdout: '' }).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(collector.received).toHaveLength(2)
  })

  test('goes through a proxy, and compressed, where the environment says so', async () => {
    const identity = selfSigned('collector.example')
    writeFiles(folder, { 'far.pem': identity.cert })
    const collector = await startReceiver(() => ACCEPTED, identity)
    const proxy = await startProxy(collector.port)
    const { code, stderr } = await scan({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example:4318',
      OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE: join(folder, 'far.pem'),
      OTEL_EXPORTER_OTLP_METRICS_CERTIFICATE: join(folder, 'far.pem'),
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
      HTTPS_PROXY: proxy.url,
    })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(proxy.received.map(({ method, url }) => `${method} ${url}`)).toEqual(
      Array.from({ length: 2 }, () => 'CONNECT collector.example:4318'),
    )
    expect(collector.received.map(({ headers }) => headers['content-encoding'])).toEqual(['gzip', 'gzip'])
  })
})

describe('nothing is sent', () => {
  test.each<[string, Environment, ...string[]]>([
    ['where OTEL_SDK_DISABLED says so', { OTEL_SDK_DISABLED: 'true' }],
    ['where both exporters are none', { OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none' }],
    ['with --keep-local', {}, '--keep-local'],
  ])('%s', async (_, env, ...flags) => {
    const collector = await startReceiver(() => ACCEPTED)
    const { code, stderr } = await scan({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...env }, ...flags)
    expect({ code, stderr, sent: collector.received }).toEqual({ code: 0, stderr: '', sent: [] })
  })

  test('after Ctrl-C', async () => {
    const collector = await startReceiver(() => ACCEPTED)
    const env = { ...NEUTRAL, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }
    const running: { interrupt?: () => void } = {}
    const server = await startReceiver(() => {
      running.interrupt?.()
      return undefined
    })
    const args = ['scan', 'canary-file.yaml', '--submit', '--server', server.url]
    const started = startKubescape(args, { cwd: folder, env })
    running.interrupt = started.interrupt
    const { code, stderr } = await started.ended
    expect({ code, sent: collector.received }).toEqual({ code: 1, sent: [] })
    expect(stderr).toMatch(/^error: interrupted\n/)
  })
})

describe('a collector that does not take it is one warning, and changes nothing', { timeout: 20_000 }, () => {
  async function expectWarning(env: Environment, warning: RegExp): Promise<void> {
    const began = performance.now()
    const { code, stdout, stderr } = await scan(env)
    expect({ code, hasReport: stdout.includes('Overall compliance score') }).toEqual({ code: 0, hasReport: true })
    expect(stderr).toMatch(/^Telemetry was not sent: [^\n]+\n$/)
    expect(stderr).toMatch(warning)
    expect(performance.now() - began).toBeLessThan(15_000)
  }

  test('when nothing listens', async () => {
    const port = await closedPort()
    await expectWarning(
      { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` },
      /connect ECONNREFUSED 127\.0\.0\.1/,
    )
  })

  test('when it is silent, whatever time it is given', async () => {
    const { url } = await startReceiver(() => undefined)
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_TIMEOUT: '600000' }
    await expectWarning(env, new RegExp(`no answer from ${url} within 2 s`))
    await expectWarning({ ...env, OTEL_EXPORTER_OTLP_TIMEOUT: '300' }, /within 0\.3 s/)
  })

  test('when the proxy before it is silent', async () => {
    const proxy = await startProxy(9, 'silence')
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example', HTTPS_PROXY: proxy.url }
    await expectWarning(env, /no answer from https:\/\/collector\.example within 2 s/)
  })

  test('when it refuses', async () => {
    const { url } = await startReceiver(() => ({ status: 400, body: 'no' }))
    await expectWarning({ OTEL_EXPORTER_OTLP_ENDPOINT: url }, new RegExp(`: ${url} answered 400 Bad Request\n`))
  })

  test('when it is busy', async () => {
    const { url } = await startReceiver(() => ({ status: 503, headers: { 'retry-after': '60' } }))
    await expectWarning({ OTEL_EXPORTER_OTLP_ENDPOINT: url }, new RegExp(`: ${url} answered that it is busy\n`))
  })

  test.each<[string, Environment, RegExp]>([
    ['no URL', { OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318' }, /ENDPOINT is no http or https URL/],
    ['gRPC', { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, /OTEL_EXPORTER_OTLP_PROTOCOL is grpc, and only HTTP is spoken/],
    ['a file that is not there', { OTEL_EXPORTER_OTLP_CERTIFICATE: 'missing.pem' }, /ENOENT/],
  ])('when the environment names %s', async (_, env, warning) => {
    await expectWarning({ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://127.0.0.1:9', ...env }, warning)
  })

  test('is quiet where warnings are', async () => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await closedPort()}` }
    expect((await scan(env, '--logger', 'error')).stderr).toBe('')
  })
})
