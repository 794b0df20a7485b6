/** What the controls about clouds make of the answers of the clouds' programs. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { CLOUD_GROUPS, LIBRARY, type ControlDeclaration } from '@kubescape/controls'
import type { Resource } from '@kubescape/resources'
import { makeInputs, scan, selectControls } from '@kubescape/scanner'

import { answers } from '../../testing/cloud-answers.ts'
import { KUBECONFIGS } from '../../testing/clusters.ts'
import { fakePrograms, type FakePrograms } from '../../testing/fake-programs.ts'
import { describeCluster } from './describe-cluster.ts'

/** Kinds that only clouds give. */
const KINDS = ['ClusterDescribe', 'DescribeRepositories', 'ListEntitiesForPolicies', 'PolicyVersion']
const CONTROLS = LIBRARY.filter(({ needs }) => needs?.kinds.some((kind) => KINDS.includes(kind)))
const PROGRAMS = { eks: 'aws', gke: 'gcloud', aks: 'az' } as const
const CLOUDS = ['eks', 'gke', 'aks'] as const

/** Controls that never pass, or that the settings of a cloud cannot fail, by cloud, and why. */
const ONE_SIDED: Readonly<Record<string, string>> = {
  'C-0068 eks': 'passed: EKS has had no pod security policies to turn off',
  'C-0088 eks': 'passed: EKS always has RBAC',
  'C-0088 gke': 'passed: its old ABAC works beside RBAC',
  'C-0222 eks': 'failed: an inventory for a person to look through',
  'C-0251 aks': 'failed: an inventory for a person to look through',
  'C-0308 gke': 'failed: an inventory for a person to look through',
}

let programs: FakePrograms

beforeEach(() => {
  programs = fakePrograms()
})
afterEach(() => programs.remove())

/** Statuses by control, of what the cloud says of a cluster that is safe or not. */
async function statuses(cloud: (typeof CLOUDS)[number], isSafe: boolean): Promise<Map<string, string>> {
  programs.add(PROGRAMS[cloud], answers(isSafe)[PROGRAMS[cloud]])
  const { resources, problems } = await describeCluster({
    facts: { ...KUBECONFIGS[cloud], env: programs.env },
    provider: cloud,
    isManaged: true,
  })
  expect(problems).toEqual([])
  return judge(resources, CONTROLS, cloud)
}

async function judge(
  resources: readonly Resource[],
  controls: readonly ControlDeclaration[],
  platform: string,
): Promise<Map<string, string>> {
  const report = await scan({
    selection: selectControls({ controls: controls.map(({ id }) => id) }),
    inputs: makeInputs(undefined),
    source: {
      async *resources() {
        yield* resources
      },
      coverage: () => ({
        documents: { files: 0, unreadableFiles: 0, read: 0, unread: 0, notNeeded: 0, ignored: 0 },
        problems: [],
      }),
    },
    target: 'cluster',
    platform,
    filter: {},
    metadata: {
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
    },
  })
  expect(report.coverage.problems).toEqual([])
  return new Map(report.controls.map(({ control, status }) => [control.id, status]))
}

test('the objects are in the groups that controls look in', () => {
  expect(CLOUD_GROUPS).toEqual({
    aks: 'management.azure.com',
    eks: 'eks.amazonaws.com',
    gke: 'container.googleapis.com',
  })
})

describe('of a full set of answers', () => {
  test.each(CLOUDS)('every control about %s passes a safe cluster and fails an unsafe one', async (cloud) => {
    const safe = await statuses(cloud, true)
    const unsafe = await statuses(cloud, false)
    const own = CONTROLS.filter(({ checks }) =>
      checks.some(({ match }) => match.some(({ groups }) => groups.includes(CLOUD_GROUPS[cloud]))),
    )
    const seen = Object.fromEntries(own.map(({ id }) => [id, `${safe.get(id)} ${unsafe.get(id)}`]))
    const expected = own.map(({ id }) => {
      const [always] = (ONE_SIDED[`${id} ${cloud}`] ?? '').split(':')
      return [id, always ? `${always} ${always}` : 'passed failed']
    })
    expect(seen).toEqual(Object.fromEntries(expected))
    expect([...safe.keys()].toSorted()).toEqual(own.map(({ id }) => id).toSorted())
  })

  test('no control about clouds is left unjudged', async () => {
    const judged = new Set<string>()
    for (const cloud of CLOUDS) for (const id of (await statuses(cloud, true)).keys()) judged.add(id)
    expect(CONTROLS.filter(({ id }) => !judged.has(id)).map(({ id }) => id)).toEqual([])
    expect(CONTROLS.length).toBeGreaterThan(20)
  })
})
