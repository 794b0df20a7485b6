/** The command line that does what the inputs ask for. */
import type { Environment, Inputs } from './inputs.ts'
import { isOn } from './inputs.ts'

/** What the scan is asked beside the inputs. */
export interface Request {
  /** Paths and globs. */
  readonly files: readonly string[]
  readonly formats: readonly string[]
  /** Where the reports are written, without extension. */
  readonly output: string
}

/** The arguments, one by one: no shell reads them. Values are tied to their flags, so that none is taken for a flag. */
export function scanArguments(inputs: Inputs, { files, formats, output }: Request): string[] {
  const { controls, frameworks } = inputs
  const asked = controls === '' ? ['framework', frameworks === '' ? 'all' : frameworks] : ['control', controls]
  const isNewOnly = isOn(inputs, 'failOnNewOnly')
  const severity = isNewOnly ? '--baseline-severity-threshold' : '--severity-threshold'
  const flags = [
    ...flag('--controls-config', inputs.controlsConfig),
    ...flag('--exceptions', inputs.exceptions),
    ...flag('--compliance-threshold', inputs.complianceThreshold),
    ...flag('--baseline', inputs.baseline),
    ...(isNewOnly ? ['--baseline-fail-on-new'] : []),
    ...flag(severity, inputs.severityThreshold),
    ...(inputs.server === '' ? [] : ['--submit', `--server=${inputs.server}`]),
    ...(isOn(inputs, 'verbose') ? ['--verbose'] : []),
  ]
  return [
    'scan',
    ...asked.slice(0, 1),
    `--format=${formats.join(',')}`,
    `--output=${output}`,
    '--logger=warning',
    ...flags,
    '--',
    ...asked.slice(1),
    ...files,
  ]
}

/** The environment of the scan: the token of the server, and none of the inputs again. */
export function scanEnvironment(inputs: Inputs, env: Environment): Record<string, string | undefined> {
  const kept = Object.entries(env).filter(([name]) => !name.toUpperCase().startsWith('INPUT_'))
  const token = inputs.accessKey === '' ? {} : { KUBESCAPE_SERVER_TOKEN: inputs.accessKey }
  return { NO_COLOR: '1', ...Object.fromEntries(kept), ...token }
}

function flag(name: string, value: string): string[] {
  return value === '' ? [] : [`${name}=${value}`]
}
