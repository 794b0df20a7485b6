/** The flags of facts that are collected on the nodes of a cluster. */
import { Option, type Command } from 'commander'

import { parseSelector, type Requirement } from '@kubescape/resources'

import { Failure } from './failure.ts'

/** Where facts of nodes come from, checked. */
export interface HostScanOptions {
  /** `read`: those that the cluster keeps. `collect`: those, and what Pods on the nodes find. `ignore`: none. */
  readonly use: 'read' | 'collect' | 'ignore'
  readonly image: string | undefined
  readonly namespace: string | undefined
  readonly selector: readonly Requirement[]
  readonly timeoutMs: number
  /** Ask the metadata service of the cloud from each node's Pod, too. */
  readonly asksMetadataService: boolean
}

const DEFAULT_TIMEOUT = '3m'
const UNITS_MS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000 }

const FLAGS = {
  image: new Option('--host-scan-image <image>', 'the image of this program that nodes run; none is built in'),
  namespace: new Option(
    '--host-scan-namespace <name>',
    'collect in this namespace, which is there and stays; default: one that is made, and removed',
  ),
  nodes: new Option('--host-scan-nodes <selector>', 'collect on nodes with these labels only, as for kubectl -l'),
  metadata: new Option(
    '--host-scan-metadata-service',
    'ask from each of these Pods whether the metadata service of the cloud answers, for C-0052',
  ),
  timeout: new Option('--host-scan-timeout <time>', `how long to wait for the nodes; default: ${DEFAULT_TIMEOUT}`),
} as const

/** Adds flags to a command: some of them, or those of a scan. */
export function addHostScanOptions(command: Command, ...some: readonly (keyof typeof FLAGS)[]): Command {
  if (some.length === 0) {
    command
      .option('--enable-host-scan', 'with a cluster: collect facts on its nodes, with a short-lived Pod on each')
      .addOption(new Option('--host-scan').hideHelp())
      .addOption(new Option('--no-host-scan', 'with a cluster: leave out the facts of nodes that it keeps'))
  }
  for (const [name, flag] of Object.entries(FLAGS)) {
    if (some.length === 0 || (some as readonly string[]).includes(name)) command.addOption(flag)
  }
  return command
}

/**
 * Checks what was typed.
 * @throws {Failure} for values that make no sense
 */
export function readHostScanOptions(typed: Record<string, unknown>): HostScanOptions {
  const text = (name: string): string | undefined => (typeof typed[name] === 'string' ? typed[name].trim() : undefined)
  const given = Object.values(FLAGS).find((flag) => typed[flag.attributeName()] !== undefined)
  const isOff = typed['hostScan'] === false
  const isOn = typed['enableHostScan'] === true || typed['hostScan'] === true
  if (isOff && typed['enableHostScan'] === true)
    throw new Failure('--enable-host-scan and --no-host-scan contradict each other', 'Give one of them.')
  if (given !== undefined && !isOn) {
    throw new Failure(`${given.long ?? ''} does nothing without --enable-host-scan`, 'Give that too.')
  }
  return {
    use: isOff ? 'ignore' : isOn ? 'collect' : 'read',
    image: imageName(text('hostScanImage')),
    namespace: namespaceName(text('hostScanNamespace')),
    selector: nodeSelector(text('hostScanNodes')),
    asksMetadataService: typed['hostScanMetadataService'] === true,
    timeoutMs: durationMs(text('hostScanTimeout') ?? DEFAULT_TIMEOUT),
  }
}

/** Kubernetes refuses it too, but only on every node. */
export function imageName(value: string | undefined): string | undefined {
  if (value === undefined || /^[\w.:/@-]+$/.test(value)) return value
  throw new Failure(`--host-scan-image is "${value}"`, 'Give an image, such as registry.example/kubescape:v1.')
}

/** A DNS label (RFC 1123). */
export function namespaceName(value: string | undefined): string | undefined {
  if (value === undefined || /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(value)) return value
  throw new Failure(`--host-scan-namespace is "${value}"`, 'Give the name of a namespace.')
}

/** `90s`, `3m`, `1h`, `1m30s`, in milliseconds. */
export function durationMs(value: string, flag = '--host-scan-timeout'): number {
  const parts = [...value.matchAll(/(\d+)([hms])/g)]
  const sum = parts.reduce((all, [, amount, unit = '']) => all + Number(amount) * (UNITS_MS[unit] ?? 0), 0)
  if (parts.map(([part]) => part).join('') === value && sum > 0 && sum <= 24 * 3_600_000) return sum
  throw new Failure(`${flag} is "${value}"`, 'Give a time such as 90s, 3m or 1m30s, a day at most.')
}

function nodeSelector(value: string | undefined): readonly Requirement[] {
  if (value === undefined) return []
  try {
    return parseSelector(value)
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    throw new Failure(`--host-scan-nodes cannot be read: ${what}`, 'Write it as for kubectl -l, such as pool=web.')
  }
}
