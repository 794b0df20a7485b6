/** SARIF of the five reports: by the schema, by the places in the files, and by what its fixes do. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeInputs, scan, selectControls } from '@kubescape/scanner'
import { describe, expect, test } from 'vitest'

import { contextOf, sample, SAMPLE_NAMES, type Sample, type SampleName } from '../../testing/reports.ts'
import { TextSource, type Texts } from '../../testing/text-source.ts'
import type { RenderContext } from '../format.ts'
import { render, renderWithin, type Budget } from './render.ts'

interface Region {
  readonly startLine: number
  readonly startColumn: number
  readonly endLine?: number
  readonly endColumn?: number
}

interface Location {
  readonly id?: number
  readonly physicalLocation?: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string }
    readonly region?: Region
  }
  readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[]
  readonly message?: { readonly text: string }
}

interface Change {
  readonly artifactLocation: { readonly uri: string }
  readonly replacements: readonly {
    readonly deletedRegion: Required<Region>
    readonly insertedContent: { readonly text: string }
  }[]
}

interface Result {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: string
  readonly message: { readonly text: string }
  readonly locations: readonly [Location]
  readonly relatedLocations?: readonly Location[]
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly fixes?: readonly [{ readonly artifactChanges: readonly Change[] }]
  readonly suppressions?: readonly { readonly status: string; readonly justification: string }[]
}

interface Run {
  readonly tool: {
    readonly driver: {
      readonly rules: readonly { readonly id: string; readonly properties: { readonly tags: string[] } }[]
    }
  }
  readonly automationDetails: { readonly id: string }
  readonly originalUriBaseIds: { readonly SRCROOT: { readonly uri: string } }
  readonly results: readonly Result[]
  readonly invocations: readonly [
    {
      readonly toolExecutionNotifications: readonly {
        readonly descriptor: { readonly id: string }
        readonly message: { readonly text: string }
        readonly locations?: readonly Location[]
      }[]
    },
  ]
}

function runOf(each: Sample, changes: Partial<RenderContext> = {}, budget?: Budget): Run {
  const context = contextOf(each, changes)
  const pieces = budget === undefined ? render(each.report, context) : renderWithin(each.report, context, budget)
  return (JSON.parse([...pieces].join('')) as { runs: [Run] }).runs[0]
}

/** The line that a region begins on, and the text from its column. */
function textAt(texts: Texts, { physicalLocation }: Location): string {
  const { artifactLocation, region } = physicalLocation ?? {}
  const file = decodeURIComponent(artifactLocation?.uri ?? '').replace('charts/', '')
  return texts[file]?.split('\n')[(region?.startLine ?? 0) - 1]?.slice((region?.startColumn ?? 0) - 1) ?? ''
}

const resultsOf = (run: Run, id: string): Result[] => run.results.filter(({ ruleId }) => ruleId === id)

