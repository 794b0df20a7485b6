import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { LIBRARY } from '@kubescape/controls'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { filesOf, mergeModules } from './merge-modules.ts'

let folder: string
let registry: URL

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubescape-merge-'))
  mkdirSync(join(folder, 'src/library/part'), { recursive: true })
  writeFileSync(
    join(folder, 'src/maker.ts'),
    'export const make = (x: string): string => `made ${x}`\nexport const b = 2\n',
  )
  registry = pathToFileURL(join(folder, 'src/library/index.ts'))
  writeFileSync(
    registry,
    "import one from './part/one.ts'\nimport two from './part/two.ts'\n\nexport default [one, two]\n",
  )
  part('two', 'export default () => 2\n')
})

afterEach(() => rmSync(folder, { recursive: true }))

function part(name: string, text: string): void {
  writeFileSync(join(folder, `src/library/part/${name}.ts`), text)
}

/** What the merged registry exports, with its functions called. */
function values(): unknown[] {
  const merged = join(folder, 'src/library/merged.mjs')
  writeFileSync(merged, stripTypeScriptTypes(mergeModules(registry)))
  const module = createRequire(import.meta.url)(merged) as { default: unknown[] }
  return module.default.map((value) => (typeof value === 'function' ? (value as () => unknown)() : value))
}

test('files keep their names to themselves, and may use what comes after the export', () => {
  part(
    'one',
    "/** One. */\nimport { make, type Unused, b as bee } from '../../maker.ts'\nimport type { T } from '../../maker.ts'\n\nexport default () => make(later + bee)\n\nconst later: T = 'x'\n",
  )
  part('two', "const later = 'another'\n\nexport default () => later\n")
  expect(values()).toEqual(['made x2', 'another'])
  expect(mergeModules(registry)).not.toMatch(/part\//)
})

test.each([
  ['a second export', 'export const a = 1\nexport default () => a\n'],
  ['an import from beside it', "import two from './two.ts'\n\nexport default () => two() - 1\n"],
  ['its own place', "export default () => (import.meta.url.includes('one.ts') ? 1 : 0)\n"],
  ['a default export by name', 'const a = 1\nexport { a as default }\n'],
])('a file with %s is imported as before', (_, text) => {
  part('one', text)
  expect(mergeModules(registry)).toContain("import one from './part/one.ts'")
  expect(values()).toEqual([1, 2])
})

test('the files are the registry and its parts', () => {
  expect(filesOf(registry)).toEqual(
    ['index.ts', 'part/one.ts', 'part/two.ts'].map((name) => join(folder, 'src/library', name)),
  )
})

test('every control is merged', () => {
  const library = new URL('../../controls/src/library/index.ts', import.meta.url)
  expect(mergeModules(library)).not.toMatch(/^import \w+ from/m)
  expect(filesOf(library)).toHaveLength(LIBRARY.length + 1)
})
