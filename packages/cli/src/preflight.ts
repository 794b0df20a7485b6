/** `kubescape scan --dry-run`: asks a cluster whether a scan may read what it needs, and reads nothing. */
import { accessReview, type AccessAnswer, type KubeClient, type UnreadableType } from '@kubescape/cluster'
import { matching } from '@kubescape/resources'
import { makeInputs, makeScope, narrowNeeds, needsOf, type Scope, type Selection } from '@kubescape/scanner'
import { planReadings, type ClusterExtent, type Reading } from '@kubescape/sources'

import { announce, findClusters, openCluster, type OpenCluster } from './inputs/cluster-input.ts'
import { locate, type LocatedWorkload } from './inputs/cluster-workload.ts'
import type { ScanOptions } from './options.ts'
import { findOtherGaps, type OtherGap } from './other-rights.ts'
import { print } from './print.ts'
import { gapOf, renderGaps, type Gap } from './rights-report.ts'
import { visible, type Log } from './terminal.ts'
import type { WorkloadCommand } from './workload-name.ts'

/** What is to be scanned. */
export interface PreflightRequest {
  readonly options: ScanOptions
  readonly workload?: WorkloadCommand
  /** The controls, by whose Kubernetes it is. */
  readonly select: (platform: string) => Selection
}

/** Asks every cluster that the options name, prints what is missing, and gives the exit code: 1 where something is denied. */
export async function runPreflight(request: PreflightRequest, log: Log, signal: AbortSignal): Promise<number> {
  const targets = await findClusters(request.options)
  let code = 0
  for (const target of targets) {
    const cluster = await openCluster(target, signal, { looksAtNodes: false })
    announce(cluster, log, 'Asking what may be read of')
    try {
      const { gaps, types, scope, others } = await findGaps(cluster, request, signal)
      if (targets.length > 1) print(`${visible(target.context)}\n`)
      print(renderGaps(gaps, types, scope, others))
      if ([...gaps, ...others].some(({ state }) => state === 'denied')) {
        code = 1
        log.write('info', '`kubescape rbac generate` prints roles that allow all of it')
      }
    } finally {
      cluster.client.close()
    }
  }
  return code
}

async function findGaps(
  cluster: OpenCluster,
  { options, workload, select }: PreflightRequest,
  signal: AbortSignal,
): Promise<{ gaps: Gap[]; types: number; scope: Scope; others: OtherGap[] }> {
  const { discovery, client, platform } = cluster
  const kind = workload?.target.kind
  const scope = makeScope({
    selection: select(platform.provider),
    target: 'cluster',
    platform: platform.provider,
    kind,
  })
  const located = workload === undefined ? undefined : locate(cluster, workload.target)
  const extent: ClusterExtent =
    located === undefined ? options : { includeNamespaces: [located.namespace], isOneWorkload: true }
  const needs = narrowNeeds(needsOf(scope, makeInputs(undefined)), options)
  // Facts are compared with the nodes of the cluster.
  const joined = options.facts.length > 0 ? [...needs.joined, matching('v1', 'Node')] : needs.joined
  const { listed, unreadable } = planReadings(discovery, { ...needs, joined }, extent)
  const gaps = [
    ...(located === undefined ? [] : await askForWorkload(client, located, signal)),
    ...(await askForLists(client, listed, signal)),
    ...unreadable.map(notFound),
  ]
  const types = listed.length + unreadable.length + (located === undefined ? 0 : 1)
  const others = await findOtherGaps(cluster, { ...options, ...extent }, needs, signal)
  return { gaps, types, scope, others }
}

/** Two rounds: where a type may not be listed everywhere, whether it may in the namespaces that are wanted. */
async function askForLists(client: KubeClient, readings: readonly Reading[], signal: AbortSignal): Promise<Gap[]> {
  const first = await ask(client, readings, ({ namespaces }) => namespaces, signal)
  const denied = readings.filter(
    (reading) => reading.otherwise.length > 0 && first.get(reading)?.some(({ isAllowed }) => isAllowed === false),
  )
  const second = await ask(client, denied, ({ otherwise }) => otherwise, signal)
  return readings.flatMap((reading) => gapOf(reading, first.get(reading) ?? [], second.get(reading) ?? []))
}

async function ask(
  client: KubeClient,
  readings: readonly Reading[],
  namespacesOf: (reading: Reading) => readonly string[],
  signal: AbortSignal,
): Promise<Map<Reading, AccessAnswer[]>> {
  const asked = readings.flatMap((reading) => {
    const { group, plural } = reading.resource
    const question = { verb: 'list', group, resource: plural }
    const namespaces = namespacesOf(reading)
    const questions = namespaces.length === 0 ? [question] : namespaces.map((namespace) => ({ ...question, namespace }))
    return questions.map((each) => ({ reading, question: each }))
  })
  const answers = await accessReview(
    client,
    asked.map(({ question }) => question),
    signal,
  )
  const byReading = new Map<Reading, AccessAnswer[]>()
  for (const [at, { reading }] of asked.entries()) {
    const answer = answers[at]
    if (answer !== undefined) byReading.set(reading, [...(byReading.get(reading) ?? []), answer])
  }
  return byReading
}

/** Getting the workload is enough, and so is listing its type. */
async function askForWorkload(
  client: KubeClient,
  { type, namespace }: LocatedWorkload,
  signal: AbortSignal,
): Promise<Gap[]> {
  const questions = ['get', 'list'].map((verb) => ({ verb, group: type.group, resource: type.plural, namespace }))
  const answers = await accessReview(client, questions, signal)
  if (answers.some(({ isAllowed }) => isAllowed === true)) return []
  const reading: Reading = { resource: type, namespaces: [namespace], otherwise: [], except: [], isOnlyJudged: false }
  return gapOf(reading, answers.slice(0, 1), [])
}

function notFound({ group, version, kind, resource, error }: UnreadableType): Gap {
  return { state: 'not found', group, version, kind, plural: resource, where: '', reason: error }
}
