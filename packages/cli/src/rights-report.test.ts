/** What rights a scan lacks, in lines. */
import { describe, expect, test } from 'vitest'

import type { AccessAnswer, ApiResource } from '@kubescape/cluster'
import { LIBRARY } from '@kubescape/controls'
import type { Reading } from '@kubescape/sources'

import { gapOf, renderGaps, type Gap } from './rights-report.ts'

const resource: ApiResource = {
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  namespaced: true,
  verbs: ['list'],
  isPreferred: true,
}
const reading = (namespaces: readonly string[], otherwise: readonly string[] = []): Reading => ({
  resource,
  namespaces,
  otherwise,
  except: [],
  isOnlyJudged: false,
})
const answer = (isAllowed: boolean | undefined, namespace?: string, reason = ''): AccessAnswer => ({
  question: { verb: 'list', group: '', resource: 'pods', ...(namespace === undefined ? {} : { namespace }) },
  isAllowed,
  reason,
})

describe('a type', () => {
  test.each<[string, Reading, AccessAnswer[], AccessAnswer[], Partial<Gap> | undefined]>([
    ['that is allowed lacks nothing', reading([]), [answer(true)], [], undefined],
    ['that is denied is denied everywhere', reading([]), [answer(false)], [], { state: 'denied', where: '' }],
    [
      'is denied where it is denied',
      reading(['a', 'b', 'c']),
      [answer(false, 'a'), answer(true, 'b'), answer(false, 'c')],
      [],
      { state: 'denied', where: 'in a, c' },
    ],
    [
      'that is allowed where it is wanted is denied outside',
      reading([], ['a', 'b']),
      [answer(false)],
      [answer(true, 'a'), answer(true, 'b')],
      { state: 'denied', where: 'outside a, b', elsewhere: true },
    ],
    [
      'that is denied in one place of those as well is denied',
      reading([], ['a', 'b']),
      [answer(false)],
      [answer(true, 'a'), answer(false, 'b')],
      { state: 'denied', where: '' },
    ],
    [
      'of which the server does not say is not checked',
      reading([]),
      [answer(undefined, undefined, 'reviews are off')],
      [],
      { state: 'not checked', where: '', reason: 'reviews are off' },
    ],
    [
      'that is denied here and unknown there is denied',
      reading(['a', 'b']),
      [answer(undefined, 'a', 'off'), answer(false, 'b')],
      [],
      { state: 'denied', where: 'in b', reason: '' },
    ],
  ])('%s', (_, asked, first, second, gap) => {
    const gaps = gapOf(asked, first, second)
    if (gap === undefined) expect(gaps).toEqual([])
    else expect(gaps).toEqual([{ group: '', version: 'v1', kind: 'Pod', plural: 'pods', reason: '', ...gap }])
  })
})

describe('the lines', () => {
  const controlsOf = (...ids: string[]): typeof LIBRARY => LIBRARY.filter(({ id }) => ids.includes(id))
  const pods: Gap = { ...resource, state: 'denied', where: '', reason: '' }
  const secrets: Gap = { ...pods, kind: 'Secret', plural: 'secrets' }
  const routes: Gap = {
    state: 'not found',
    group: 'gateway.networking.k8s.io',
    version: '',
    kind: 'HTTPRoute',
    plural: 'httproutes',
    where: '',
    reason: 'the server\u001B[2J is down',
  }

  test('say that all is well', () => {
    expect(renderGaps([], 1, { controls: controlsOf('C-0057'), side: [] })).toBe(
      'All 1 type may be read, for 1 control.\n',
    )
  })

  test('name types with the controls that depend on them, denied ones first, and no control characters', () => {
    const asked = { controls: controlsOf('C-0057', 'C-0255', 'C-0035'), side: controlsOf('C-0266') }
    expect(renderGaps([routes, secrets, pods], 12, asked)).toBe(
      `denied       pods: C-0057, C-0255, C-0266
denied       secrets: C-0255
not found    httproutes.gateway.networking.k8s.io (the server\uFFFD[2J is down): C-0266
12 types: 9 allowed, 2 denied, 1 not found. 2 of 3 controls cannot be evaluated in full.
`,
    )
  })

  test('name other rights with what they are for', () => {
    const text = renderGaps([], 1, { controls: controlsOf('C-0172'), side: [] }, [
      { state: 'denied', right: 'create, patch jobs.batch in tools', purpose: 'facts of nodes' },
      { state: 'not checked', right: 'list configmaps kubescape-exceptions', purpose: 'exceptions of the cluster' },
    ])
    expect(text).toBe(
      `denied       create, patch jobs.batch in tools: facts of nodes
not checked  list configmaps kubescape-exceptions: exceptions of the cluster
All 1 type may be read, for 1 control.
`,
    )
  })

  test('name ten controls at most', () => {
    const [line] = renderGaps([pods], 1, { controls: LIBRARY, side: [] }).split('\n')
    expect(line).toMatch(/^denied {7}pods: (?:C-\d{4}, ){10}\d+ more$/)
  })

  test('count what only joins lack where it is lacked', () => {
    const bindings: Gap = {
      ...pods,
      group: 'rbac.authorization.k8s.io',
      kind: 'RoleBinding',
      plural: 'rolebindings',
      where: 'outside shop',
      elsewhere: true,
    }
    const text = renderGaps([bindings], 4, { controls: controlsOf('C-0035', 'C-0261'), side: [] })
    expect(text).toContain('rolebindings.rbac.authorization.k8s.io outside shop: C-0261\n')
    expect(text).toContain('1 of 2 controls')
  })
})
