/** Names of workloads as people type them: `shop/Deployment/web`, `deploy/web`, `Deployment.v1.apps/web`. */
import { SERVED_TYPES, splitApiVersion, WORKLOAD_KINDS } from '@kubescape/resources'
import { nearest, type TargetWorkload } from '@kubescape/scanner'

import { Failure } from './failure.ts'

/** The one workload that is to be judged. */
export interface WorkloadCommand {
  readonly target: TargetWorkload
  /** The file that it lives in. */
  readonly file?: string
  /** The chart that it is rendered from. */
  readonly chart?: string
}

/** What was typed beside the name. */
interface WorkloadFlags {
  readonly namespace?: string | undefined
  readonly apiVersion?: string | undefined
}

/** Filters that make no sense beside a name, by the flags that set them. */
const FILTERS: Readonly<Record<string, string>> = {
  labelSelector: '--label-selector',
  includeNamespaces: '--include-namespaces',
  excludeNamespaces: '--exclude-namespaces',
  includeKinds: '--include-kinds',
  excludeKinds: '--exclude-kinds',
}

const VERSION = /^v\d+(?:(?:alpha|beta)\d+)?$/
const GROUP = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/
const GRAMMAR = 'Write [namespace/]Kind[.version[.group]]/name, such as shop/Deployment/web or Deployment.v1.apps/web.'

/**
 * Reads the name and the flags of `scan workload`.
 * @throws {Failure} for what makes no sense
 */
export function readWorkload(name: string, typed: Readonly<Record<string, unknown>>): WorkloadCommand {
  for (const [filter, flag] of Object.entries(FILTERS)) {
    if (typed[filter] !== undefined) throw new Failure(`${flag} is for scans of many workloads`, 'Leave it out.')
  }
  const text = (flag: string): string | undefined => {
    const value = typed[flag]
    return typeof value === 'string' ? value : undefined
  }
  const file = text('filePath')
  const chart = text('chartPath')
  const target = parseWorkload(name, { namespace: text('namespace'), apiVersion: text('apiVersion') })
  return { target, ...(file === undefined ? {} : { file }), ...(chart === undefined ? {} : { chart }) }
}

/**
 * Reads `[namespace/]Kind[.version[.group]]/name`. Kinds may be written as kubectl takes them: `deployments`, `deploy`.
 * @throws {Failure} for anything else, for kinds that are no workloads, and for flags that say otherwise
 */
function parseWorkload(text: string, { namespace, apiVersion }: WorkloadFlags): TargetWorkload {
  const parts = text.trim().split('/')
  const [name = '', type = '', prefix, ...more] = parts.toReversed()
  if (['', '.', '..'].includes(name) || type === '' || prefix === '' || more.length > 0) {
    throw new Failure(`"${text}" names no workload`, GRAMMAR)
  }
  if (namespace !== undefined && prefix !== undefined && namespace !== prefix) {
    throw new Failure(`--namespace ${namespace} contradicts "${text}"`, 'Give the namespace once.')
  }
  const [kind = '', ...rest] = type.split('.')
  const written = rest.length === 0 ? undefined : readType(rest, text)
  const flagged = apiVersion === undefined ? undefined : readApiVersion(apiVersion)
  if (
    written !== undefined &&
    flagged !== undefined &&
    (written.version !== flagged.version || (written.group ?? flagged.group) !== flagged.group)
  ) {
    throw new Failure(`--api-version ${apiVersion ?? ''} contradicts "${text}"`, 'Give the version once.')
  }
  const within = namespace ?? prefix
  return {
    kind: workloadKind(kind),
    name,
    ...(within === undefined ? {} : { namespace: within }),
    ...written,
    ...flagged,
  }
}

/** The name as it can be typed: `shop/Deployment/web`. */
export function workloadName({ namespace, kind, name }: Pick<TargetWorkload, 'namespace' | 'kind' | 'name'>): string {
  return [...(namespace === undefined || namespace === '' ? [] : [namespace]), kind, name].join('/')
}

function readType([version = '', ...group]: readonly string[], text: string): { version: string; group?: string } {
  if (!VERSION.test(version))
    throw new Failure(`"${version}" of "${text}" is no version, such as v1 or v1beta2`, GRAMMAR)
  if (group.length === 0) return { version }
  if (!GROUP.test(group.join('.')))
    throw new Failure(`"${group.join('.')}" of "${text}" is no group, such as apps`, GRAMMAR)
  return { version, group: group.join('.') }
}

function readApiVersion(text: string): { version: string; group: string } {
  const { group, version } = splitApiVersion(text.trim())
  if (VERSION.test(version) && (group === '' || GROUP.test(group)) && !text.trim().startsWith('/'))
    return { version, group }
  throw new Failure(`--api-version does not know "${text}"`, 'Write it as in a manifest, such as apps/v1 or v1.')
}

/** The kind as it is written in manifests. */
function workloadKind(typed: string): string {
  const wanted = typed.toLowerCase()
  const known = SERVED_TYPES.find((type) =>
    [type.kind.toLowerCase(), type.plural, type.shortName].some((name) => name !== '' && name === wanted),
  )
  if (known === undefined) {
    const near = nearest(typed, WORKLOAD_KINDS)
    throw new Failure(
      `unknown kind "${typed}"`,
      `${near.length === 0 ? '' : `Did you mean ${near.join(' or ')}? `}Workloads are ${WORKLOAD_KINDS.join(', ')}.`,
    )
  }
  const { kind } = known
  if (kind === 'Secret') {
    throw new Failure(
      'a Secret is no workload, and its content is for nobody to look at',
      'Scan the workload that uses it, such as Deployment/web.',
    )
  }
  if (WORKLOAD_KINDS.includes(kind)) return kind
  throw new Failure(
    `${kind} is no workload: workloads are ${WORKLOAD_KINDS.join(', ')}`,
    `kubescape scan --include-kinds ${kind} judges all objects of that kind.`,
  )
}
