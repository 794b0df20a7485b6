/** What counts as a fact. */
import { expect, test } from 'vitest'

import { LIBRARY } from '@kubescape/controls'

import { isFact } from './facts.ts'

test('everything that controls need and no cluster serves can be given', () => {
  const needed = [...new Set(LIBRARY.flatMap(({ needs }) => needs?.kinds ?? []))]
  const others = needed.filter((kind) => !isFact({ group: 'any', kind }))
  // The API server tells its own version, and Pods are listed.
  expect(others.toSorted()).toEqual(['APIServerInfo', 'Pod'])
})

test('whatever a node says of itself is a fact, objects of Kubernetes are none', () => {
  expect(isFact({ group: 'hostdata.kubescape.cloud', kind: 'KernelVersion' })).toBe(true)
  for (const kind of ['Node', 'Pod', 'Deployment']) expect(isFact({ group: '', kind })).toBe(false)
})
