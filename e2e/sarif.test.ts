/** SARIF as pipelines make it, and its places in real manifests, judged by another reader of YAML. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { isMap, isPair, isSeq, LineCounter, parseAllDocuments, type Node, type Pair } from 'yaml'

import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import type { JsonReport } from './json-report.ts'
import { kubescape, root, run } from './kubescape.ts'

interface Region {
  readonly startLine: number
  readonly startColumn: number
  readonly endLine?: number
  readonly endColumn?: number
}

interface SarifRun {
  readonly automationDetails: { readonly id: string }
  readonly originalUriBaseIds: { readonly SRCROOT: { readonly uri: string } }
  readonly results: readonly {
    readonly ruleId: string
    readonly level: string
    readonly locations: readonly [
      {
        readonly physicalLocation?: {
          readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string }
          readonly region: Region
        }
      },
    ]
    readonly suppressions?: readonly object[]
    readonly partialFingerprints: Readonly<Record<string, string>>
  }[]
}

function readSarif(file: string): SarifRun {
  return (JSON.parse(readFileSync(file, 'utf8')) as { runs: [SarifRun] }).runs[0]
}

const PRIVILEGED = ['securityContext:', '  privileged: true']

describe('in a repository', () => {
  const repository = temporaryFolder()
  mkdirSync(join(repository, '.git'))
  writeFiles(repository, {
    'charts/one/pod.yaml': podYaml('one', ...PRIVILEGED),
    'charts/two/pod.yaml': podYaml('two', ...PRIVILEGED),
  })

  test('every chart of a folder gets a report of its own, named relative to the work tree', () => {
    const script = `for chart in ./*/; do "$0" scan "$chart" --format sarif --output "\${chart}kubescape.sarif" || exit 1; done`
    const { code, stdout, stderr } = run('bash', ['-c', script, join(root, 'bin/kubescape')], {
      cwd: join(repository, 'charts'),
    })
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toMatch(/Report written to \.\/one\/kubescape\.sarif\n/)
    for (const chart of ['one', 'two']) {
      const sarif = readSarif(join(repository, 'charts', chart, 'kubescape.sarif'))
      expect(sarif.automationDetails.id).toBe(`kubescape/${chart}/`)
      expect(fileURLToPath(sarif.originalUriBaseIds.SRCROOT.uri)).toBe(`${repository}/`)
      const found = sarif.results.find(({ ruleId }) => ruleId === 'C-0057')
      expect(found?.locations[0].physicalLocation?.artifactLocation).toEqual({
        uri: `charts/${chart}/pod.yaml`,
        uriBaseId: 'SRCROOT',
      })
    }
  })

  test('GitLab and GitHub are told the same paths', () => {
    const cwd = join(repository, 'charts/one')
    const gitlab = kubescape(['scan', 'control', 'C-0057', '.', '--format', 'gitlab-sast'], { cwd })
    expect(JSON.parse(gitlab.stdout)).toMatchObject({
      version: '15.2.4',
      vulnerabilities: [{ location: { file: 'charts/one/pod.yaml', start_line: 10 } }],
    })
    const github = kubescape(['scan', 'control', 'C-0057', '.', '--format', 'github-annotations'], { cwd })
    expect(github.stdout).toMatch(
      /^::error file=charts\/one\/pod\.yaml,line=10,col=9,endColumn=25,title=C-0057 [^\n]+\n$/,
    )
  })
})

test('without a work tree paths are relative to the working directory, or to what was scanned elsewhere', () => {
  const [here, there] = [temporaryFolder(), temporaryFolder()]
  writeFiles(here, { 'a b/pod.yaml': podYaml('one') })
  writeFiles(there, { 'a b/pod.yaml': podYaml('one') })
  const uris = (target: string): unknown[] => {
    const { stdout } = kubescape(['scan', target, '--format', 'sarif'], { cwd: here })
    const { results, originalUriBaseIds } = (JSON.parse(stdout) as { runs: [SarifRun] }).runs[0]
    return [results[0]?.locations[0].physicalLocation?.artifactLocation.uri, originalUriBaseIds.SRCROOT.uri]
  }
  expect(uris('a b')).toEqual(['a%20b/pod.yaml', `file://${here}/`])
  expect(uris(there)).toEqual(['a%20b/pod.yaml', `file://${there}/`])
})

test('standard input has names and no files', () => {
  const { stdout } = kubescape(['scan', '-', '--format', 'sarif'], { stdin: podYaml('one') })
  const { results } = (JSON.parse(stdout) as { runs: [SarifRun] }).runs[0]
  expect(results.length).toBeGreaterThan(5)
  expect(results.every(({ locations }) => locations[0].physicalLocation === undefined)).toBe(true)
})

const corpus = join(process.env['KUBESCAPE_SHARED'] ?? join(root, '../shared'), 'corpus/medium')
const isThere = existsSync(corpus)

