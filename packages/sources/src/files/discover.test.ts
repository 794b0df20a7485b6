/** From arguments to files. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { discoverFiles, type Discovered } from './discover.ts'

let root = ''

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'kubescape-discover-')))
})

afterEach(() => {
  rmSync(root, { recursive: true })
})

function write(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), 'a: b\n')
  }
}

function discover(
  args: readonly string[],
  excludePaths: readonly string[] = [],
  useIgnoreFile = true,
  findSources = false,
): Discovered {
  return discoverFiles(
    args.map((arg) => (arg === '' ? root : join(root, arg))),
    { excludePaths, useIgnoreFile, findSources },
  )
}

/** The same, where charts and kustomizations are looked for. */
const discoverAll = (args: readonly string[], excludePaths: readonly string[] = []): Discovered =>
  discover(args, excludePaths, true, true)

/** Kinds and paths of the found sources. */
const sourcesOf = ({ sources }: Discovered): string[] =>
  sources.map(({ kind, path }) => `${kind} ${path.slice(root.length + 1) || '.'}`)

/** Paths of the found files, below the root. */
const pathsOf = ({ files }: Discovered): string[] => files.map(({ path }) => path.slice(root.length + 1))
const codesOf = ({ problems }: Discovered): string[] => problems.map(({ code }) => code)

describe('a directory', () => {
  test('gives its manifests in the order of their names, folder by folder', () => {
    write('b.yaml', 'a.yml', 'c.JSON', 'sub/z.yaml', 'sub/deep/y.YAML', 'README.md', 'x.yaml.tmpl', 'no-extension')
    const discovered = discover([''])
    expect(pathsOf(discovered)).toEqual(['a.yml', 'b.yaml', 'c.JSON', 'sub/deep/y.YAML', 'sub/z.yaml'])
    expect(discovered).toMatchObject({ problems: [], missing: 0, directories: 3 })
    expect(discovered.files.every(({ named }) => !named)).toBe(true)
  })

  test('gives hidden files, but nothing of Git and no chart descriptions', () => {
    write('.hidden/a.yaml', '.git/config.yaml', 'Chart.yaml', 'Chart.lock', 'node_modules/b.yaml')
    expect(pathsOf(discover(['']))).toEqual(['.hidden/a.yaml', 'node_modules/b.yaml'])
  })

  test('may be empty', () => {
    expect(discover([''])).toEqual({ files: [], sources: [], problems: [], missing: 0, directories: 1 })
  })
})

describe('an argument', () => {
  test('that is a file is taken whatever its name is', () => {
    write('manifest.txt', 'Chart.yaml')
    const { files } = discover(['manifest.txt', 'Chart.yaml'])
    expect(files.map(({ named, relative }) => [named, relative])).toEqual([
      [true, 'manifest.txt'],
      [true, 'Chart.yaml'],
    ])
  })

  test('that does not exist is a problem', () => {
    const discovered = discover(['gone.yaml', 'gone/'])
    expect(discovered).toMatchObject({ files: [], missing: 2 })
    expect(codesOf(discovered)).toEqual(['sources/not-found', 'sources/not-found'])
    expect(discovered.problems[0]?.message).toBe(`${root}/gone.yaml does not exist`)
  })

  test('that is a pattern gives the files and directories that match, sorted', () => {
    write('a/1.yaml', 'b/2.yaml', 'c.yaml', 'c.txt', 'd.yaml')
    expect(pathsOf(discover(['[a-c]*']))).toEqual(['a/1.yaml', 'b/2.yaml', 'c.yaml'])
    expect(pathsOf(discover(['**/*.yaml']))).toEqual(['a/1.yaml', 'b/2.yaml', 'c.yaml', 'd.yaml'])
  })

  test('that is a pattern without a match is a problem', () => {
    const discovered = discover(['*.yaml'])
    expect(discovered).toMatchObject({ files: [], missing: 1 })
    expect(discovered.problems[0]?.message).toBe(`nothing matches ${root}/*.yaml`)
  })

  test('that is a file with a bracket in its name is that file', () => {
    write('a[1].yaml', 'a1.yaml')
    expect(pathsOf(discover(['a[1].yaml']))).toEqual(['a[1].yaml'])
  })
})

test('every file is taken once, however it is reached', () => {
  write('a/1.yaml', 'a/2.yaml')
  symlinkSync(join(root, 'a/1.yaml'), join(root, 'a/3.yaml'))
  symlinkSync(join(root, 'a'), join(root, 'z'))
  expect(pathsOf(discover(['a/2.yaml', 'a', '', 'a/1.yaml', 'a/*.yaml']))).toEqual(['a/2.yaml', 'a/1.yaml'])
})