describe('results', () => {
  test('there is one for each failed control and resource, the worst first', async () => {
    for (const name of SAMPLE_NAMES) {
      const each = await sample(name)
      const { results, tool } = runOf(each)
      const failed = each.report.controls.reduce((sum, { counters }) => sum + counters.failed, 0)
      const counted = results.filter(
        ({ suppressions, level, message }) =>
          !suppressions && !message.text.includes('(requires review)') && level !== '',
      )
      expect(counted).toHaveLength(failed)
      expect(results.every(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id === ruleId)).toBe(true)
      const grades = counted.map(({ level }) => ['error', 'warning', 'note'].indexOf(level))
      expect(grades).toEqual(grades.toSorted((a, b) => a - b))
    }
  })

  test('stand where the field is, in files with several documents', async () => {
    const many = await sample('many')
    const run = runOf(many)
    const [privileged] = resultsOf(run, 'C-0057')
    expect(privileged?.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'charts/apps/cart.yaml', uriBaseId: 'SRCROOT' },
      region: { startLine: 32, startColumn: 19, endLine: 32, endColumn: 28 },
    })
    expect(textAt(many.texts, privileged!.locations[0])).toBe('SYS_ADMIN')
    expect(privileged?.relatedLocations?.map((each) => textAt(many.texts, each))).toEqual(['privileged: true'])
    expect(resultsOf(run, 'C-0090').map(({ locations }) => textAt(many.texts, locations[0]))).toEqual([
      'image: docker.io/grafana/grafana:9.2.3',
    ])
    expect(run.originalUriBaseIds.SRCROOT.uri).toBe('file:///repository/')
  })

  test('of a missing field stand on the first line of what should have it', async () => {
    const many = await sample('many')
    const escalation = resultsOf(runOf(many), 'C-0016')
    expect(escalation.map(({ locations }) => textAt(many.texts, locations[0]))).toEqual([
      'securityContext:',
      'securityContext:',
      'name: grafana',
    ])
    expect(escalation[0]?.locations[0].physicalLocation?.region).toEqual({ startLine: 27, startColumn: 11 })
  })

  test('of subjects of bindings lead into the role, and name it', async () => {
    const many = await sample('many')
    const [result] = resultsOf(runOf(many), 'C-0007')
    expect(textAt(many.texts, result!.locations[0])).toBe('"*"]')
    expect(result?.locations[0].logicalLocations[0]?.fullyQualifiedName).toBe('shop/Role/everything')
    expect(result?.message.text).toMatch(/^ServiceAccount cart in namespace shop: shop\/Role\/everything rules\[0\]/)
  })

  test('of what a person should look at are notes', async () => {
    const [result] = resultsOf(runOf(await sample('many')), 'C-0305')
    expect(result).toMatchObject({ level: 'note', properties: { tags: ['requires review'] } })
    expect(result?.message.text).toContain('(requires review)')
  })

  test('that exceptions accept are suppressed with the reason, in whole or in part', async () => {
    const results = resultsOf(runOf(await sample('many')), 'C-0057')
    expect(results.map(({ suppressions }) => suppressions?.map(({ justification }) => justification))).toEqual([
      undefined,
      ['SEC-42'],
      ['It loads kernel modules.'],
    ])
  })

  test('outside of the work tree have absolute URIs, and hostile names are encoded', async () => {
    const hostile = await sample('hostile')
    const uriOf = (run: Run): string | undefined => run.results[0]?.locations[0].physicalLocation?.artifactLocation.uri
    const encoded = 'a%20b/%2541%23%3F%26%22%3C%C3%A9%3E%E2%80%AE%1B%5B31m%2C%3A%3A.yaml'
    expect(uriOf(runOf(hostile))).toBe(`charts/${encoded}`)
    const elsewhere = runOf(hostile, {
      roots: { root: '/repository/charts/a', workingDirectory: '/repository/charts' },
    })
    expect(uriOf(elsewhere)).toBe(`file:///repository/charts/${encoded}`)
  })

  test('links in names stay text', async () => {
    for (const { message } of runOf(await sample('hostile')).results) expect(message.text).not.toMatch(/[^\\]\]\(/)
  })
})

describe('fingerprints', () => {
  /** Fingerprints by control and resource. */
  async function fingerprints(texts: Texts): Promise<Record<string, string | undefined>> {
    const { results } = runOf(await scanned(texts))
    return Object.fromEntries(
      results.map(({ ruleId, locations: [{ logicalLocations }], partialFingerprints }) => [
        `${ruleId} ${logicalLocations[0]?.fullyQualifiedName}`,
        partialFingerprints['kubescapeFinding/v1'],
      ]),
    )
  }

  test('are different for all results', async () => {
    for (const name of ['many', 'hostile', 'large'] as const) {
      const { results } = runOf(await sample(name))
      const all = results.map(({ partialFingerprints }) => partialFingerprints['kubescapeFinding/v1'])
      expect(new Set(all).size).toBe(all.length)
      const own = results.map(({ partialFingerprints }) => partialFingerprints['primaryLocationLineHash'])
      expect(own).toEqual(all.map((each) => `${each}:1`))
    }
  })

  test('stay when lines move, files are renamed and API versions change', async () => {
    const { texts } = await sample('many')
    const before = await fingerprints(texts)
    const moved = Object.fromEntries(
      Object.entries(texts).map(([file, text]) => [
        `moved/${file}`,
        `# one line more\n${text.replaceAll('apiVersion: apps/v1\n', 'apiVersion: apps/v1beta2\n')}`,
      ]),
    )
    expect(await fingerprints(moved)).toEqual(before)
  })
})

