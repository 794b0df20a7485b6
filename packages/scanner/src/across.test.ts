/** What checks say of their reach: objects of other namespaces change nothing, but for those that `across` names. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'

import { acrossOf, LIBRARY, type ControlDeclaration, type JoinedCheck } from '@kubescape/controls'
import { asMap, identityOf, matches, SERVED_TYPES, type ValueMap } from '@kubescape/resources'

import { makeInputs } from './inputs.ts'
import { judged, outcomeOf } from './judgement.ts'
import { Plan } from './plan.ts'

const folder = join(import.meta.dirname, '../../controls/examples')

interface Example {
  readonly control: ControlDeclaration
  readonly check: JoinedCheck
  readonly file: string
}

/** etcd and the API server are compared wherever they are, but run as static Pods of one namespace: not worth all Pods. */
const KNOWN = ['C-0159']

const EXAMPLES = LIBRARY.filter(({ id }) => !KNOWN.includes(id)).flatMap((control): Example[] =>
  control.checks
    .filter((check) => check.shape === 'joined')
    .flatMap((check) =>
      globSync(join(folder, '{bad,good}', `${control.id.toLowerCase()}.yaml`)).map((file) => ({
        control,
        check,
        file,
      })),
    ),
)

test.each(EXAMPLES.map((each) => [each.check.name, each.control.id, each.file.split('/').at(-2), each] as const))(
  '%s of %s judges its %s example alike beside the same in another namespace',
  (_check, _id, _which, { control, check, file }) => {
    const objects = parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as ValueMap)
    const copies = objects.flatMap((object) => copyElsewhere(object, check))
    const config = join(folder, 'inputs', basename(file, '.yaml') + '.json')
    const inputs = makeInputs(existsSync(config) ? JSON.parse(readFileSync(config, 'utf8')) : undefined)
    const one = { ...control, checks: [check] }
    const alone = outcomes(one, inputs, objects, [])
    expect(outcomes(one, inputs, objects, copies)).toEqual(alone)
    // Nor do they stand in for what is missing beside the judged object.
    for (const left of objects) {
      const rest = objects.filter((each) => each !== left)
      expect(outcomes(one, inputs, rest, copies)).toEqual(outcomes(one, inputs, rest, []))
    }
  },
)

test('there are checks of both sorts to look at', () => {
  const reaches = EXAMPLES.map(({ check }) => acrossOf(check).length > 0)
  expect(new Set(reaches)).toEqual(new Set([true, false]))
  expect(EXAMPLES.length).toBeGreaterThan(100)
})

/** The object in a namespace of its own; nothing of what no server has in namespaces, and of types that count everywhere. */
function copyElsewhere(object: ValueMap, check: JoinedCheck): ValueMap[] {
  const identity = identityOf(object)
  if (identity === undefined) return []
  const type = SERVED_TYPES.find(({ group, kind }) => group === identity.group && kind === identity.kind)
  if (type?.namespaced !== true) return []
  if (acrossOf(check).some(({ match }) => matches(match, identity))) return []
  return [{ ...object, metadata: { ...asMap(object['metadata']), namespace: 'elsewhere' } }]
}

function outcomes(
  control: ControlDeclaration,
  inputs: ReturnType<typeof makeInputs>,
  objects: readonly ValueMap[],
  others: readonly ValueMap[],
): Record<string, unknown> {
  const plan = new Plan([control], inputs)
  for (const [list, isJudged] of [
    [objects, true],
    [others, false],
  ] as const) {
    for (const object of list) {
      const identity = identityOf(object)
      if (identity !== undefined) plan.take({ identity, object }, isJudged, !isJudged)
    }
  }
  plan.join()
  const columns = judged(control, plan.columns, inputs)
  return Object.fromEntries(
    plan.subjects.list.flatMap((subject, ref) => (subject.judged ? [[subject.id, outcomeOf(columns, ref)]] : [])),
  )
}
