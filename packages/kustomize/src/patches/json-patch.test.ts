/** JSON patches. */
import { describe, expect, test } from 'vitest'

import { failure, outputOf } from '../../testing/kustomizations.ts'

const object = 'apiVersion: v1\nkind: Thing\nmetadata: {name: t}\nspec:\n  list: [a, b]\n  "x/y~z": 1\n  map: {k: v}\n'
const entry = (operations: string): string => `patches: [{target: {kind: Thing}, patch: '${operations}'}]\n`

async function spec(operations: string): Promise<string> {
  const text = await outputOf(entry(operations), object)
  return text.slice(text.indexOf('spec:') + 6).replaceAll(/^ {2}/gm, '')
}

describe('operations', () => {
  test.each([
    [
      'add a key',
      '[{"op": "add", "path": "/spec/new", "value": {"a": [1, true, null]}}]',
      /new:\n {2}a:\n {2}- 1\n {2}- true\n {2}- null\n/,
    ],
    ['add over a key', '[{"op": "add", "path": "/spec/map", "value": 1}]', /map: 1\n/],
    ['add an entry', '[{"op": "add", "path": "/spec/list/1", "value": "c"}]', /list:\n- a\n- c\n- b\n/],
    ['append an entry', '[{"op": "add", "path": "/spec/list/-", "value": "c"}]', /- b\n- c\n/],
    ['append an entry by a negative place', '[{"op": "add", "path": "/spec/list/-1", "value": "c"}]', /- b\n- c\n/],
    ['remove a key', '[{"op": "remove", "path": "/spec/map"}]', /^(?!.*map)/s],
    ['remove an entry', '[{"op": "remove", "path": "/spec/list/0"}]', /list:\n- b\n/],
    ['remove the last entry', '[{"op": "remove", "path": "/spec/list/-1"}]', /list:\n- a\n(?!-)/],
    ['replace a key', '[{"op": "replace", "path": "/spec/map/k", "value": "w"}]', /k: w\n/],
    ['replace an entry', '[{"op": "replace", "path": "/spec/list/1", "value": 7}]', /- a\n- 7\n/],
    ['replace what has signs in its name', '[{"op": "replace", "path": "/spec/x~1y~0z", "value": 2}]', /x\/y~z: 2\n/],
    ['move', '[{"op": "move", "from": "/spec/map/k", "path": "/spec/k"}]', /k: v\nlist:/],
    ['copy', '[{"op": "copy", "from": "/spec/map", "path": "/spec/too"}]', /map:\n {2}k: v\ntoo:\n {2}k: v\n/],
    ['test', '[{"op": "test", "path": "/spec/map", "value": {"k": "v"}}]', /k: v/],
    [
      'keep their order',
      '[{"op": "add", "path": "/spec/new", "value": {}}, {"op": "add", "path": "/spec/new/m", "value": "1"}]',
      /new:\n {2}m: "1"\n/,
    ],
    [
      'take any name',
      '[{"op": "add", "path": "/spec/__proto__", "value": {"__proto__": "x"}}]',
      /__proto__:\n {2}__proto__: x\n/,
    ],
  ])('%s', async (_, operations, expected) => {
    expect(await spec(operations)).toMatch(expected)
  })

  test('may be written as YAML, in a file and in an old list', async () => {
    const operations = '# why\n- op: replace\n  path: /spec/map/k\n  value: w\n'
    expect(
      await outputOf('patches: [{target: {kind: Thing}, path: p.yaml}]', object, { 'p.yaml': operations }),
    ).toContain('k: w')
    const old = 'patchesJson6902: [{target: {version: v1, kind: Thing, name: t}, path: p.yaml}]'
    expect(await outputOf(old, object, { 'p.yaml': operations })).toContain('k: w')
  })

  test('may change names', async () => {
    expect(await outputOf(entry('[{"op": "replace", "path": "/metadata/name", "value": "u"}]'), object)).toContain(
      'name: u',
    )
  })

  test.each([
    [
      '[{"op": "replace", "path": "/spec/no", "value": 1}]',
      'replace operation does not apply: doc is missing key: /spec/no: missing value',
    ],
    [
      '[{"op": "add", "path": "/no/no", "value": 1}]',
      'add operation does not apply: doc is missing path: "/no/no": missing value',
    ],
    ['[{"op": "add", "path": "/spec/list/9", "value": 1}]', 'add operation does not apply: invalid index 9'],
    ['[{"op": "remove", "path": "/spec/no"}]', 'remove operation does not apply: Unable to remove nonexistent key'],
    ['[{"op": "copy", "from": "/no", "path": "/spec/a"}]', 'copy operation does not apply: doc is missing from path'],
    ['[{"op": "move", "from": "/spec", "path": "/spec/a"}]', 'cannot move /spec into itself'],
    ['[{"op": "test", "path": "/spec/map/k", "value": "w"}]', 'testing value /spec/map/k failed'],
    ['[{"op": "merge", "path": "/spec"}]', 'Unexpected kind: merge'],
    ['[{"op": "remove"}]', 'an operation has no path'],
    ['[1]', 'an operation is no mapping'],
    ['[{"op": "remove", "path": ""}]', 'remove operation does not apply'],
    ['[{"op": "add", "path": "", "value": 1}]', 'the patch leaves no object'],
  ])('%s ends the build', async (operations, expected) => {
    const message = await failure({
      'kustomization.yaml': `resources: [o.yaml]\n${entry(operations)}`,
      'o.yaml': object,
    })
    expect(message).toContain(`kustomization.yaml:2: ${expected}`)
  })
})
