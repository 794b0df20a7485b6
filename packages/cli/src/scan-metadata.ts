/** What a report says of its scan: what was asked for, and what was scanned. */
import { resolve } from 'node:path'

import type { PolicySource } from '@kubescape/policies'
import type { ScanMetadata } from '@kubescape/results'
import type { Selection } from '@kubescape/scanner'

import type { Input } from './inputs/input.ts'
import type { ScanOptions } from './options.ts'
import { folderOf, workTree } from './source-roots.ts'
import { readVersion } from './version.ts'
import { workloadName } from './workload-name.ts'

/** A scan of an input. */
interface Asked {
  readonly frameworks?: readonly string[]
  readonly controls?: readonly string[]
  readonly input: Input
  readonly options: ScanOptions
  /** Files of policies that it judges by; undefined without any. */
  readonly sources: readonly PolicySource[] | undefined
}

/** Formats that tell of the repository which was scanned. */
const TELLS_REPOSITORY = new Set(['json', 'yaml', 'sarif'])

/** The input with the repository that holds it, where somebody is told. */
export async function describedInput(
  { described }: Input,
  { formats, submit }: ScanOptions,
  signal: AbortSignal,
): Promise<ScanMetadata['input']> {
  const isTold = submit !== undefined || formats.some((name) => TELLS_REPOSITORY.has(name))
  if (described.kind === 'cluster' || described.kind === 'stdin' || described.repository !== undefined || !isTold)
    return described
  if (workTree(folderOf(resolve(described.paths[0] ?? ''))) === undefined) return described
  const { repositoryOf } = await import('./inputs/repository-input.ts')
  const repository = await repositoryOf(described.paths[0] ?? '', signal)
  return repository === undefined ? described : { ...described, repository }
}

/** Everything that is known of a scan before it has found anything. */
export function metadataOf(asked: Asked, selection: Selection, input: ScanMetadata['input']): ScanMetadata {
  const { options, sources } = asked
  return {
    generationTime: new Date().toISOString(),
    reportGuid: newGuid(),
    version: readVersion().version,
    ...askedFor(asked, selection),
    input,
    ...(options.run.clusterName === undefined ? {} : { clusterName: options.run.clusterName }),
    formats: options.formats,
    includeNamespaces: options.includeNamespaces,
    excludeNamespaces: options.excludeNamespaces,
    complianceThreshold: options.gates.thresholds.compliance,
    verbose: options.verbose,
    controlsInputs: options.controlsConfig ?? '',
    exceptions: options.exceptions.files.join(','),
    ...(sources === undefined ? {} : { policies: sources }),
  }
}

function askedFor(
  { frameworks, controls, input }: Asked,
  selection: Selection,
): Pick<ScanMetadata, 'targetType' | 'targetNames'> {
  const workload = input.filter?.workload
  if (workload !== undefined) return { targetType: 'workload', targetNames: [workloadName(workload)] }
  return {
    targetType: controls === undefined ? 'framework' : 'control',
    targetNames: controls ?? frameworks ?? selection.frameworks.map(({ name }) => name),
  }
}

/** A version 4 UUID. It names a report and guards nothing, so the loading of a cryptographic library is not worth it. */
function newGuid(): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(Math.random() * 16))
  digits[12] = 4
  digits[16] = 8 + ((digits[16] ?? 0) % 4)
  const text = digits.map((digit) => digit.toString(16)).join('')
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-')
}
