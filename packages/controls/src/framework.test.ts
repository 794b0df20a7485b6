/** The registry of frameworks: complete, and in the published order. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { FRAMEWORKS } from './frameworks/index.ts'
import { LIBRARY } from './library/index.ts'

const shared = process.env['KUBESCAPE_SHARED'] ?? join(import.meta.dirname, '../../../../shared')
const file = join(shared, 'facts/frameworks.json')
const isThere = existsSync(file)
const skipped = isThere ? '' : ' (skipped: no shared data)'

interface FrameworkFacts {
  readonly name: string
  readonly controls: readonly { readonly controlID: string; readonly order: number; readonly patchName: string }[]
}

test('frameworks have names of their own, aliases included', () => {
  const names = FRAMEWORKS.flatMap(({ name, aliases }) => [name, ...aliases].map((each) => each.toLowerCase()))
  expect(new Set(names).size).toBe(names.length)
  expect(names).not.toContain('all')
})

test.each(FRAMEWORKS.map((framework) => [framework.name, framework] as const))(
  '%s lists well-formed ids, each once, and AllControls has them too',
  (_name, { controls }) => {
    const all = FRAMEWORKS.find(({ name }) => name === 'AllControls')?.controls ?? []
    expect(controls.length).toBeGreaterThan(0)
    expect(new Set(controls).size).toBe(controls.length)
    for (const id of controls) {
      expect(id).toMatch(/^C-\d{4}$/)
      expect(all).toContain(id)
    }
  },
)

test('every control belongs to AllControls', () => {
  const all = FRAMEWORKS.find(({ name }) => name === 'AllControls')?.controls
  expect(all).toHaveLength(281)
  expect(all).toEqual(expect.arrayContaining(LIBRARY.map(({ id }) => id)))
})

/** The frameworks whose controls this version judges; benchmarks say in the coverage what is not judged yet. */
const COMMON = ['ArmoBest', 'ClusterScan', 'DevOpsBest', 'MITRE', 'NSA', 'security', 'SOC2', 'WorkloadScan']

test.each(COMMON)('every control of %s is declared', (name) => {
  const declared = LIBRARY.map(({ id }) => id)
  const framework = FRAMEWORKS.find((each) => each.name === name)
  expect(framework?.controls.filter((id) => !declared.includes(id))).toEqual([])
})

test.each(
  FRAMEWORKS.flatMap(({ name, controls, numbers, sections }) =>
    numbers ? [{ name, controls, numbers, sections }] : [],
  ),
)(
  'every control of $name has a number of its own, in a section with a title',
  ({ controls, numbers, sections = {} }) => {
    expect(Object.keys(numbers).toSorted()).toEqual(controls.toSorted())
    expect(new Set(Object.values(numbers)).size).toBe(controls.length)
    for (const number of Object.values(numbers)) {
      expect(number).toMatch(/^\d+(?:\.\d+)+$/)
      const parents = number.split('.').map((_, at, parts) => parts.slice(0, at).join('.'))
      if (Object.keys(sections).length > 0) expect(parents.some((parent) => parent in sections)).toBe(true)
    }
  },
)

function published(name: string): FrameworkFacts['controls'] {
  const all = (JSON.parse(readFileSync(file, 'utf8')) as { frameworks: FrameworkFacts[] }).frameworks
  return all.find((framework) => framework.name === name)?.controls ?? []
}

test.skipIf(!isThere)(`lists agree with the published ones, in their order${skipped}`, () => {
  for (const { name, controls } of FRAMEWORKS) {
    const inOrder = published(name)
      .toSorted((a, b) => a.order - b.order)
      .map(({ controlID }) => controlID)
    expect([name, controls]).toEqual([name, inOrder])
  }
})

test.skipIf(!isThere)(`numbers agree with the published ones${skipped}`, () => {
  for (const { name, numbers = {} } of FRAMEWORKS) {
    const known = published(name).flatMap(({ controlID, patchName }) => {
      const number = /^CIS-([\d.]+) /.exec(patchName)?.[1]
      return number === undefined ? [] : [[controlID, number]]
    })
    expect([name, numbers]).toEqual([name, Object.fromEntries(known)])
  }
})
