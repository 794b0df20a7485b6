import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { gatherFiles } from './gather-files.ts'

let root = ''
const wanted = { extensions: ['.rego', '.json'], flag: '--data', what: 'a file' }

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'kubescape-gather-')))
  for (const folder of ['a/b', 'a/.git', 'a/node_modules', 'a/..data', 'outside']) {
    mkdirSync(join(root, folder), { recursive: true })
  }
  const files = {
    'a/z.rego': 'z',
    'a/A.REGO': 'A',
    'a/b/x.json': '1',
    'a/notes.md': 'no',
    'a/.hidden.rego': 'no',
    'a/.git/x.rego': 'no',
    'a/node_modules/x.rego': 'no',
    'a/..data/linked.rego': 'linked',
    'outside/secret.rego': 'no',
    'latin.rego': Buffer.from([0xff, 0xfe, 0x00, 0xd8]),
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text)
  symlinkSync(join(root, 'a/..data/linked.rego'), join(root, 'a/linked.rego'))
  symlinkSync(join(root, 'outside/secret.rego'), join(root, 'a/stolen.rego'))
  symlinkSync(join(root, 'outside'), join(root, 'a/away'))
  symlinkSync(join(root, 'a'), join(root, 'a/b/round'))
})

afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('a folder', () => {
  test('gives its files in order: not hidden ones, others’ packages, or links that lead out', () => {
    expect(gatherFiles([join(root, 'a')], wanted).map(({ below, text }) => [below, text])).toEqual([
      ['A.REGO', 'A'],
      ['b/x.json', '1'],
      ['linked.rego', 'linked'],
      ['z.rego', 'z'],
    ])
  })

  test('that is named twice, or with a file in it, gives each file once', () => {
    expect(gatherFiles([join(root, 'a/z.rego'), join(root, 'a'), join(root, 'a')], wanted)).toHaveLength(4)
  })
})

describe('a file that is named', () => {
  test('is read whatever it is called', () => {
    expect(gatherFiles([join(root, 'a/notes.md'), join(root, 'a/.hidden.rego')], wanted)).toEqual([
      expect.objectContaining({ below: 'notes.md', isNamed: true, text: 'no' }),
      expect.objectContaining({ below: '.hidden.rego', isNamed: true }),
    ])
  })

  test.each([
    ['is not there', 'none.rego', /--data .*none\.rego cannot be read: ENOENT/],
    ['is no text', 'latin.rego', /--data .*latin\.rego: /],
  ])('and %s is said with its name', (_, name, message) => {
    expect(() => gatherFiles([join(root, name)], wanted)).toThrow(message)
  })

  test('and has no name is refused', () => {
    expect(() => gatherFiles([' '], wanted)).toThrow('--data is empty')
  })
})
