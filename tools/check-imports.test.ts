import { expect, test } from 'vitest'
import { checkImports, checkManifests } from './check-imports.ts'
import { BOUNDARIES } from './imports/boundaries.ts'
import { checkFile, type Manifest, type Manifests, mayImport } from './imports/check-file.ts'

const manifest = (...dependencies: string[]): Manifest => ({ name: 'any', dependencies, exports: ['.', './part'] })

const house: Manifests = {
  root: manifest('vitest', 'fast-check'),
  packages: new Map([
    ['yaml', manifest('js-yaml')],
    ['resources', manifest('@kubescape/yaml')],
    ['controls', manifest('@kubescape/resources')],
    ['results', manifest('@kubescape/controls')],
    ['formats', manifest('@kubescape/results')],
    ['sources', manifest('@kubescape/resources', 'ignore')],
    ['dashboard', manifest('@kubescape/results')],
    ['cli', manifest('@kubescape/formats', 'commander')],
  ]),
}

const problemsOf = (path: string, text: string): string[] => checkFile(path, text, house)

test.each([
  ['a declared package below', 'packages/controls/src/a.ts', "import { a } from '@kubescape/resources'"],
  ['a part that a package exports', 'packages/controls/src/a.ts', "import { a } from '@kubescape/resources/part'"],
  ['a neighbour in the same package', 'packages/yaml/src/a.ts', "import { b } from './deep/b.ts'"],
  ['a declared library', 'packages/yaml/src/a.ts', "import { load } from 'js-yaml'"],
  ['a Node module in an edge package', 'packages/sources/src/a.ts', "import { open } from 'node:fs'"],
  ['a Node module in a test of a pure package', 'packages/yaml/src/a.test.ts', "import 'node:fs'; process.cwd()"],
  ['a package above in a test', 'packages/yaml/src/a.test.ts', "import '@kubescape/scanner'"],
  ['a tool of the root in a test', 'packages/yaml/src/a.test.ts', "import fc from 'fast-check'"],
  ['the registry of the controls', 'packages/controls/src/library/index.ts', "import c from './workload/c-0057-a.ts'"],
  ['the registry of the formats', 'packages/formats/src/index.ts', "import csv from './csv/index.ts'"],
  ['what all commands share', 'packages/cli/src/commands/scan.ts', "import { flag } from '../flags.ts'"],
  ['parts of one command', 'packages/cli/src/commands/scan/run.ts', "import { flag } from './flags.ts'"],
  [
    'a type of an allowed package in the dashboard',
    'packages/dashboard/src/a.ts',
    "import type { R } from '@kubescape/results'",
  ],
  [
    'a name that is only a key',
    'packages/yaml/src/a.ts',
    'const a = { process: 1, fetch() {} }; a.process; interface B { Buffer: 1 }',
  ],
  ['a date that is given', 'packages/yaml/src/a.ts', 'new Date(0); new Date(text)'],
])('%s is fine', (_, path, text) => {
  expect(problemsOf(path, text)).toEqual([])
})

