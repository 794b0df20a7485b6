/** Whether the environment asks for telemetry. Source: OpenTelemetry, "Environment Variable Specification" and "OTLP Exporter". */

type Environment = Readonly<Record<string, string | undefined>>

/** A kind of telemetry. */
export type Signal = 'traces' | 'metrics'

/** The kinds that have somewhere to go: none in nearly every run, so nothing else of telemetry is loaded before this is known. */
export function wantedSignals(env: Environment): Signal[] {
  if (read(env, 'OTEL_SDK_DISABLED').toLowerCase() === 'true') return []
  return (['traces', 'metrics'] as const).filter((signal) => {
    const exporters = read(env, `OTEL_${signal.toUpperCase()}_EXPORTER`).split(',')
    return endpointOf(signal, env) !== '' && exporters.some((name) => ['', 'otlp'].includes(name.trim()))
  })
}

/** Where a signal goes, as URL: its own variable is used as it is, the common one is the base of both. Empty for nowhere. */
export function endpointOf(signal: Signal, env: Environment): string {
  const own = read(env, `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT`)
  const base = read(env, 'OTEL_EXPORTER_OTLP_ENDPOINT')
  if (own !== '' || base === '') return own
  return `${base.replace(/\/+$/, '')}/v1/${signal}`
}

/** A setting of the exporter, by the signal's own variable or the common one; empty for none. */
export function settingOf(name: string, signal: Signal, env: Environment): string {
  return read(env, `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_${name}`) || read(env, `OTEL_EXPORTER_OTLP_${name}`)
}

function read(env: Environment, name: string): string {
  return env[name]?.trim() ?? ''
}