describe('fixes', () => {
  /** Applies every fix of a report by itself, and scans again with its control: how many there are, and those that did not help. */
  async function tryFixes(each: Sample): Promise<{ count: number; useless: string[] }> {
    const useless: string[] = []
    const fixed = runOf(each).results.filter(({ fixes }) => fixes !== undefined)
    for (const { ruleId, message, fixes, partialFingerprints } of fixed) {
      const after = await scanned(apply(each.texts, fixes?.[0].artifactChanges ?? []), ruleId)
      const left = runOf(after).results.map((result) => result.partialFingerprints['kubescapeFinding/v1'])
      const isReadable = after.report.coverage.problems.length === each.report.coverage.problems.length
      if (!isReadable || left.includes(partialFingerprints['kubescapeFinding/v1']))
        useless.push(`${ruleId} ${message.text}`)
    }
    return { count: fixed.length, useless }
  }

  test.each(['one', 'many', 'hostile'] as const)('of the report "%s" clear their results', async (name) => {
    const { count, useless } = await tryFixes(await sample(name))
    expect(useless).toEqual([])
    expect(count).toBeGreaterThan(0)
  })

  const shared = process.env['KUBESCAPE_SHARED'] ?? join(import.meta.dirname, '../../../../../shared')
  const corpus = join(shared, 'corpus/medium')
  const isThere = existsSync(corpus)

  test.skipIf(!isThere)(
    `of real manifests clear their results${isThere ? '' : ' (skipped: no shared data)'}`,
    async () => {
      const files = globSync('**/*.{yaml,yml}', { cwd: corpus })
      const texts = Object.fromEntries(files.map((file) => [file, readFileSync(join(corpus, file), 'utf8')]))
      const { count, useless } = await tryFixes(await scanned(texts))
      process.stdout.write(`${count - useless.length} of ${count} fixes clear their results\n`)
      expect(useless).toEqual([])
      expect(count).toBeGreaterThan(100)
    },
  )
})

