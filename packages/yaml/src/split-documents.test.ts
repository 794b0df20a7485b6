/** Cutting files into documents, and the quick look at their heads. */

import { expect, test } from 'vitest'
import { splitDocuments } from './split-documents.ts'

const parts = (text: string): string[] => splitDocuments(text).map(({ start, end }) => text.slice(start, end))

test.each([
  ['a file without markers', 'a: 1\n', ['a: 1\n']],
  ['two documents', 'a: 1\n---\nb: 2\n', ['a: 1\n', '---\nb: 2\n']],
  [
    'markers with comment, tag and content',
    '--- # c\na\n--- !t\nb\n--- {a: 1}\n---\tx\n',
    ['--- # c\na\n', '--- !t\nb\n', '--- {a: 1}\n', '---\tx\n'],
  ],
  ['a marker that ends the text', 'a: 1\n---', ['a: 1\n']],
  ['dashes that are no marker', 'a: |\n ---\n---x\n----\n', ['a: |\n ---\n---x\n----\n']],
  ['empty and commented documents', '# a\n---\n\n---\n# b\n---\n  # c\na: 1\n---\n', ['---\n  # c\na: 1\n']],
  ['comments and directives before the first marker', '# c\n%YAML 1.2\n---\na: 1\n', ['# c\n%YAML 1.2\n---\na: 1\n']],
  ['an end marker', 'a: 1\n...\n# c\n%YAML 1.2\n---\nb: 2\n', ['a: 1\n...\n', '# c\n%YAML 1.2\n---\nb: 2\n']],
  ['content after an end marker', 'a: 1\n...\nb: 2\n', ['a: 1\n...\n', 'b: 2\n']],
  ['carriage returns', 'a: 1\r\n---\r\nb: 2\r\n...\r\n', ['a: 1\r\n', '---\r\nb: 2\r\n...\r\n']],
  ['lone carriage returns', 'a: 1\r---\rb: 2', ['a: 1\r', '---\rb: 2']],
  ['only white space', ' \n\t\n\r\n', []],
  ['nothing', '', []],
  ['a comment that ends for Kubernetes where it goes on for others', '# c\u2028kind: Pod\n', ['# c\u2028kind: Pod\n']],
])('splits %s', (_name, text, expected) => {
  expect(parts(text)).toEqual(expected)
})

test('a document knows the line that it begins on', () => {
  expect(splitDocuments('a: 1\r\n---\r\nb: 2\n---\nc: 3\n').map(({ line }) => line)).toEqual([1, 2, 4])
})

const header = (text: string): unknown => splitDocuments(text)[0]?.header

test('a header holds kind and names', () => {
  const text =
    '# c\n---\napiVersion: apps/v1 # c\nkind: "Deployment"\nmetadata:\n    labels: {a: b}\n    name: web\n    namespace: \'shop\'\nspec:\n- a: "x\n  y"\n'
  expect(header(text)).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' })
  expect(header(text.replaceAll('\n', '\r\n'))).toEqual(header(text))
})

test('a generated name is part of the header', () => {
  expect(header('kind: Job\nmetadata:\n  generateName: run-\napiVersion: batch/v1\n')).toEqual({
    apiVersion: 'batch/v1',
    kind: 'Job',
    generateName: 'run-',
  })
})

const head = 'apiVersion: v1\nkind: Pod\n'
test.each([
  ['no kind', 'apiVersion: v1\n'],
  ['an indented root', ' apiVersion: v1\n kind: Pod\n'],
  ['an indented line before the first key', `  a: b\n${head}`],
  ['a second kind', `${head}kind: Secret\n`],
  ['a quoted key', `${head}"a": b\n`],
  ['a key with a space before the colon', `${head}kind : Secret\n`],
  ['an explicit key', `${head}? a\n: b\n`],
  ['a merge key', `${head}<<: *a\n`],
  ['an anchored key', `${head}&a a: b\n`],
  ['a tagged kind', 'apiVersion: v1\nkind: !!str Pod\n'],
  ['a kind that is a boolean', 'apiVersion: v1\nkind: Yes\n'],
  ['an apiVersion that is a number', 'apiVersion: 1e3\nkind: Pod\n'],
  ['a kind that goes on', 'apiVersion: v1\nkind: Pod\n  Template\n'],
  ['a kind that goes on after a blank line', 'apiVersion: v1\nkind: Pod\n\n  Template\n'],
  ['a kind with an escape', 'apiVersion: v1\nkind: "P\\x6fd"\n'],
  ['an open quote', `${head}a: "\nb: "\n`],
  ['an open bracket', `${head}a: [\n`],
  ['metadata in flow style', `${head}metadata: {name: a}\n`],
  ['anchored metadata', `${head}metadata: &a\n  name: a\n`],
  ['metadata twice', `${head}metadata:\n  name: a\nmetadata:\n  name: b\n`],
  ['metadata that is a list', `${head}metadata:\n- name: a\n`],
  ['an open quote in metadata', `${head}metadata:\n  labels:\n    a: "x\n  name: a\n    "\n`],
  ['a name without a value', `${head}metadata:\n  name:\n`],
  ['a name that goes on', `${head}metadata:\n  name: a\n    b\n`],
  ['a merge key in metadata', `${head}metadata:\n  <<: *a\n  name: b\n`],
  ['a tab', `${head}metadata:\n\tname: a\n`],
  ['content on the marker line', `--- !t\n${head}`],
  ['directives', `%YAML 1.2\n---\n${head}`],
  ['a template', `{{- if a }}\n${head}`],
  ['a line separator', `${head}a: x\u2028kind: Secret\n`],
])('gives no header for %s', (_name, text) => {
  expect(header(text)).toBe(undefined)
})