describe('a link', () => {
  test('that leads back to where it came from ends', () => {
    write('a/1.yaml')
    symlinkSync('..', join(root, 'a/up'))
    symlinkSync('self', join(root, 'a/self'))
    expect(pathsOf(discover(['']))).toEqual(['a/1.yaml'])
  })

  test('to a manifest or folder inside of the directory is followed', () => {
    write('real/1.yaml', 'real/2.yaml')
    mkdirSync(join(root, 'a'))
    symlinkSync('../real/1.yaml', join(root, 'a/link.yaml'))
    symlinkSync('../real', join(root, 'a/linked'))
    expect(pathsOf(discover(['']))).toEqual(['a/link.yaml', 'a/linked/2.yaml'])
  })

  test('out of the directory is not followed, which is said', () => {
    write('inside/1.yaml', 'outside/2.yaml')
    symlinkSync('../outside', join(root, 'inside/folder'))
    symlinkSync('../outside/2.yaml', join(root, 'inside/file.yaml'))
    const discovered = discover(['inside'])
    expect(pathsOf(discovered)).toEqual(['inside/1.yaml'])
    expect(codesOf(discovered)).toEqual(['sources/link-outside', 'sources/link-outside'])
  })

  test('to a folder whose name begins with the name of the directory leads out of it', () => {
    write('in/1.yaml', 'in-other/2.yaml')
    symlinkSync('../in-other/2.yaml', join(root, 'in/file.yaml'))
    expect(codesOf(discover(['in']))).toEqual(['sources/link-outside'])
  })

  test('that leads nowhere is a problem where it would be a manifest', () => {
    symlinkSync('gone.yaml', join(root, 'broken.yaml'))
    symlinkSync('gone', join(root, 'broken.txt'))
    const discovered = discover([''])
    expect(codesOf(discovered)).toEqual(['sources/broken-link'])
    expect(discovered.problems[0]?.file).toBe(`${root}/broken.yaml`)
  })

  test('that was named is followed wherever it leads', () => {
    write('outside/2.yaml')
    mkdirSync(join(root, 'in'))
    symlinkSync('../outside/2.yaml', join(root, 'in/file.yaml'))
    symlinkSync('../outside', join(root, 'in/folder'))
    expect(pathsOf(discover(['in/file.yaml']))).toEqual(['in/file.yaml'])
    expect(pathsOf(discover(['in/folder']))).toEqual(['in/folder/2.yaml'])
  })
})

describe('.kubescapeignore', () => {
  const ignore = (text: string, at = ''): void => writeFileSync(join(root, at, '.kubescapeignore'), text)

  beforeEach(() => {
    write('a.yaml', 'secret.yaml', 'charts/a.yaml', 'charts/deep/b.yaml', 'docs/charts/c.yaml', 'docs/a.yaml')
  })

  test.each([
    ['a name at any depth', 'a.yaml', ['charts/deep/b.yaml', 'docs/charts/c.yaml', 'secret.yaml']],
    [
      'a comment and an empty line',
      '# a.yaml\n\nsecret.yaml',
      ['a.yaml', 'charts/a.yaml', 'charts/deep/b.yaml', 'docs/a.yaml', 'docs/charts/c.yaml'],
    ],
    ['directories only', 'charts/\nsecret.yaml/', ['a.yaml', 'docs/a.yaml', 'secret.yaml']],
    ['a path from the root', '/charts', ['a.yaml', 'docs/a.yaml', 'docs/charts/c.yaml', 'secret.yaml']],
    [
      'a path of several folders',
      '**/deep',
      ['a.yaml', 'charts/a.yaml', 'docs/a.yaml', 'docs/charts/c.yaml', 'secret.yaml'],
    ],
    ['what the last pattern says', '*.yaml\n!docs/a.yaml', ['docs/a.yaml']],
    ['all below a folder for good', 'charts/\n!charts/a.yaml', ['a.yaml', 'docs/a.yaml', 'secret.yaml']],
    [
      'nothing of another case',
      'A.YAML',
      ['a.yaml', 'charts/a.yaml', 'charts/deep/b.yaml', 'docs/a.yaml', 'docs/charts/c.yaml', 'secret.yaml'],
    ],
  ])('leaves out %s', (_what, text, left) => {
    ignore(text)
    expect(pathsOf(discover(['']))).toEqual(left)
  })

  test('of the scanned root is the only one that counts, and it can be switched off', () => {
    ignore('*.yaml', 'docs')
    expect(pathsOf(discover(['']))).toContain('docs/a.yaml')
    expect(pathsOf(discover(['docs']))).toEqual([])
    expect(pathsOf(discover(['docs'], [], false))).toEqual(['docs/a.yaml', 'docs/charts/c.yaml'])
  })

  test('leaves files alone that were named', () => {
    ignore('*.yaml')
    expect(pathsOf(discover(['a.yaml']))).toEqual(['a.yaml'])
  })

  test('comes before the patterns of the command line', () => {
    ignore('docs')
    expect(pathsOf(discover([''], ['charts', '!docs', '/secret.yaml']))).toEqual(['a.yaml', 'docs/a.yaml'])
  })

  test('hides broken links and links that lead out', () => {
    symlinkSync('/nowhere.yaml', join(root, 'broken.yaml'))
    ignore('broken.yaml')
    expect(discover(['']).problems).toEqual([])
  })
})

