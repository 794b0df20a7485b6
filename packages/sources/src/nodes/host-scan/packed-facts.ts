/** Facts of a node on their way through a Secret. Whoever reads them does not trust the node that wrote them. */
import { asList, asMap, asText, type Value, type ValueMap } from '@kubescape/resources'

import type { NodeFacts } from '../node-facts.ts'
import type { UnreadPlace } from '../machine.ts'
import { oneLine } from './one-line.ts'

/** What a node says of itself. */
export interface UnpackedFacts {
  readonly objects: readonly ValueMap[]
  readonly unread: readonly UnreadPlace[]
}

/** What fits into a Secret (Kubernetes limits its data to 1 MiB), with some room. */
const MOST_PACKED_BYTES = 1_000_000
/** Far more than facts take; what is longer once unpacked is none. */
const MOST_BYTES = 16 * 2 ** 20
const MOST_DEPTH = 24
const MOST_PLACES = 200

/** Kinds that every collection gives, as far as the node has them. */
const COLLECTED = [
  'CNIInfo',
  'ControlPlaneInfo',
  'KernelVersion',
  'KubeProxyInfo',
  'KubeletInfo',
  'LinuxKernelVariables',
  'LinuxSecurityHardeningStatus',
  'OpenPortsList',
  'OsReleaseFile',
]

/** The kind that is given only where it was asked for: whether the metadata service of the cloud answers. */
const METADATA_SERVICE_KIND = 'cloudProviderInfo'

const KINDS: ReadonlySet<string> = new Set([...COLLECTED, METADATA_SERVICE_KIND])

/** True where a scan looks at facts that a collection gives. */
export function wantsNodeFacts(wanted: { kind(kind: string): boolean }, asksMetadataService: boolean): boolean {
  return factKinds(asksMetadataService).some((kind) => wanted.kind(kind))
}

/** Kinds of the facts that a collection gives. */
export function factKinds(asksMetadataService: boolean): readonly string[] {
  return asksMetadataService ? [...KINDS] : COLLECTED
}

/** The facts as base64; undefined where they do not fit into a Secret. */
export function packFacts({ objects, unread }: Pick<NodeFacts, 'objects' | 'unread'>): string | undefined {
  const text = JSON.stringify({ objects, unread: unread.slice(0, MOST_PLACES) })
  const packed = zlib().gzipSync(text)
  return packed.length > MOST_PACKED_BYTES || text.length > MOST_BYTES ? undefined : packed.toString('base64')
}

/** The facts of a node, under the node's own name whatever they say; or why they are none. */
export function unpackFacts(packed: string, node: string): UnpackedFacts | { readonly error: string } {
  let value: Value
  try {
    const text = zlib().gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: MOST_BYTES }).toString('utf8')
    value = JSON.parse(text) as Value
  } catch {
    return { error: 'what it wrote cannot be read' }
  }
  if (isDeeper(value, MOST_DEPTH)) return { error: 'what it wrote is nested too deeply' }
  const map = asMap(value)
  const objects = new Map<string, ValueMap>()
  for (const object of asList(map?.['objects']).map(asMap)) {
    const kind = asText(object?.['kind'])
    const data = object?.['data']
    if (kind === undefined || data === undefined || !KINDS.has(kind) || objects.has(kind)) continue
    objects.set(kind, { apiVersion: 'hostdata.kubescape.cloud/v1beta0', kind, metadata: { name: node }, data })
  }
  if (objects.size === 0) return { error: 'what it wrote holds no facts' }
  const unread = asList(map?.['unread'])
    .slice(0, MOST_PLACES)
    .map(asMap)
    .map((place) => ({ path: oneLine(asText(place?.['path']) ?? ''), why: oneLine(asText(place?.['why']) ?? '') }))
  return { objects: [...objects.values()], unread }
}

/** Loaded with the first use: scans of files need none. */
function zlib(): typeof import('node:zlib') {
  return process.getBuiltinModule('node:zlib')
}

/** Level by level: recursion is what depth would break. */
function isDeeper(value: Value, most: number): boolean {
  let level: Value[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true
    level = level.flatMap((each): Value[] =>
      typeof each === 'object' && each !== null ? (Array.isArray(each) ? [...each] : Object.values(each)) : [],
    )
  }
  return false
}
