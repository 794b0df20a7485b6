/** From what was named on the command line to what is scanned. */
import { Failure } from '../failure.ts'
import type { ScanOptions } from '../options.ts'
import type { Progress } from '../progress.ts'
import type { ScanRecord } from '../telemetry/scan-record.ts'
import type { Log } from '../terminal.ts'
import type { WorkloadCommand } from '../workload-name.ts'
import type { ClusterPart, OpenCluster } from './cluster-input.ts'
import { openFiles } from './file-input.ts'
import type { Input } from './input.ts'
import { looksRemote } from './remote-path.ts'
import { onlyWorkload } from './workload-input.ts'

/**
 * What is known of a cluster from elsewhere belongs to a scan of that cluster.
 * @throws {Failure} when it is asked for with paths
 */
export function requireCluster(paths: readonly string[], { facts, cloudDescribe, changedSince }: ScanOptions): void {
  if (facts.some((path) => path.trim() === '')) throw new Failure('--facts is empty', 'Name a file or directory.')
  if (paths.length === 0 && changedSince !== undefined) {
    throw new Failure(
      '--changed-since is for scans of files, and no path is named',
      'Name what to scan: kubescape scan . --changed-since main.',
    )
  }
  if (paths.length === 0) return
  if (facts.length > 0) {
    throw new Failure(
      '--facts is for scans of a cluster',
      `Name the files with facts as paths, like the manifests: kubescape scan ${[...paths, ...facts].join(' ')}`,
    )
  }
  if (cloudDescribe) {
    throw new Failure(
      '--cloud-describe is for scans of a cluster',
      'Leave the paths out to scan the cluster of the kubeconfig.',
    )
  }
}

/** What is wanted of the inputs. */
interface Wanted {
  readonly workload?: WorkloadCommand
  readonly options: ScanOptions
}

/** Files are one input; without any, each context is one. */
export async function* openInputs(
  paths: readonly string[],
  wanted: Wanted,
  record: ScanRecord,
  progress: Progress,
  log: Log,
  signal: AbortSignal,
): AsyncGenerator<Input> {
  record.begin('find input')
  if (paths.length === 0) {
    yield* openClusters(wanted, record, progress, log, signal)
    return
  }
  const { workload, options } = wanted
  const input = await openPaths(paths, options, progress, log, signal)
  yield workload === undefined ? input : onlyWorkload(input, workload.target, workload.file)
}

/** Files; what asks git is loaded only for those who name a repository or ask for changes. */
async function openPaths(
  paths: readonly string[],
  options: ScanOptions,
  progress: Progress,
  log: Log,
  signal: AbortSignal,
): Promise<Input> {
  const isRemote = paths.some(looksRemote)
  if (!isRemote && options.changedSince === undefined) return openFiles(paths, options, progress, log, signal)
  const { openChanged, openRepositories } = await import('./repository-input.ts')
  const opening = { options, progress, log, signal }
  if (isRemote || options.changedSince === undefined) return openRepositories(paths, opening)
  return openChanged(paths, options.changedSince, opening)
}

async function* openClusters(
  { workload, options }: Wanted,
  record: ScanRecord,
  progress: Progress,
  log: Log,
  signal: AbortSignal,
): AsyncGenerator<Input> {
  const { announce, clusterInput, findClusters, openCluster } = await import('./cluster-input.ts')
  const { besideCluster, openFacts } = await import('./fact-input.ts')
  const { readClusterExceptions, withExceptions } = await import('./cluster-exceptions.ts')
  const targets = await findClusters(options)
  if (targets.length > 1 && options.facts.length > 0) throw oneCluster(targets.length)
  for (const target of targets) {
    record.begin('find input')
    const cluster = await openCluster(target, signal)
    announce(cluster, log)
    const part =
      workload === undefined
        ? options
        : { ...(await onlyWorkloadOf(cluster, workload, signal)), hostScan: options.hostScan }
    const input = clusterInput(cluster, targets.length === 1, part, { progress, log, signal })
    try {
      const described = options.cloudDescribe
        ? await (await import('./cloud-input.ts')).describeCloud(cluster, log, signal)
        : undefined
      const exceptions = await readClusterExceptions(cluster, part, signal)
      yield withExceptions(besideCluster(input, described, openFacts(options)), exceptions)
    } finally {
      // Also when nobody came to take it.
      input.close()
    }
  }
}

async function onlyWorkloadOf(
  cluster: OpenCluster,
  { target }: WorkloadCommand,
  signal: AbortSignal,
): Promise<Omit<ClusterPart, 'hostScan'>> {
  const { getWorkload, locate } = await import('./cluster-workload.ts')
  try {
    const located = locate(cluster, target)
    const workload = await getWorkload(cluster, located, signal)
    return { includeNamespaces: [located.namespace], excludeNamespaces: [], workload }
  } catch (error) {
    cluster.client.close()
    throw error
  }
}

function oneCluster(amount: number): Failure {
  return new Failure(
    `--facts belongs to one cluster, and ${amount} were named`,
    'Scan them one by one, each with its facts: --kube-context NAME --facts PATH.',
  )
}
