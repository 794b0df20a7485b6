/** One collection of facts across a cluster: what its objects are called, and how they are told from those of anybody else. */
import { asText, field, type ValueMap } from '@kubescape/resources'

/** A collection that is under way, or that may be. */
export interface HostScanRun {
  /** Small letters and digits, random: nobody else's objects carry it. */
  readonly id: string
  readonly namespace: string
  /** True for the namespace that is made for this run and goes with it. */
  readonly isOwnNamespace: boolean
  /** The image of this very program. */
  readonly image: string
  /** True where each Pod asks whether the metadata service of the cloud answers it. */
  readonly asksMetadataService: boolean
  /** How long a Pod may take. */
  readonly deadlineSeconds: number
  /** When whoever comes across the objects may remove them, as ISO 8601; left out where nobody should. */
  readonly expires?: string
}

/** The label of all objects of a run; its value is the run's id. */
export const RUN_LABEL = 'kubescape.io/host-scan'
/** When the objects of a run may be removed by others. */
const EXPIRES = 'kubescape.io/host-scan-expires'
/** Label of a Pod: the name of its Job, which is also that of its Secret. */
export const JOB_LABEL = 'kubescape.io/node-facts'
/** The member of a Secret that holds the facts. */
export const FACTS_KEY = 'facts'

const NAMESPACE_PREFIX = 'kubescape-host-scan-'

/** The namespace that a run makes for itself: one that is on its way out is in nobody's way. */
export function ownNamespace(id: string): string {
  return `${NAMESPACE_PREFIX}${id}`
}

/** Labels of all objects of a run. */
export function runLabels(id: string): Record<string, string> {
  return {
    'app.kubernetes.io/name': 'kubescape',
    'app.kubernetes.io/component': 'host-scan',
    'app.kubernetes.io/managed-by': 'kubescape',
    [RUN_LABEL]: id,
  }
}

/** Annotations of what can outlive a run. */
export function runAnnotations({ expires }: HostScanRun): Record<string, string> {
  return expires === undefined ? {} : { [EXPIRES]: expires }
}

/** What a run has left behind, and whether its time is over. */
export interface Leftover {
  readonly name: string
  readonly uid: string
  readonly isExpired: boolean
  /** When it is, as the run wrote it. */
  readonly until: string
}

/** The namespace or Job as what a run has left; undefined for what no run has made, whatever its labels say. */
export function leftoverOf(object: ValueMap, kind: 'Namespace' | 'Job', now: number): Leftover | undefined {
  const [id, until, name, uid] = [
    field(object, 'metadata', 'labels', RUN_LABEL),
    field(object, 'metadata', 'annotations', EXPIRES),
    field(object, 'metadata', 'name'),
    field(object, 'metadata', 'uid'),
  ].map((value) => asText(value) ?? '') as [string, string, string, string]
  const isNamedSo = kind === 'Namespace' ? name === ownNamespace(id) : name.startsWith(jobPrefix(id))
  const end = Date.parse(until)
  if (!/^[a-z0-9]+$/.test(id) || !isNamedSo || uid === '' || Number.isNaN(end)) return undefined
  return { name, uid, isExpired: end < now, until }
}

/** What the Job, Secret, account and role of a node are called. */
export function jobName(id: string, at: number): string {
  return `${jobPrefix(id)}${at}`
}

function jobPrefix(id: string): string {
  return `node-facts-${id}-`
}