describe.each([
  ['examples/shop', join(root, 'examples/shop'), true] as const,
  ['corpus/medium', corpus, isThere] as const,
])('in %s', (name, target, isPresent) => {
  test.skipIf(!isPresent)(
    `every place is that of the key that it speaks of${isPresent ? '' : ' (skipped: not there)'}`,
    () => {
      const out = temporaryFolder()
      const args = ['scan', 'framework', 'all', target, '--as-cluster', '-f', 'json,sarif', '-o', join(out, 'report')]
      expect(kubescape(args).code).toBe(0)
      const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as JsonReport
      const { results, originalUriBaseIds } = readSarif(join(out, 'report.sarif'))
      const paths = new Map<string, string[]>()
      for (const { controlID, resources } of report.results) {
        const failed = resources.filter(({ status }) => status === 'failed')
        paths.set(
          controlID,
          failed.map(({ findings }) => findings[0]?.path ?? ''),
        )
      }
      const wrong: unknown[] = []
      let placed = 0
      for (const { ruleId, level, locations } of results) {
        const path = paths.get(ruleId)?.shift()
        const { artifactLocation, region } = locations[0].physicalLocation ?? {}
        if (path === undefined || artifactLocation === undefined || region === undefined) {
          wrong.push([ruleId, level, path, locations])
          continue
        }
        placed++
        const file = fileURLToPath(new URL(artifactLocation.uri, originalUriBaseIds.SRCROOT.uri))
        const key = keyAt(file, region, path)
        if (key !== undefined) wrong.push([ruleId, path, artifactLocation.uri, region, key])
      }
      process.stdout.write(`${name}: ${placed - wrong.length} of ${results.length} results are placed at their key\n`)
      expect(wrong).toEqual([])
      expect(results.length).toBeGreaterThan(100)
    },
  )
})

interface Parsed {
  readonly text: string
  readonly lines: LineCounter
  readonly documents: ReturnType<typeof parseAllDocuments>
}

const parsed = new Map<string, Parsed>()

function parseFile(file: string): Parsed {
  let known = parsed.get(file)
  if (known === undefined) {
    const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
    const lines = new LineCounter()
    known = {
      text,
      lines,
      documents: parseAllDocuments(text, { lineCounter: lines, version: '1.1', uniqueKeys: false }),
    }
    parsed.set(file, known)
  }
  return known
}

/** What another reader says of the place of a path, where it says something else; undefined where it agrees. */
function keyAt(file: string, region: Region, path: string): unknown {
  const { text, lines, documents } = parseFile(file)
  if (!Array.isArray(documents)) return 'no documents'
  const start = (lines.lineStarts[region.startLine - 1] ?? 0) + region.startColumn - 1
  const lineEnd = (line: number): number => (lines.lineStarts[line] ?? text.length + 1) - 1
  const end =
    region.endLine === undefined || region.endColumn === undefined
      ? lineEnd(region.startLine)
      : (lines.lineStarts[region.endLine - 1] ?? 0) + region.endColumn - 1
  const holds = (node: Node | null): boolean => (node?.range?.[0] ?? 0) <= start && start < (node?.range?.[2] ?? 0)
  let object: Node | null = documents.map(({ contents }) => contents).find(holds) ?? null
  for (;;) {
    const items: unknown = isMap(object) ? object.get('items') : object
    const inner = isSeq(items) ? (items.items as Node[]).find(holds) : undefined
    if (inner === undefined || !isMap(inner)) break
    object = inner
  }
  const [from, to] = spanOf(object, path.replace(/^relatedObjects\[\d+\]\.?/, ''))
  return start === from && end >= to ? undefined : { expected: text.slice(from, to), found: text.slice(start, end) }
}

/** Where the key is that a path ends in, or the last one of it that is there; an item of a list is its own key. */
function spanOf(object: Node | null, path: string): [from: number, to: number] {
  const first = isMap(object) ? (object.items[0]?.key as Node) : object
  let span = rangeOf(first)
  let node: Node | null = object
  for (const [, name, index, quoted] of path.matchAll(/([^.[\]]+)|\[(\d+)\]|\[([^\]]+)\]/g)) {
    if (isSeq(node) && index !== undefined) {
      const item = node.items[Number(index)] as Node | undefined
      if (item === undefined) break
      span = isMap(item) ? rangeOf(item.items[0]?.key as Node, item) : rangeOf(item)
      node = item
      continue
    }
    const pair: Pair | undefined = isMap(node)
      ? node.items.findLast(
          (each) => isPair(each) && String(each.key) === (name ?? quoted ?? index)?.replaceAll(/^['"]|['"]$/g, ''),
        )
      : undefined
    if (pair === undefined) break
    span = rangeOf(pair.key as Node)
    node = pair.value as Node | null
  }
  return span
}

/** The range of a node; of a mapping in braces it begins with the brace. */
function rangeOf(node: Node | null, around?: Node): [number, number] {
  const from = around !== undefined && isMap(around) && around.flow === true ? around.range?.[0] : node?.range?.[0]
  return [from ?? 0, node?.range?.[1] ?? 0]
}
