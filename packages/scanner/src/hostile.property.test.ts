/** Objects with lists, texts and nulls where maps should be: every control judges or leaves them, and none breaks off. */
import {
  assert,
  constant,
  constantFrom,
  dictionary,
  letrec,
  oneof,
  array,
  property,
  record,
  type Arbitrary,
} from 'fast-check'
import { expect, test } from 'vitest'

import { DEFAULT_INPUTS, LIBRARY } from '@kubescape/controls'
import { identityOf, type ValueMap } from '@kubescape/resources'

import { Plan } from './plan.ts'

/** Words that checks look for, so that shapes go deep where it matters. */
const KEYS = [
  'annotations',
  'automountServiceAccountToken',
  'containers',
  'data',
  'egress',
  'env',
  'hostPath',
  'image',
  'initContainers',
  'labels',
  'limits',
  'metadata',
  'name',
  'namespace',
  'networkPolicy',
  'podTemplate',
  'properties',
  'ranges',
  'requests',
  'resources',
  'roleRef',
  'rules',
  'runAsUser',
  'securityContext',
  'selector',
  'spec',
  'subjects',
  'template',
  'tls',
  'to',
  'verbs',
  'volumeMounts',
  'volumes',
  'webhooks',
]

const kinds = new Map(
  LIBRARY.flatMap(({ checks }) => checks)
    .flatMap((check) => [check, ...(check.shape === 'joined' ? check.needs : [])])
    .flatMap(({ match }) => match)
    .flatMap(({ groups, versions, kinds: names }) =>
      names.flatMap((kind): [string, [string, string]][] => {
        const group = groups[0] === '*' ? '' : (groups[0] ?? '')
        const version = versions[0] === '*' ? 'v1' : (versions[0] ?? '')
        const apiVersion = group === '' ? version : `${group}/${version}`
        return [[`${apiVersion} ${kind}`, [apiVersion, kind]]]
      }),
    ),
)

const { value } = letrec<{ value: unknown }>((tie) => ({
  value: oneof(
    { maxDepth: 6, withCrossShrink: true },
    constantFrom<unknown>(null, true, false, 0, -1, 1.5, '', 'default', 'text', '*', 10n ** 30n),
    array(tie('value'), { maxLength: 3 }),
    dictionary(constantFrom(...KEYS), tie('value'), { maxKeys: 4 }),
  ),
}))

const object: Arbitrary<ValueMap> = constantFrom(...kinds.values()).chain(
  ([apiVersion, kind]) =>
    record(
      {
        apiVersion: constant(apiVersion),
        kind: constant(kind),
        metadata: value,
        spec: value,
        data: value,
        rules: value,
      },
      { requiredKeys: ['apiVersion', 'kind'] },
    ) as Arbitrary<ValueMap>,
)

test('no shape of objects makes a check throw', () => {
  expect(kinds.size).toBeGreaterThan(40)
  assert(
    property(array(object, { minLength: 1, maxLength: 12 }), (objects) => {
      const plan = new Plan(LIBRARY, DEFAULT_INPUTS)
      for (const each of objects) plan.take({ identity: identityOf(each)!, object: each }, true)
      plan.join()
      expect(plan.problems.map(({ message }) => message)).toEqual([])
    }),
    { numRuns: 300 },
  )
})
