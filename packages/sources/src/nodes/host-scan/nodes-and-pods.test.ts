/** What nodes and Pods say about why there are no facts. */
import { describe, expect, test } from 'vitest'

import { parseSelector, type ValueMap } from '@kubescape/resources'

import { whyNoPod } from './candidates.ts'
import { podState } from './pod-state.ts'

describe('a node', () => {
  const ready = [{ type: 'Ready', status: 'True' }]
  const node = (metadata: ValueMap = {}, status: ValueMap = {}, spec: ValueMap = {}): ValueMap => ({
    metadata: { name: 'n', ...metadata },
    spec,
    status: { conditions: ready, nodeInfo: { operatingSystem: 'linux' }, ...status },
  })

  test.each<readonly [string | undefined, ValueMap]>([
    [undefined, node()],
    [undefined, node({}, {}, { unschedulable: true, taints: [{ key: 'node-role.kubernetes.io/control-plane' }] })],
    ['it runs windows; facts are those of Linux', node({}, { nodeInfo: { operatingSystem: 'windows' } })],
    [
      'it runs windows; facts are those of Linux',
      node({ labels: { 'kubernetes.io/os': 'windows' } }, { nodeInfo: {} }),
    ],
    ['it is a virtual node: nothing can be mounted there', node({ labels: { type: 'virtual-kubelet' } })],
    [
      'it is a virtual node: nothing can be mounted there',
      node({}, {}, { taints: [{ key: 'virtual-kubelet.io/provider', value: 'azure' }] }),
    ],
    ['it is not ready', node({}, { conditions: [{ type: 'Ready', status: 'Unknown' }] })],
    ['it is not ready', node({}, { conditions: [] })],
    ['it is being removed', node({ deletionTimestamp: '2026-01-01T00:00:00Z' })],
  ])('%s', (reason, object) => {
    expect(whyNoPod(object, [])).toBe(reason)
  })

  test('can be left out by its labels', () => {
    const pool = parseSelector('pool=web')
    expect(whyNoPod(node({ labels: { pool: 'web' } }), pool)).toBeUndefined()
    expect(whyNoPod(node({ labels: { pool: 'db' } }), pool)).toBe('it was left out by --host-scan-nodes')
  })
})

describe('a Pod', () => {
  const waiting = (reason: string, message?: string): ValueMap => ({
    phase: 'Pending',
    containerStatuses: [{ state: { waiting: { reason, ...(message === undefined ? {} : { message }) } } }],
  })
  const ended = (terminated: ValueMap): ValueMap => ({
    phase: 'Failed',
    containerStatuses: [{ state: { terminated } }],
  })

  test.each<readonly [string, string, ValueMap]>([
    ['ended', 'its Pod ended without having written facts', { phase: 'Succeeded' }],
    ['ended', 'its Pod failed (OOMKilled)', ended({ exitCode: 137, reason: 'OOMKilled' })],
    [
      'ended',
      'its Pod failed (exit code 1): no facts',
      ended({ exitCode: 1, reason: 'Error', message: 'no \n facts' }),
    ],
    [
      'ended',
      'its Pod failed: Evicted: The node was low',
      { phase: 'Failed', reason: 'Evicted', message: 'The node was low' },
    ],
    ['stuck', 'its image could not be pulled: Back-off', waiting('ImagePullBackOff', 'Back-off')],
    ['stuck', 'the name of its image is no name', waiting('InvalidImageName')],
    ['waiting', 'its Pod did not start in time (ErrImagePull): denied', waiting('ErrImagePull', 'denied')],
    ['waiting', 'its Pod did not start in time (ContainerCreating)', waiting('ContainerCreating')],
    ['waiting', 'its Pod did not start in time', {}],
    ['waiting', 'its Pod did not finish in time', { phase: 'Running' }],
    [
      'waiting',
      'its Pod was not scheduled: Insufficient memory',
      { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', message: 'Insufficient memory' }] },
    ],
  ])('that is %s: %s', (kind, reason, status) => {
    expect(podState({ status })).toEqual({ kind, reason })
  })
})
