/** Edits of fields: an edit that is made changes the value as asked and nothing else, whatever surrounds it. */
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

import { fieldEdit, isUneditable, type FieldChange } from './field-edit.ts'
import { parsePath } from './path.ts'
import { openDocument, readDocument } from './read-document.ts'
import { splitDocuments } from './split-documents.ts'
import { applyEdits, textEdits } from './text-edits.ts'
import { isValueMap, type Value } from './value.ts'

/** The text with the changes made; undefined where they are not certain. */
function changed(text: string, ...changes: readonly FieldChange[]): string | undefined {
  const [slice] = splitDocuments(text)
  if (slice === undefined || isUneditable(text, slice)) return undefined
  const document = openDocument(text, slice)
  // Of duplicate keys only the last one counts.
  if (document.problems.length > 0) return undefined
  const locations = document.locate(changes.map(({ path }) => path))
  const edits = changes.flatMap((change, at) => {
    const location = locations[at]
    return (location && fieldEdit(text, location, '', change)) ?? []
  })
  const made = edits.length < changes.length ? undefined : textEdits(edits)
  return made && applyEdits(text, made)
}

const set = (path: string, value: string): FieldChange => ({ action: 'set', path, value })
const remove = (path: string): FieldChange => ({ action: 'remove', path })

describe('set', () => {
  test.each([
    ['a boolean', 'a:\n  b: true # why\n', set('a.b', 'false'), 'a:\n  b: false # why\n'],
    ['a number', 'a: {b: 1, c: 2}\n', set('a.b', '1000'), 'a: {b: 1000, c: 2}\n'],
    ['a text', 'a: "x"\n', set('a', 'RollingUpdate'), 'a: RollingUpdate\n'],
    [
      'a text that looks like a boolean',
      'metadata:\n  annotations: {x: "a"}\n',
      set('metadata.annotations.x', 'true'),
      'metadata:\n  annotations: {x: "true"}\n',
    ],
    ['a text that has to be quoted', 'a: x\n', set('a', 'b: c'), 'a: "b: c"\n'],
    ['a value that is empty', 'a:\n  b:\n  c: 1\n', set('a.b', 'false'), 'a:\n  b: false\n  c: 1\n'],
    ['an item', 'a:\n- x\n- y\n', set('a[1]', 'z'), 'a:\n- x\n- z\n'],
    ['a missing field', 'a:\n  b: 1\n', set('a.c', 'true'), 'a:\n  c: true\n  b: 1\n'],
    [
      'a missing field of an item',
      'a:\n- name: x\n  b: 1\n',
      set('a[0].c', 'true'),
      'a:\n- name: x\n  c: true\n  b: 1\n',
    ],
    ['a missing field with parents', '- name: x # y\n', set('[0].c.d', 'true'), '- name: x # y\n  c:\n    d: true\n'],
    ['a missing list', 'a:\n  b: 1\n', set('a.c.d[0]', 'ALL'), 'a:\n  c:\n    d:\n      - ALL\n  b: 1\n'],
    ['a missing field in braces', 'a: {b: 1}\n', set('a.c.d', 'true'), 'a: {c: {d: true}, b: 1}\n'],
    ['a missing field in empty braces', 'a: {}\n', set('a.c.d[0]', 'ALL'), 'a: {c: {d: [ALL]}}\n'],
    ['a missing field of JSON', '{"a": {}}', set('a.c.d', 'x'), '{"a": {"c": {"d": "x"}}}'],
    ['with line ends of Windows', 'a:\r\n- name: x\r\n', set('a[0].c', 'true'), 'a:\r\n- name: x\r\n  c: true\r\n'],
  ])('%s', (_, before, change, after) => {
    expect(changed(before, change)).toBe(after)
  })

  test('several fields that go into the same place go in together', () => {
    const changes = [set('a[0].c.d', 'false'), set('a[0].c.e', '1'), set('a[0].f', 'x')]
    expect(changed('a:\n  - name: x\n    b: 1\n', ...changes)).toBe(
      'a:\n  - name: x\n    c:\n      d: false\n      e: 1\n    f: x\n    b: 1\n',
    )
    expect(changed('a: {b: 1}\n', set('a.c.d', 'false'), set('a.c.e', '1'))).toBe('a: {c: {d: false, e: 1}, b: 1}\n')
  })

  test.each([
    ['contradict each other', 'a: {b: 1}\n', [set('a.c', '1'), set('a.c', '2')]],
    ['touch each other', 'a: [x, y]\n', [remove('a[0]'), remove('a[1]')]],
    ['need an alias', 'a: &x {b: 1}\nc: *x\n', [set('c.b', '2')]],
    ['need a merge', 'a: &x {b: 1}\nc: {<<: *x}\n', [set('c.b', '2')]],
    ['replace a block scalar', 'a: |\n  x\nb: 1\n', [set('a', 'y')]],
    ['replace a collection', 'a: {b: 1}\n', [set('a', 'y')]],
    ['append to a list', 'a:\n- x\n', [set('a[1]', 'y')]],
    ['go below a text', 'a: x\n', [set('a.b', 'y')]],
    ['follow a text of several lines', '- a: x\n    y\n  b: 1\n', [set('[0].c', 'z')]],
  ])('is left out for changes that %s', (_, text, changes) => {
    expect(changed(text, ...changes)).toBeUndefined()
  })
})

