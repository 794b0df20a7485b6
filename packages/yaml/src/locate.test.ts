/** Positions of fields. */

import { describe, expect, test } from 'vitest'
import { locate, splitDocuments } from './index.ts'

const text = `apiVersion: v1
kind: Pod
metadata:
  name: web # c
  labels:
    app.kubernetes.io/name: "shop"
  annotations: {'x.y/z': [1, 2 ], b: }
spec:
  containers:
  - name: a
    args: ["x",
      "y"]
    env: &env
    - {name: K, value: !!str 5}
  - name: b
    env: *env
    command:
    - |
      echo
      exit

    empty:
    securityContext:
      privileged: true
80: port
`
const [slice] = splitDocuments(text)

/** The text of the entry, the text of the value, and whether the path exists. */
function show(path: string, source = text, document = slice): [string, string, boolean] {
  const [location] = document === undefined ? [] : locate(source, document, [path])
  if (location === undefined) throw new Error('no location')
  return [
    source.slice(location.start, location.end),
    source.slice(location.valueStart, location.valueEnd),
    location.exists,
  ]
}

test.each([
  ['kind', 'kind: Pod', 'Pod'],
  ['metadata.name', 'name: web', 'web'],
  ['metadata.labels[app.kubernetes.io/name]', 'app.kubernetes.io/name: "shop"', '"shop"'],
  ["metadata.annotations['x.y/z']", "'x.y/z': [1, 2 ]", '[1, 2 ]'],
  ["metadata.annotations['x.y/z'][1]", '2', '2'],
  ['metadata.annotations.b', 'b:', ''],
  ['metadata.annotations', "annotations: {'x.y/z': [1, 2 ], b: }", "{'x.y/z': [1, 2 ], b: }"],
  ['spec.containers[0].args', 'args: ["x",\n      "y"]', '["x",\n      "y"]'],
  ['spec.containers[0].env', 'env: &env\n    - {name: K, value: !!str 5}', '&env\n    - {name: K, value: !!str 5}'],
  ['spec.containers[0].env[0].value', 'value: !!str 5', '!!str 5'],
  ['spec.containers[1].name', 'name: b', 'b'],
  ['spec.containers[1].command', 'command:\n    - |\n      echo\n      exit', '- |\n      echo\n      exit'],
  ['spec.containers[1].command[0]', '|\n      echo\n      exit', '|\n      echo\n      exit'],
  ['spec.containers[1].empty', 'empty:', ''],
  ['spec.containers[1].securityContext.privileged', 'privileged: true', 'true'],
  ['80', '80: port', 'port'],
  ['', text.trimEnd(), text.trimEnd()],
])('%s is found', (path, entry, value) => {
  expect(show(path)).toEqual([entry, value, true])
})

test.each([
  ['spec.containers[1].env', 'env: *env', true],
  ['spec.containers[1].env[0].name', 'env: *env', true],
  ['spec.containers[1].env[0].nothing', 'env: *env', false],
  ['spec.containers[1].securityContext.runAsUser', 'securityContext:\n      privileged: true', false],
  ['spec.containers[7].name', null, false],
  ['kind.x', 'kind: Pod', false],
])('%s points at what there is', (path, entry, exists) => {
  const [start, , found] = show(path)
  if (entry !== null) expect(start).toBe(entry)
  else expect(start.startsWith('containers:')).toBe(true)
  expect(found).toBe(exists)
})

test('lines and columns are those of the file, for all paths in one call', () => {
  const file = `# x\n---\na: 1\n---\r\nb:\r\n  c: [1]\r\n`
  const second = splitDocuments(file)[1]
  expect(second === undefined ? [] : locate(file, second, ['b.c', 'b', 'b.x'])).toMatchObject([
    { line: 6, column: 3, endLine: 6, endColumn: 9, exists: true },
    { line: 5, column: 1, endLine: 6, endColumn: 9, exists: true },
    { line: 5, column: 1, endLine: 6, endColumn: 9, exists: false },
  ])
})

describe('odd documents', () => {
  const whole = (source: string): { start: number; end: number; line: number } => ({
    start: 0,
    end: source.length,
    line: 1,
  })
  test.each([
    ['{"a": {"b": [1, {"c": null}]}}', 'a.b[1].c', '"c": null', true],
    ['a: 1\na: {b: 2}\n', 'a.b', 'b: 2', true],
    ['a: {b: 2}\na: 1\n', 'a.b', 'a: 1', false],
    ['x: &x {b: 1}\nz:\n  <<: *x\n  c: 2\n', 'z.b', '<<: *x', true],
    ['x: &x {b: 1}\nz:\n  <<: *x\n  b: 2\n', 'z.b', 'b: 2', true],
    ['a: [b: c, d]\n', 'a[1]', 'd', true],
    ['a: [b: c, d]\n', 'a[0].b', 'b: c', true],
    ['a:\n-\n- x\n', 'a[1]', 'x', true],
    ['a:\n- # c\n-\n', 'a[1]', '', true],
    ['? a\n: b\n', 'a', 'a\n: b', true],
    ['yes: 1\n', 'true', 'yes: 1', true],
    ['a: {\n  b: c\n}\nd: e\n', 'a', 'a: {\n  b: c\n}', true],
    ['a: # x | y\n  |\n  t\n', 'a', 'a: # x | y\n  |\n  t', true],
    ['a: |\n', 'a', 'a: |', true],
    ['  {"a": 1}', 'a', '"a": 1', true],
    ['', 'a', '', false],
    ['a: [', 'a', 'a: [', false],
  ])('%j at %s', (source, path, entry, exists) => {
    const [found, , isThere] = show(path, source, whole(source))
    expect([found, isThere]).toEqual([entry, exists])
  })

  test('the value of a block scalar begins at its header', () => {
    const source = 'a: # x | y\n  |\n  t\n'
    expect(show('a', source, whole(source))[1]).toBe('|\n  t')
  })
})
