import { describe, expect, test } from 'vitest'

import { endpointOf, settingOf, wantedSignals } from './signals.ts'

const BASE = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }
const TRACES = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:4318/t' }

describe('telemetry is wanted', () => {
  test.each([
    [{}, []],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }, []],
    [{ OTEL_SERVICE_NAME: 'a', OTEL_TRACES_EXPORTER: 'otlp' }, []],
    [BASE, ['traces', 'metrics']],
    [TRACES, ['traces']],
    [{ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://127.0.0.1' }, ['metrics']],
    [{ ...BASE, OTEL_SDK_DISABLED: 'TRUE' }, []],
    [{ ...BASE, OTEL_SDK_DISABLED: 'false' }, ['traces', 'metrics']],
    [{ ...BASE, OTEL_TRACES_EXPORTER: 'none' }, ['metrics']],
    [{ ...BASE, OTEL_METRICS_EXPORTER: 'console, otlp' }, ['traces', 'metrics']],
    [{ ...BASE, OTEL_METRICS_EXPORTER: 'prometheus' }, ['traces']],
  ])('by %j: %j', (env, expected) => {
    expect(wantedSignals(env)).toEqual(expected)
  })
})

test.each([
  [BASE, 'http://127.0.0.1:4318/v1/traces'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1/base/' }, 'http://127.0.0.1/base/v1/traces'],
  [{ ...BASE, ...TRACES }, 'http://127.0.0.1:4318/t'],
  [{}, ''],
])('traces go, by %j, to %s', (env, expected) => {
  expect(endpointOf('traces', env)).toBe(expected)
})

test('a setting of the signal goes before the common one', () => {
  const env = { OTEL_EXPORTER_OTLP_TIMEOUT: '5000', OTEL_EXPORTER_OTLP_METRICS_TIMEOUT: '1000' }
  expect([settingOf('TIMEOUT', 'traces', env), settingOf('TIMEOUT', 'metrics', env)]).toEqual(['5000', '1000'])
  expect(settingOf('CERTIFICATE', 'metrics', env)).toBe('')
})
