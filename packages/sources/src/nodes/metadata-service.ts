/** Whether the metadata service of a cloud answers whoever runs here: in a Pod, whether Pods of the node may ask it. */
import type { NodeFact } from './node-facts.ts'

/** How to ask. */
export interface MetadataServiceOptions {
  /** Address that all clouds have in common; another one is for tests. */
  readonly url?: string
  /** For each question. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal | undefined
}

/** A link-local address (RFC 3927): nobody but the host of the machine is behind it. */
const URL_OF_CLOUDS = 'http://169.254.169.254'

/**
 * One question for each cloud, with the header that it wants. None of the answers has a credential in it. Sources: AWS, "Use the
 * Instance Metadata Service" (version 2, which may keep its answer from containers, and version 1); Google Cloud, "VM metadata";
 * Azure, "Instance Metadata Service".
 */
const QUESTIONS = [
  { method: 'PUT', path: '/latest/api/token', headers: { 'X-aws-ec2-metadata-token-ttl-seconds': '1' } },
  { method: 'GET', path: '/latest/meta-data/instance-id', headers: {} },
  { method: 'GET', path: '/computeMetadata/v1/instance/id', headers: { 'Metadata-Flavor': 'Google' } },
  { method: 'GET', path: '/metadata/versions', headers: { Metadata: 'true' } },
] as const

/**
 * The fact as an object; the name of the node is for the caller to give. No proxy is asked, and of answers nothing but the status is
 * read. Throws the signal's reason when it is aborted.
 */
export async function metadataServiceFact(node: string, options: MetadataServiceOptions = {}): Promise<NodeFact> {
  const { url = URL_OF_CLOUDS, timeoutMs = 2000, signal } = options
  const answers = await Promise.all(QUESTIONS.map((question) => isAnswered(url, question, timeoutMs, signal)))
  signal?.throwIfAborted()
  return {
    apiVersion: 'hostdata.kubescape.cloud/v1beta0',
    // As checks spell it.
    kind: 'cloudProviderInfo',
    metadata: { name: node },
    data: { providerMetaDataAPIAccess: answers.includes(true) },
  }
}

/** False for refusals, for silence, and where there is no way to the address. */
function isAnswered(
  url: string,
  { method, path, headers }: (typeof QUESTIONS)[number],
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { request } = process.getBuiltinModule('node:http')
  const limit = AbortSignal.timeout(timeoutMs)
  const until = signal === undefined ? limit : AbortSignal.any([limit, signal])
  return new Promise((resolve) => {
    const asking = request(`${url}${path}`, { method, headers, signal: until, agent: false }, (answer) => {
      const { statusCode = 0 } = answer
      answer.destroy()
      resolve(statusCode >= 200 && statusCode < 300)
    })
    asking.on('error', () => resolve(false)).end()
  })
}