describe('remove', () => {
  test.each([
    ['an entry', 'a:\n  b: 1 # why\n  c: 2\n', 'a.b', 'a:\n  c: 2\n'],
    ['the last entry', 'a:\n  b: 1\n  c: 2\nd: 3\n', 'a.c', 'a:\n  b: 1\nd: 3\n'],
    ['the only entry', 'a:\n  b: 1\nd: 3\n', 'a.b', 'a: {}\nd: 3\n'],
    ['the first entry of an item', '- a: 1\n  b: 2\n', '[0].a', '- b: 2\n'],
    ['an entry of several lines', 'a:\n  b:\n    c: 1\n    d: 2\n  e: 3\n', 'a.b', 'a:\n  e: 3\n'],
    ['an item', 'a:\n- x\n- y\n', 'a[0]', 'a:\n- y\n'],
    ['the only item', 'a:\n  - x\nb: 1\n', 'a[0]', 'a: []\nb: 1\n'],
    ['the only item, not indented', 'a:\n- x\nb: 1\n', 'a[0]', 'a: []\nb: 1\n'],
    ['an item of several lines', 'a:\n  - b: 1\n    c: 2\n  - d: 3\n', 'a[0]', 'a:\n  - d: 3\n'],
    ['an entry in braces', 'a: {b: 1, c: 2}\n', 'a.b', 'a: {c: 2}\n'],
    ['the last entry in braces', 'a: {b: 1, c: 2}\n', 'a.c', 'a: {b: 1}\n'],
    ['the only entry in braces', 'a: {b: 1}\n', 'a.b', 'a: {}\n'],
    ['an entry of JSON', '{\n  "a": 1,\n  "b": 2\n}\n', 'a', '{\n  "b": 2\n}\n'],
    ['the last entry of JSON', '{\n  "a": 1,\n  "b": 2\n}\n', 'b', '{\n  "a": 1\n}\n'],
  ])('%s', (_, before, path, after) => {
    expect(changed(before, remove(path))).toBe(after)
  })

  test.each([
    ['a comment over the only entry', 'a:\n  # b\n  b: 1\n', 'a.b'],
    ['a comment between entries of an item', '- a: 1\n  # b\n  b: 2\n', '[0].a'],
    ['a block scalar', 'a: |\n  x\n\nb: 1\n', 'a'],
    ['the whole document', 'a: 1\n', 'a'],
    ['what is not there', 'a: 1\n', 'b'],
  ])('leaves out %s', (_, before, path) => {
    const after = changed(before, remove(path))
    if (after !== undefined) expect(valueOf(after)).toEqual(expected(valueOf(before), remove(path)))
    else expect(after).toBeUndefined()
  })
})

function valueOf(text: string): Value | undefined {
  const [slice] = splitDocuments(text)
  return slice && readDocument(text, slice).value
}

/** What the value should be after the change. */
function expected(value: Value | undefined, { path, ...change }: FieldChange): Value | undefined {
  const copy = structuredClone(value)
  const steps = parsePath(path)
  const last = steps.pop()
  let at: Value | undefined = copy
  for (const step of steps) at = Array.isArray(at) ? at[Number(step)] : isValueMap(at) ? at[String(step)] : undefined
  if (Array.isArray(at)) {
    if (change.action === 'remove') at.splice(Number(last), 1)
    else at[Number(last)] = change.value
  } else if (isValueMap(at)) {
    if (change.action === 'remove') Reflect.deleteProperty(at, String(last))
    else at[String(last)] = change.value
  }
  return copy
}

/** Paths of everything in a value; keys in quotes. */
function* pathsOf(value: Value | undefined, path = ''): Generator<{ path: string; value: Value }> {
  if (value === undefined) return
  if (path !== '') yield { path, value }
  if (Array.isArray(value)) for (const [at, item] of value.entries()) yield* pathsOf(item, `${path}[${at}]`)
  else if (isValueMap(value)) {
    for (const [key, item] of Object.entries(value)) yield* pathsOf(item, `${path}[${JSON.stringify(key)}]`)
  }
}

describe('every field of real manifests', () => {
  const root = join(import.meta.dirname, '../../..')
  const shared = process.env['KUBESCAPE_SHARED'] ?? join(root, '../shared')
  const files = ['examples', join(shared, 'corpus/medium')].flatMap((folder) =>
    globSync(`${folder}/**/*.{yaml,yml,json}`, { cwd: root }),
  )

  test('is set, added and removed as asked, or not at all', () => {
    const counts = { made: 0, left: 0 }
    for (const file of files) {
      const whole = readFileSync(resolve(root, file), 'utf8')
      for (const { start, end } of splitDocuments(whole)) {
        const text = whole.slice(start, end)
        // Large documents have nothing that smaller ones lack.
        if (text.length > 4000) continue
        const value = valueOf(text)
        for (const each of pathsOf(value)) tryChanges(text, value, each, counts)
      }
    }
    expect(files.length).toBeGreaterThan(5)
    process.stdout.write(`${counts.made} edits made, ${counts.left} left out, in ${files.length} files\n`)
    expect(counts.made).toBeGreaterThan(counts.left)
  })

  function tryChanges(
    text: string,
    value: Value | undefined,
    each: { readonly path: string; readonly value: Value },
    counts: { made: number; left: number },
  ): void {
    const isScalar = typeof each.value !== 'object' || each.value === null
    const changes = [
      remove(each.path),
      ...(isScalar ? [set(each.path, 'Changed')] : []),
      ...(isValueMap(each.value) ? [set(`${each.path}.added`, 'Changed')] : []),
    ]
    for (const change of changes) {
      const after = changed(text, change)
      counts[after === undefined ? 'left' : 'made']++
      if (after === undefined) continue
      expect(valueOf(after), `${JSON.stringify(change)} of\n${text}\ngave\n${after}`).toEqual(expected(value, change))
    }
  }
})
