/** What a Pod says about why it has not given facts. Source: Kubernetes API, PodStatus, and the reasons that kubelets give. */
import { asList, asText, field, type Value, type ValueMap } from '@kubescape/resources'

import { oneLine } from './one-line.ts'

/** Where a Pod is. */
export interface PodState {
  /** `ended`: it has run. `stuck`: it will not run without help. `waiting`: it may still. */
  readonly kind: 'ended' | 'stuck' | 'waiting'
  /** Why there are no facts, should there be none. */
  readonly reason: string
}

/** Reasons of a waiting container that time does not mend. Kubelets say ErrImagePull first, and try again. */
const STUCK: Readonly<Record<string, string>> = {
  ImagePullBackOff: 'its image could not be pulled',
  ErrImageNeverPull: 'its image is not on the node, and may not be pulled',
  InvalidImageName: 'the name of its image is no name',
  CreateContainerConfigError: 'its container could not be set up',
  CreateContainerError: 'its container could not be made',
  RunContainerError: 'its container could not be started',
}

/** What the status of the Pod says. */
export function podState(pod: ValueMap): PodState {
  const status = pod['status']
  const phase = asText(field(status, 'phase')) ?? ''
  const [container] = asList(field(status, 'containerStatuses'))
  if (phase === 'Succeeded') return { kind: 'ended', reason: 'its Pod ended without having written facts' }
  if (phase === 'Failed') return { kind: 'ended', reason: whyFailed(status, container) }
  const waiting = field(container, 'state', 'waiting')
  const why = asText(field(waiting, 'reason')) ?? ''
  const detail = withDetail(asText(field(waiting, 'message')))
  if (STUCK[why] !== undefined) return { kind: 'stuck', reason: `${STUCK[why]}${detail}` }
  const scheduled = asList(field(status, 'conditions')).find((each) => asText(field(each, 'type')) === 'PodScheduled')
  if (asText(field(scheduled, 'status')) === 'False') {
    return { kind: 'waiting', reason: `its Pod was not scheduled${withDetail(asText(field(scheduled, 'message')))}` }
  }
  if (phase === 'Running') return { kind: 'waiting', reason: 'its Pod did not finish in time' }
  return { kind: 'waiting', reason: `its Pod did not start in time${why === '' ? '' : ` (${oneLine(why)})`}${detail}` }
}

function whyFailed(status: Value | undefined, container: Value | undefined): string {
  const ended = field(container, 'state', 'terminated')
  // Evictions and admission by the kubelet end a Pod without a container.
  if (ended === undefined) {
    const reason = asText(field(status, 'reason')) || 'no reason given'
    return `its Pod failed: ${oneLine(reason)}${withDetail(asText(field(status, 'message')))}`
  }
  const reason = asText(field(ended, 'reason')) ?? ''
  const code = asText(field(ended, 'exitCode')) ?? ''
  const how = reason === '' || reason === 'Error' ? `exit code ${code}` : oneLine(reason)
  return `its Pod failed (${how})${withDetail(asText(field(ended, 'message')))}`
}

function withDetail(message: string | undefined): string {
  const text = oneLine(message ?? '')
  return text === '' ? '' : `: ${text}`
}
