/** The inputs of the action: what the runner hands over in the environment, checked. */
import { Failure } from '../../packages/cli/src/failure.ts'

/** What every input is when the workflow does not name it; `action.yml` says the same. */
export const DEFAULTS = {
  files: '.',
  format: 'junit',
  outputFile: 'results',
  frameworks: '',
  controls: '',
  controlsConfig: '',
  exceptions: '',
  complianceThreshold: '',
  severityThreshold: 'high',
  failedThreshold: '',
  verbose: 'false',
  fixFiles: 'false',
  account: '',
  accessKey: '',
  server: '',
  version: '',
  image: '',
  registryUsername: '',
  registryPassword: '',
  baseline: '',
  failOnNewOnly: 'false',
  annotations: 'true',
  jobSummary: 'true',
  sarifCategory: '',
} as const

/** Inputs that must not be seen in logs. */
const SECRET = ['accessKey', 'registryPassword'] as const

/** Inputs as texts, with defaults. */
export type Inputs = Readonly<Record<keyof typeof DEFAULTS, string>>

/** Variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Reads the inputs; names are compared without regard to case. */
export function readInputs(env: Environment): Inputs {
  const given = new Map(Object.entries(env).map(([name, value]) => [name.toUpperCase(), value?.trim()]))
  const inputs = Object.entries(DEFAULTS).map(([name, otherwise]) => [
    name,
    given.get(`INPUT_${name.toUpperCase()}`) ?? otherwise,
  ])
  return Object.fromEntries(inputs) as Inputs
}

/** Values that logs must not show. */
export function secretsOf(inputs: Inputs): string[] {
  return SECRET.map((name) => inputs[name]).filter((value) => value !== '')
}

/**
 * A switch, as YAML 1.2 writes it; empty is the default.
 * @throws {Failure} for other words
 */
export function isOn(inputs: Inputs, name: keyof Inputs): boolean {
  const value = inputs[name] === '' ? DEFAULTS[name] : inputs[name]
  if (/^(?:true|True|TRUE)$/.test(value)) return true
  if (/^(?:false|False|FALSE)$/.test(value)) return false
  throw new Failure(`${name} is "${value}"`, 'Write true or false.')
}

/**
 * Refuses what the action cannot do, and what contradicts itself: nothing that a workflow asks for is left out in silence.
 * @throws {Failure} naming the input
 */
export function refuseImpossible(inputs: Inputs, version: string): void {
  if (inputs.image !== '') {
    throw new Failure('image: this version of kubescape does not scan images', 'Leave it out, and name files.')
  }
  if (inputs.registryUsername !== '' || inputs.registryPassword !== '') {
    throw new Failure('registryUsername and registryPassword do nothing without image', 'Leave them out.')
  }
  if (isOn(inputs, 'fixFiles')) {
    throw new Failure('fixFiles: this version of kubescape does not change files', 'Leave it out.')
  }
  if (inputs.account !== '') {
    throw new Failure(
      'account: reports go to no service that has accounts',
      'Leave it out; server and accessKey send the report to a server of yours.',
    )
  }
  if (inputs.accessKey !== '' && inputs.server === '') {
    throw new Failure('accessKey does nothing without server', 'Name the server that it is for.')
  }
  if (inputs.version !== '' && inputs.version.replace(/^v/, '') !== version.replace(/^v/, '')) {
    throw new Failure(
      `version is ${inputs.version}, and this action carries ${version}: it downloads nothing`,
      `Leave version out, or use the action at the tag of the version: uses: OWNER/REPOSITORY/action@${inputs.version}`,
    )
  }
  if (inputs.frameworks !== '' && inputs.controls !== '') {
    throw new Failure('frameworks and controls are both named', 'Name one of them.')
  }
  refuseContradictions(inputs)
}

function refuseContradictions(inputs: Inputs): void {
  const isNewOnly = isOn(inputs, 'failOnNewOnly')
  if (isNewOnly && inputs.baseline === '') {
    throw new Failure('failOnNewOnly does nothing without baseline', 'Name an earlier report to compare with.')
  }
  if (isNewOnly && inputs.complianceThreshold !== '') {
    throw new Failure(
      'failOnNewOnly and complianceThreshold contradict each other: the score counts old failures too',
      'Name one of them.',
    )
  }
}
