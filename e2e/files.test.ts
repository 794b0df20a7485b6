import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { scanJson, type JsonReport } from './json-report.ts'

const folder = temporaryFolder()
const podJson = (name: string): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers: [] } })
writeFiles(folder, {
  'tree/a.yaml': podYaml('a'),
  'tree/b.YML': podYaml('b'),
  'tree/c.Json': podJson('c'),
  'tree/d.txt': podYaml('other'),
  'tree/e.yaml.bak': podYaml('other'),
  'tree/.hidden/f.yaml': podYaml('f'),
  'tree/.git/g.yaml': podYaml('other'),
  'tree/sub/.git/h.yaml': podYaml('other'),
  'tree/sub/i.yaml': podYaml('i'),
  'tree/node_modules/j.yaml': podYaml('j'),
  'tree/Chart.yaml': 'apiVersion: v2\nname: chart\nkind: no\n',
  'twins/dev/pod.yaml': podYaml('twin'),
  'twins/prod/pod.yaml': podYaml('twin'),
  'twins/both.yaml': `${podYaml('twin')}---\n${podYaml('twin')}`,
  'ignore/.kubescapeignore': '# tests\n*.test.yaml\n/top.yaml\nout/\n!keep.test.yaml\n',
  'ignore/x.test.yaml': podYaml('x'),
  'ignore/keep.test.yaml': podYaml('keep'),
  'ignore/top.yaml': podYaml('top'),
  'ignore/sub/top.yaml': podYaml('sub-top'),
  'ignore/sub/out/deep.yaml': podYaml('deep'),
  'ignore/sub/.kubescapeignore': '*\n',
})

function scan(...args: readonly string[]): JsonReport {
  const { code, report } = scanJson(['scan', 'control', 'C-0016', ...args], { cwd: folder })
  expect(code).toBe(0)
  return report
}

function names(report: JsonReport): (string | undefined)[] {
  return report.resources.map(({ object }) => object.metadata?.name)
}

describe('what a directory holds', () => {
  test('every manifest by its extension, in any case, hidden folders too, but nothing of git and no chart metadata', () => {
    expect(names(scan('tree'))).toEqual(['f', 'a', 'b', 'c', 'j', 'i'])
  })

  test('a named file is read whatever it is called', () => {
    expect(names(scan('tree/d.txt', 'tree/e.yaml.bak'))).toEqual(['other', 'other'])
  })

  test('paths are as they were typed, relative ones relative to the working directory', () => {
    for (const [typed, path, relative] of [
      ['tree', 'tree/a.yaml', 'tree/a.yaml'],
      ['./tree/', 'tree/a.yaml', 'tree/a.yaml'],
      ['tree/../tree', 'tree/a.yaml', 'tree/a.yaml'],
      [join(folder, 'tree'), join(folder, 'tree/a.yaml'), 'tree/a.yaml'],
    ] as const) {
      const found = scan(typed).resources.find(({ object }) => object.metadata?.name === 'a')
      expect({ typed, source: found?.source }).toEqual({
        typed,
        source: expect.objectContaining({ path, relativePath: relative }),
      })
    }
  })

  test('identifiers do not depend on how the path was typed', () => {
    const ids = (report: JsonReport): string[] => report.resources.map(({ resourceID }) => resourceID)
    expect(ids(scan('./tree'))).toEqual(ids(scan(join(folder, 'tree'))))
    expect(ids(scan('tree/a.yaml'))).toEqual(ids(scan('./tree/a.yaml')))
  })

  test('each source says whether it is YAML or JSON', () => {
    const types = scan('tree').resources.map(({ source }) => source?.fileType)
    expect(types).toEqual(['YAML', 'YAML', 'YAML', 'JSON', 'YAML', 'YAML'])
  })
})

describe('several arguments', () => {
  test('are scanned in their order', () => {
    expect(names(scan('tree/sub', 'tree/a.yaml'))).toEqual(['i', 'a'])
  })

  test('the same file counts once, however it is reached', () => {
    expect(names(scan('tree/a.yaml', './tree/a.yaml', join(folder, 'tree/a.yaml'), 'tree/a.yaml'))).toEqual(['a'])
    expect(names(scan('tree/a.yaml', 'tree')).filter((name) => name === 'a')).toEqual(['a'])
    expect(names(scan('tree', 'tree/sub'))).toHaveLength(6)
  })

  test('objects of the same name in two folders, or twice in one file, are resources of their own', () => {
    const report = scan('twins')
    expect(names(report)).toEqual(['twin', 'twin', 'twin', 'twin'])
    expect(new Set(report.resources.map(({ resourceID }) => resourceID)).size).toBe(4)
    expect(report.results[0]!.resourcesResult.failedResources).toBe(4)
  })

  test('standard input may stand beside them', () => {
    const { report } = scanJson(['scan', 'tree/a.yaml', '-'], { cwd: folder, stdin: podYaml('piped') })
    expect(new Set(names(report))).toEqual(new Set(['a', 'piped']))
  })
})

describe('globs', () => {
  test('that the shell did not expand are expanded, to manifests only', () => {
    expect(names(scan('tree/*'))).toEqual(expect.arrayContaining(['a', 'b', 'c', 'i']))
    expect(names(scan('tree/*'))).not.toContain('other')
    expect(names(scan('tree/[ab].*'))).toEqual(['a', 'b'])
    expect(names(scan('twins/**/pod.yaml'))).toEqual(['twin', 'twin'])
    expect(names(scan('tree/?.yaml'))).toEqual(['a'])
  })

  test('a file with such characters in its name is that file', () => {
    writeFiles(folder, {
      'odd/[x].yaml': podYaml('odd'),
      'odd/x.yaml': podYaml('plain'),
      'odd/a b.yaml': podYaml('blank'),
    })
    expect(names(scan('odd/[x].yaml'))).toEqual(['odd'])
    expect(names(scan('odd/a b.yaml'))).toEqual(['blank'])
  })
})

describe('what is left out', () => {
  test('.kubescapeignore of the scanned directory counts, with the meaning of .gitignore', () => {
    expect(names(scan('ignore'))).toEqual(['keep', 'sub-top'])
  })

  test('--no-ignore-file scans everything', () => {
    expect(names(scan('ignore', '--no-ignore-file'))).toEqual(['keep', 'deep', 'sub-top', 'top', 'x'])
  })

  test('--exclude-path adds patterns, and may be repeated', () => {
    expect(names(scan('ignore', '--exclude-path', 'keep*'))).toEqual(['sub-top'])
    expect(
      names(scan('ignore', '--no-ignore-file', '--exclude-path', 'sub/', '--exclude-path', '*.test.yaml')),
    ).toEqual(['top'])
    expect(names(scan('tree', '--exclude-path', '*', '--exclude-path', '!a.yaml'))).toEqual(['a'])
  })

  test('what is named on the command line is never left out', () => {
    expect(names(scan('ignore/x.test.yaml', '--exclude-path', '*.yaml'))).toEqual(['x'])
  })
})
