/** Objects of several sets of values are not joined with each other. */
import { identityOf, type ValueMap } from '@kubescape/resources'
import { expect, test } from 'vitest'

import { of, resultOf, scanWith } from '../testing/scans.ts'
import type { ResourceSource } from './source.ts'

const pod: ValueMap = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image: 'web' }] },
}
const policy: ValueMap = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
}

/** Objects, each with the set of values that it was rendered with; empty for files. */
function sourceOf(objects: readonly [object: ValueMap, valueSet: string][]): ResourceSource {
  return {
    async *resources() {
      for (const [object, valueSet] of objects) {
        const place = { file: 'a', relativePath: 'a', fileType: 'Helm Chart', start: 0, end: 0, line: 1 } as const
        const rendered = { kind: 'chart', path: 'web', name: 'web', template: 't', valueSet } as const
        yield { identity: identityOf(object)!, object, origin: { ...place, itemPath: '', ordinal: 0, rendered } }
      }
    },
    coverage: () => ({
      documents: { files: 1, unreadableFiles: 0, read: objects.length, unread: 0, notNeeded: 0, ignored: 0 },
      problems: [],
    }),
  }
}

async function failuresOf(objects: readonly [object: ValueMap, valueSet: string][]): Promise<string[]> {
  const report = await scanWith(of('C-0260'), [], { source: sourceOf(objects) })
  return [...report.byControl(resultOf(report, 'C-0260')!)].flatMap(({ ref, status }) =>
    status === 'failed' ? (report.subjects[ref]?.origin?.rendered?.valueSet ?? '') : [],
  )
}

test('what protects one set does not protect another', async () => {
  expect(
    await failuresOf([
      [pod, 'dev'],
      [pod, 'prod'],
      [policy, 'prod'],
    ]),
  ).toEqual(['dev'])
})

test('what belongs to no set protects all, and is judged with each', async () => {
  expect(
    await failuresOf([
      [pod, 'dev'],
      [policy, ''],
      [pod, 'prod'],
    ]),
  ).toEqual([])
  expect(
    await failuresOf([
      [pod, ''],
      [policy, 'prod'],
      [pod, 'dev'],
    ]),
  ).toEqual(['', 'dev'])
})