describe('a chart', () => {
  test('is found by its description, with the charts in it but not those beside it', () => {
    write('web/Chart.yaml', 'web/templates/a.yaml', 'web/charts/db/Chart.yaml', 'web/charts/db/templates/b.yaml')
    write('web/values.yaml', 'web/values-prod.yaml', 'web/crds/c.yaml', 'web/files/d.yaml', 'web/tools/gen/Chart.yaml')
    const discovered = discoverAll([''])
    expect(sourcesOf(discovered)).toEqual(['chart web', 'chart web/tools/gen'])
    expect(pathsOf(discovered)).toEqual(['web/crds/c.yaml', 'web/files/d.yaml'])
    expect(discovered.files.map(({ chart }) => chart)).toEqual([join(root, 'web'), join(root, 'web')])
    expect(discovered.sources.map(({ named }) => named)).toEqual([false, false])
  })

  test('is named by its directory, its description, or as an archive', () => {
    write('web/Chart.yaml', 'packed.tgz', 'other.tar.gz', 'web/extra.yaml')
    expect(discoverAll(['web']).sources).toMatchObject([{ kind: 'chart', named: true }])
    const discovered = discoverAll(['web/Chart.yaml', 'packed.tgz', 'other.tar.gz', 'web'])
    expect(sourcesOf(discovered)).toEqual(['chart web', 'chart packed.tgz', 'chart other.tar.gz'])
    expect(discovered.sources.every(({ named }) => named)).toBe(true)
    expect(pathsOf(discovered)).toEqual(['web/extra.yaml'])
  })

  test('is left out as a whole, or in part', () => {
    write('web/Chart.yaml', 'web/templates/a.yaml', 'db/Chart.yaml', 'db/templates/b.yaml')
    const discovered = discoverAll([''], ['web/', 'db/templates/b.yaml'])
    expect(sourcesOf(discovered)).toEqual(['chart db'])
    expect(discovered.sources[0]?.ignores('templates/b.yaml')).toBe(true)
    expect(discovered.sources[0]?.ignores('templates/a.yaml')).toBe(false)
    write('web/.kubescapeignore')
    writeFileSync(join(root, '.kubescapeignore'), 'web\n')
    expect(sourcesOf(discoverAll(['']))).toEqual(['chart db'])
  })

  test('is no chart where nothing is rendered', () => {
    write('web/Chart.yaml', 'web/templates/a.yaml')
    expect(discover([''])).toMatchObject({ sources: [], files: [{ path: join(root, 'web/templates/a.yaml') }] })
  })
})

describe('a kustomization', () => {
  test.each(['kustomization.yaml', 'kustomization.yml', 'Kustomization'])('is found by %s', (name) => {
    write(`app/${name}`, 'app/web.yaml')
    const discovered = discoverAll([''])
    expect(sourcesOf(discovered)).toEqual(['kustomization app'])
    expect(pathsOf(discovered)).toEqual(['app/web.yaml'])
    expect(sourcesOf(discoverAll([`app/${name}`]))).toEqual(['kustomization app'])
  })

  test('of several files is none, and said so', () => {
    write('app/kustomization.yaml', 'app/Kustomization', 'app/web.yaml')
    const discovered = discoverAll([''])
    expect(discovered.sources).toEqual([])
    expect(codesOf(discovered)).toEqual(['sources/ambiguous-kustomization'])
    expect(pathsOf(discovered)).toContain('app/web.yaml')
    expect(sourcesOf(discoverAll([''], ['Kustomization']))).toEqual(['kustomization app'])
  })

  test('and a chart may share a directory', () => {
    write('app/kustomization.yaml', 'app/Chart.yaml', 'app/templates/a.yaml', 'app/web.yaml')
    const discovered = discoverAll([''])
    expect(sourcesOf(discovered)).toEqual(['chart app', 'kustomization app'])
    expect(pathsOf(discovered)).toEqual(['app/web.yaml'])
  })
})
