import { BUILT_IN, type Check, type ControlDeclaration } from '@kubescape/controls'
import { identityOf, matching, type ValueMap } from '@kubescape/resources'
import { scan, selectControls, makeInputs, type ScanRequest } from '@kubescape/scanner'
import { expect, test } from 'vitest'

import type { Report } from '../report.ts'
import { policyDifference } from './policy-difference.ts'

const METADATA: ScanRequest['metadata'] = {
  generationTime: '2026-01-02T03:04:05Z',
  reportGuid: 'a-report',
  version: '0.0.0',
  targetType: 'control',
  targetNames: [],
  input: { kind: 'stdin', paths: ['-'] },
  formats: [],
  includeNamespaces: [],
  excludeNamespaces: [],
  complianceThreshold: 0,
  verbose: false,
  controlsInputs: '',
  exceptions: '',
}

function control(id: string, judge: (name: string) => 'failed' | 'passed' | 'untested'): ControlDeclaration {
  const check: Check = {
    shape: 'local',
    name: id,
    match: [matching('v1', 'Service')],
    judge: ({ identity }) => ({ failed: [], passed: undefined, untested: 'not-tested' as const })[judge(identity.name)],
  }
  return { id, name: `Control ${id}`, baseScore: 5, scope: [], why: 'x', repair: 'y', checks: [check] }
}

function scanBy(...controls: readonly ControlDeclaration[]): Promise<Report> {
  const objects = ['a', 'b', 'c'].map((name): ValueMap => ({ apiVersion: 'v1', kind: 'Service', metadata: { name } }))
  return scan({
    selection: selectControls({ controls: controls.map(({ id }) => id) }, { ...BUILT_IN, controls }),
    inputs: makeInputs(undefined),
    source: {
      async *resources() {
        for (const object of objects) {
          const identity = identityOf(object)
          if (identity !== undefined) yield { identity, object }
        }
      },
      coverage: () => ({
        documents: { files: 1, unreadableFiles: 0, read: 3, unread: 0, notNeeded: 0, ignored: 0 },
        problems: [],
      }),
    },
    target: 'file',
    filter: {},
    metadata: METADATA,
  })
}

test('two sets of policies differ in verdicts and in controls', async () => {
  const left = await scanBy(
    control('X-1', (name) => (name === 'a' ? 'failed' : name === 'b' ? 'passed' : 'untested')),
    control('X-2', () => 'failed'),
  )
  const right = await scanBy(
    control('x-1', (name) => (name === 'b' ? 'passed' : 'failed')),
    control('X-3', () => 'passed'),
  )
  const difference = policyDifference(left, right)
  expect(difference).toMatchObject({
    common: 1,
    agreed: 2,
    differences: [{ controlID: 'x-1', identity: { name: 'c' }, file: '', left: 'untested', right: 'failed' }],
    onlyLeft: [{ controlID: 'X-2', failed: 3 }],
    onlyRight: [{ controlID: 'X-3', failed: 0 }],
  })
  expect(policyDifference(right, left).differences).toMatchObject([{ left: 'failed', right: 'untested' }])
  expect(policyDifference(left, left)).toMatchObject({ common: 2, agreed: 5, differences: [] })
})
