/** `kubescape node-facts`: collects facts of the node that it runs on, for scans elsewhere. */
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'

import {
  collectNodeFacts,
  metadataServiceFact,
  packFacts,
  publishFacts,
  type NodeFact,
  type NodeFacts,
} from '@kubescape/sources'
import { yamlText } from '@kubescape/yaml'

import { Failure } from '../failure.ts'
import { logLevelOf } from '../persistent-options.ts'
import { refuseNetworkFor } from '../offline.ts'
import { STDOUT, writeAll } from '../print.ts'
import { count, Log, renderProblem } from '../terminal.ts'
import { readVersion } from '../version.ts'

/** What was typed. */
export interface NodeFactsCommand {
  readonly root: string
  readonly nodeName?: string
  readonly metadataService?: boolean
  readonly output?: string
  readonly format: string
  readonly publish?: string
  readonly kubeconfig?: string
  readonly logger?: string
}

const FORMATS = ['yaml', 'json']
const MOST_UNREAD = 20

/**
 * Collects, prints and gives the exit code: what a node does not have, or does not show, is no failure.
 * @throws {Failure} when nothing at all could be collected, or the request makes no sense
 */
export async function runNodeFacts(command: NodeFactsCommand, signal: AbortSignal): Promise<number> {
  const { root, nodeName, output, format, publish, kubeconfig } = command
  if (!FORMATS.includes(format))
    throw new Failure(`--format does not know "${format}"`, `Use one of ${FORMATS.join(', ')}.`)
  if (root === '') throw new Failure('--root is empty', 'Give the directory where the root of the node is mounted.')
  if (nodeName?.trim() === '') throw new Failure('--node-name is empty', 'Give the name that kubectl get nodes shows.')
  if (publish !== undefined && output !== undefined)
    throw new Failure('--publish and --output contradict each other', 'Give one of them.')
  if (publish === undefined && kubeconfig !== undefined)
    throw new Failure('--kubeconfig does nothing without --publish', 'Name the Secret that shall be filled.')
  const place = publish === undefined ? undefined : placeOf(publish)
  if (command.metadataService === true) {
    refuseNetworkFor('--metadata-service asks the metadata service of the cloud', process.env)
  }
  const collected = collectNodeFacts({ root, nodeName })
  if (collected.objects.length === 0) throw nothing(root, collected)
  const facts = command.metadataService === true ? await withMetadataService(collected, signal) : collected
  if (place !== undefined) await publishTo(place, facts, kubeconfig, signal)
  else write(format === 'json' ? renderJson(facts.objects) : renderYaml(facts.objects), output)
  summarize(facts, new Log(logLevelOf({ ...command })))
  return 0
}

async function withMetadataService(facts: NodeFacts, signal: AbortSignal): Promise<NodeFacts> {
  return { ...facts, objects: [...facts.objects, await metadataServiceFact(facts.node, { signal })] }
}

function placeOf(publish: string): { namespace: string; name: string } {
  const [namespace = '', name = '', ...rest] = publish.split('/')
  if (namespace !== '' && name !== '' && rest.length === 0) return { namespace, name }
  throw new Failure(`--publish is "${publish}"`, 'Give the namespace and the name of a Secret, as namespace/name.')
}

/** In a Pod the service account is meant, whatever files the root of the image has. */
async function publishTo(
  place: { namespace: string; name: string },
  facts: NodeFacts,
  kubeconfig: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const packed = packFacts(facts)
  if (packed === undefined) throw new Failure('the facts do not fit into a Secret', 'Collect them into a file.')
  refuseNetworkFor('--publish writes to the API of the cluster', process.env)
  const { connect, loadClusters } = await import('@kubescape/cluster')
  const [target] = await loadClusters(kubeconfig === undefined ? { inCluster: true } : { kubeconfig })
  if (target === undefined) throw new Failure('there is no cluster to publish to', 'Run this in a Pod.')
  const client = connect(target, { signal, userAgent: `kubescape/${readVersion().version}` })
  try {
    await publishFacts(client, place, packed, signal)
  } finally {
    client.close()
  }
}

function renderYaml(objects: readonly NodeFact[]): string {
  return objects.map((object) => `---\n${yamlText(object)}`).join('')
}

function renderJson(items: readonly NodeFact[]): string {
  return `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items })}\n`
}

/** Facts tell a stranger where a node is weak: the file is for its owner only. */
function write(text: string, output: string | undefined): void {
  if (output === undefined) {
    writeAll(STDOUT, text)
    return
  }
  try {
    mkdirSync(dirname(output), { recursive: true, mode: 0o750 })
    const file = openSync(output, 'w', 0o600)
    writeAll(file, text)
    closeSync(file)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Failure(`cannot write ${output}: ${why}`, 'Choose another place with --output.')
  }
}

function summarize({ node, objects, unread }: NodeFacts, log: Log): void {
  const kinds = objects.map(({ kind }) => kind).join(', ')
  const rest = unread.length === 0 ? '' : `; ${count(unread.length, 'place')} could not be read`
  log.write('info', renderProblem({ code: 'node-facts/summary', message: `${node}: ${kinds}${rest}` }))
  for (const { path, why } of unread.slice(0, MOST_UNREAD)) {
    log.write('warning', renderProblem({ code: 'node-facts/unread', file: path, message: why }))
  }
  if (unread.length > MOST_UNREAD) log.write('warning', `and ${unread.length - MOST_UNREAD} more`)
}

function nothing(root: string, { unread }: NodeFacts): Failure {
  const why = unread.map((place) => `${place.path} ${place.why}`).slice(0, 3)
  return new Failure(
    `no facts could be collected below ${root}${why.length === 0 ? '' : `: ${why.join('; ')}`}`,
    'Run this on a Linux node; --root names the directory where its root is mounted, --node-name the node.',
  )
}