test.each([
  ['upwards', 'packages/yaml/src/a.ts', "import { a } from '@kubescape/resources'", 'yaml must not import resources'],
  ['upwards for a type', 'packages/yaml/src/a.ts', "type A = import('@kubescape/cli').A", 'yaml must not import cli'],
  [
    'upwards by a dynamic import',
    'packages/yaml/src/a.ts',
    "await import('@kubescape/cli')",
    'yaml must not import cli',
  ],
  ['upwards by an export', 'packages/yaml/src/a.ts', "export * from '@kubescape/cli'", 'yaml must not import cli'],
  ['into a wiring package', 'packages/cli/src/a.ts', "import '@kubescape/operator'", 'cli must not import operator'],
  ['deep', 'packages/controls/src/a.ts', "import '@kubescape/resources/src/rbac.ts'", 'is a deep import'],
  ['out of the package', 'packages/controls/src/a.ts', "import '../../resources/src/rbac.ts'", 'leaves the package'],
  ['of what is not declared', 'packages/results/src/a.ts', "import '@kubescape/resources'", 'is not declared'],
  ['of an undeclared library', 'packages/yaml/src/a.ts', "import 'lodash'", 'lodash is not declared'],
  ['of a tool outside a test', 'packages/yaml/src/a.ts', "import 'vitest'", 'vitest is not declared'],
  [
    'between two formats',
    'packages/formats/src/csv/index.ts',
    "import '../json/index.ts'",
    'format csv must not import format json',
  ],
  [
    'between two sources',
    'packages/sources/src/git/a.ts',
    "import '../files/b.ts'",
    'source git must not import source files',
  ],
  [
    'between two commands',
    'packages/cli/src/commands/scan.ts',
    "import './list.ts'",
    'command scan must not import command list',
  ],
  [
    'between two controls',
    'packages/controls/src/library/a/c-1.ts',
    "import '../b/c-2.ts'",
    'control a/c-1 must not import control b/c-2',
  ],
  [
    'of a Node module',
    'packages/yaml/src/a.ts',
    "import type { A } from 'node:fs'",
    'yaml is pure and must not import node:fs',
  ],
  ['of a Node module without its prefix', 'packages/cli/src/a.ts', "import 'fs'", 'write node:fs'],
  ['that nobody can follow', 'packages/cli/src/a.ts', 'await import(name)', 'needs a literal specifier'],
  [
    'of a value in the dashboard',
    'packages/dashboard/src/a.ts',
    "import { r } from '@kubescape/results'",
    'only types',
  ],
  [
    'by a package the table does not know',
    'packages/attic/src/a.ts',
    "import '@kubescape/yaml'",
    'attic must not import yaml',
  ],
])('an import %s is a problem', (_, path, text, message) => {
  expect(problemsOf(path, text)).toContainEqual(expect.stringContaining(message))
})

test.each([
  'process.exit()',
  'const { env } = process',
  "Buffer.from('a')",
  'globalThis.fetch(url)',
  'fetch(url)',
  'Date.now()',
  "Date['now']()",
  'new Date()',
  'Date()',
  'Math.random()',
  'performance.now()',
  'export const a = { process }',
])('a pure package must not say %s, an edge package may', (text) => {
  expect(problemsOf('packages/yaml/src/a.ts', text)).toContainEqual(expect.stringContaining('is pure and must not use'))
  expect(problemsOf('packages/sources/src/a.ts', text)).toEqual([])
})

test('a problem names its line', () => {
  expect(problemsOf('packages/yaml/src/a.ts', '\n\nDate.now()')).toEqual([
    'packages/yaml/src/a.ts:3 yaml is pure and must not use Date.now',
  ])
})

test('a file that does not parse is a problem', () => {
  expect(problemsOf('packages/yaml/src/a.ts', 'const = 1')).not.toEqual([])
})

test('a manifest that points upwards, or a library with two homes, is a problem', () => {
  const packages = new Map([
    ['yaml', manifest('@kubescape/cli', 'js-yaml')],
    ['cli', manifest('js-yaml')],
  ])
  expect(checkManifests({ root: manifest(), packages })).toEqual([
    'packages/yaml/package.json:1 yaml must not depend on @kubescape/cli',
    'packages/cli/package.json:1 js-yaml already has a home in yaml; import it through that package',
  ])
})

test('the table has no circles and pure packages stand on pure packages only', () => {
  const reachable = (name: string): string[] =>
    Object.keys(BOUNDARIES).flatMap((other) => (mayImport(name, other) ? [other, ...reachable(other)] : []))
  for (const [name, { pure }] of Object.entries(BOUNDARIES)) {
    expect(reachable(name)).not.toContain(name)
    if (pure) expect(reachable(name).filter((other) => !BOUNDARIES[other]?.pure)).toEqual([])
  }
})

test('the real sources are found', () => {
  expect(checkImports().files).toBeGreaterThan(5)
})