describe('the run', () => {
  test('is named for what was scanned, so that reports of several charts stand side by side', async () => {
    const one = await sample('one')
    const idOf = (paths: readonly string[]): string => {
      const { report } = one
      const metadata = { ...report.metadata, input: { kind: 'directory', paths } as const }
      return runOf({ ...one, report: Object.create(report, { metadata: { value: metadata } }) as Sample['report'] })
        .automationDetails.id
    }
    expect(idOf(['./charts/shop/'])).toBe('kubescape/charts/shop/')
    expect(idOf(['charts//a/../b'])).toBe('kubescape/charts/b/')
    expect(idOf(['.'])).toBe('kubescape/./')
    expect(idOf(['/work/charts/'])).toBe('kubescape/work/charts/')
  })

  test('tells what could not be read and judged', async () => {
    const [{ toolExecutionNotifications: told }] = runOf(await sample('many')).invocations
    expect(told[0]).toMatchObject({
      descriptor: { id: 'yaml/unclosed-bracket' },
      locations: [{ physicalLocation: { artifactLocation: { uri: 'charts/apps/cart.yaml' } } }],
    })
    expect(told.filter(({ descriptor }) => descriptor.id === 'coverage/not-evaluated').length).toBeGreaterThan(3)
  })

  test('says what was cut, and cuts what matters least', async () => {
    const many = await sample('many')
    const warnings: string[] = []
    const warn = (message: string): void => void warnings.push(message)
    const whole = runOf(many)
    const cut = runOf(many, { warn }, { results: 10, characters: Infinity })
    expect(cut.results).toEqual(whole.results.slice(0, 10))
    const text = cut.invocations[0].toolExecutionNotifications[0]?.message.text
    expect(text).toContain(`${whole.results.length - 10} of ${whole.results.length} results are left out`)
    expect(warnings).toEqual([`SARIF: ${text}`])
    const small = runOf(many, {}, { results: Infinity, characters: 20_000 })
    expect(small.results).toEqual(whole.results.slice(0, small.results.length))
    expect(JSON.stringify(small.results).length).toBeLessThan(20_200)
  })

  test('says what GitHub shows of a large one', async () => {
    const [{ toolExecutionNotifications: told }] = runOf(await sample('large')).invocations
    expect(told[0]?.message.text).toMatch(/^there are \d{5} results; GitHub shows the 5000 of the highest severity\.$/)
  })

  test('is written in pieces', async () => {
    const large = await sample('large')
    const longest = Math.max(...[...render(large.report, contextOf(large))].map(({ length }) => length))
    expect(longest).toBeLessThan(100_000)
  })
})

test('objects of a cluster have names instead of files', async () => {
  const { report } = await scanned((await sample('many')).texts, undefined, 'live')
  const run = runOf({
    name: 'many',
    report,
    texts: {},
    originals: { text: () => undefined, document: () => undefined },
  })
  expect(run.results.length).toBeGreaterThan(50)
  expect(run.automationDetails.id).toBe('kubescape/live/')
  const [result] = resultsOf(run, 'C-0057')
  expect(result?.locations).toEqual([
    { logicalLocations: [{ name: 'cart', fullyQualifiedName: 'shop/Deployment/cart', kind: 'resource' }] },
  ])
  expect(result?.message.text).toContain('capabilities.add[1] is SYS_ADMIN')
})

/** Other texts, scanned as the reports were; `context` makes them objects of a cluster. */
async function scanned(
  texts: Texts,
  control?: string,
  context?: string,
): Promise<Sample & { readonly name: SampleName }> {
  const source = new TextSource(texts)
  const base = (await sample('one')).report.metadata
  const selection = selectControls(control === undefined ? { frameworks: ['AllControls'] } : { controls: [control] })
  const cluster = { kind: 'cluster', server: 'https://x', version: '', provider: '', isManaged: false } as const
  const report = await scan({
    selection,
    inputs: makeInputs(undefined),
    source: {
      coverage: () => source.coverage(),
      async *resources() {
        for await (const { identity, object, origin } of source.resources()) {
          yield { identity, object, ...(context === undefined && origin !== undefined ? { origin } : {}) }
        }
      },
    },
    target: context === undefined ? 'file' : 'cluster',
    filter: {},
    metadata: { ...base, ...(context === undefined ? {} : { input: { ...cluster, context } }) },
  })
  return { name: 'many', report, originals: source.originals, texts }
}

/** Texts with the changes of a fix made, by lines and columns. */
function apply(texts: Texts, changes: readonly Change[]): Texts {
  const edited: Record<string, string> = { ...texts }
  for (const { artifactLocation, replacements } of changes) {
    const file = decodeURIComponent(artifactLocation.uri).replace('charts/', '')
    const text = edited[file] ?? ''
    const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
    const offset = (line: number, column: number): number => (starts[line - 1] ?? 0) + column - 1
    edited[file] = replacements.reduceRight((before, { deletedRegion: at, insertedContent }) => {
      const [from, to] = [offset(at.startLine, at.startColumn), offset(at.endLine, at.endColumn)]
      return before.slice(0, from) + insertedContent.text + before.slice(to)
    }, text)
  }
  return edited
}
