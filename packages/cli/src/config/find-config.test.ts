/** The search for `.kubescape.yaml`, in folders that are made for it. */
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

import { findConfig, startOfSearch } from './find-config.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'kubescape-config-')))
afterAll(() => rmSync(root, { recursive: true, force: true }))

function folder(path: string, ...files: readonly string[]): string {
  const made = join(root, path)
  mkdirSync(made, { recursive: true })
  for (const file of files) writeFileSync(join(made, file), '')
  return made
}

test('takes the nearest file, by either name', () => {
  folder('near', '.kubescape.yaml')
  const below = folder('near/a/b')
  expect(findConfig(below)).toBe(join(root, 'near/.kubescape.yaml'))
  folder('near/a', '.kubescape.yml')
  expect(findConfig(below)).toBe(join(root, 'near/a/.kubescape.yml'))
})

test('refuses to choose between two names', () => {
  const both = folder('both', '.kubescape.yaml', '.kubescape.yml')
  expect(() => findConfig(both)).toThrow(/there are both .*yaml and .*yml/)
})

test('does not leave the git work tree, and takes the file at its root', () => {
  folder('tree', '.kubescape.yaml')
  folder('tree/repository/.git')
  const inside = folder('tree/repository/manifests')
  expect(findConfig(inside)).toBeUndefined()
  folder('tree/repository', '.kubescape.yaml')
  expect(findConfig(inside)).toBe(join(root, 'tree/repository/.kubescape.yaml'))
})

test('does not look above where everybody may write, unless the search starts there', () => {
  const open = folder('open', '.kubescape.yaml')
  chmodSync(open, 0o777)
  expect(findConfig(folder('open/mine'))).toBeUndefined()
  expect(findConfig(open)).toBe(join(open, '.kubescape.yaml'))
})

test('begins at the directory of the first path', () => {
  const start = folder('start', 'pod.yaml')
  expect(startOfSearch([])).toBe('.')
  expect(startOfSearch(['-'])).toBe('.')
  expect(startOfSearch([start, 'elsewhere'])).toBe(start)
  expect(startOfSearch([join(start, 'pod.yaml')])).toBe(start)
  expect(startOfSearch([join(start, 'missing.yaml')])).toBe(start)
  expect(startOfSearch([join(start, '*.yaml')])).toBe(start)
  expect(startOfSearch([join(start, '**/x[ab]/*.yaml')])).toBe(start)
  expect(startOfSearch(['*.yaml'])).toBe('.')
})
