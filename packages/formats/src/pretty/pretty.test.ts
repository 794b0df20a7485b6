/** Golden texts of every view, over small manifests that the real scanner judges. `UPDATE_GOLDEN=1` writes them anew. */
import { readFileSync, writeFileSync } from 'node:fs'
import type { Coverage, Origin, Report, Subject, Value, ValueMap } from '@kubescape/results'
import { makeInputs, scan, selectControls, type ResourceSource, type SourceCoverage } from '@kubescape/scanner'
import { isValueMap, openDocument, splitDocuments } from '@kubescape/yaml'
import { describe, expect, test } from 'vitest'

import { Evidence } from '../evidence.ts'
import type { RenderContext } from '../format.ts'
import { render as renderPretty } from './render.ts'
import { widthOf } from './width.ts'

const POD_CONTROLS = ['C-0012', 'C-0013', 'C-0016', 'C-0041', 'C-0044', 'C-0046', 'C-0057']
const CONTROLS = [...POD_CONTROLS, 'C-0030', 'C-0035', 'C-0052', 'C-0059', 'C-0069', 'C-0078', 'C-0262', 'C-0306']

interface Options {
  readonly file?: string
  readonly include?: readonly string[]
  readonly frameworks?: readonly string[]
  readonly path?: string
}

interface Scanned {
  readonly report: Report
  readonly evidence: Evidence
}

/** One file of `golden/`, scanned from memory. */
async function scanGolden(input: string, options: Options = {}): Promise<Scanned> {
  const { file = `${input}.yaml`, include = CONTROLS, frameworks = ['AllControls', 'NSA'], path = 'shop' } = options
  const text = input === '' ? '' : readGolden(`${input}.yaml`)
  const source = new TextSource(file, text)
  const report = await scan({
    selection: selectControls({ frameworks, include }),
    inputs: makeInputs(undefined),
    source,
    target: 'file',
    filter: {},
    metadata: {
      generationTime: '2026-01-02T03:04:05Z',
      reportGuid: 'a-report',
      version: '0.0.0',
      targetType: 'framework',
      targetNames: frameworks,
      input: { kind: 'directory', paths: [path] },
      formats: ['pretty-printer'],
      includeNamespaces: [],
      excludeNamespaces: [],
      complianceThreshold: 0,
      verbose: false,
      controlsInputs: '',
      exceptions: '',
    },
  })
  const originals = { text: () => text, document: (origin: Origin) => openDocument(text, origin) }
  return { report, evidence: new Evidence(report, originals) }
}

class TextSource implements ResourceSource {
  readonly #file: string
  readonly #text: string
  readonly #documents = { files: 1, unreadableFiles: 0, read: 0, unread: 0, notNeeded: 0, ignored: 0 }

  constructor(file: string, text: string) {
    this.#file = file
    this.#text = text
  }

  async *resources(): ReturnType<ResourceSource['resources']> {
    for (const [ordinal, { start, end, line }] of splitDocuments(this.#text).entries()) {
      const { value } = openDocument(this.#text, { start, end, line })
      if (value === undefined || !isValueMap(value)) {
        this.#documents.unread++
        continue
      }
      this.#documents.read++
      const origin: Origin = {
        file: this.#file,
        relativePath: this.#file,
        fileType: 'YAML',
        start,
        end,
        line,
        itemPath: '',
        ordinal,
      }
      yield { identity: identityOf(value), object: value, origin }
    }
  }

  coverage(): SourceCoverage {
    const problem = { code: 'yaml/syntax', message: 'a flow mapping is not closed', file: this.#file, line: 75 }
    return { documents: this.#documents, problems: this.#documents.unread > 0 ? [problem] : [] }
  }
}

function identityOf(object: ValueMap): Subject['identity'] {
  const text = (value: Value | undefined): string => (typeof value === 'string' ? value : '')
  const [version = '', group = ''] = text(object['apiVersion']).split('/').toReversed()
  const { namespace, name } = object['metadata'] as ValueMap
  return { group, version, kind: text(object['kind']), namespace: text(namespace), name: text(name) }
}

const FIXED = {
  program: 'kubescape',
  roots: { root: '/repository', workingDirectory: '/repository' },
  warn: () => undefined,
}

function render({ report, evidence }: Scanned, context: Partial<RenderContext>): string {
  const defaults = { view: 'control', verbose: false, width: 100, colour: false, formatVersion: 'v2' } as const
  return [...renderPretty(report, { ...defaults, evidence, ...FIXED, ...context })].join('')
}

function readGolden(name: string): string {
  return readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8')
}

/** Escapes are kept visible, so that golden files can be read and compared. */
function expectGolden(name: string, output: string): void {
  const shown = output.replaceAll('\u001b', '\\e')
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(new URL(`golden/${name}`, import.meta.url), shown)
  expect(shown).toBe(readGolden(name))
}

describe('golden texts', () => {
  for (const view of ['control', 'security', 'resource'] as const) {
    for (const width of [80, 160]) {
      test(`the ${view} view is readable at ${width} columns`, async () => {
        expectGolden(`${view}-${width}.txt`, render(await scanGolden('shop'), { view, width }))
      })
    }
    test(`the ${view} view says so when everything passed`, async () => {
      const clean = await scanGolden('clean', { include: ['C-0016', 'C-0041', 'C-0057'], frameworks: ['NSA'] })
      expectGolden(`clean-${view}.txt`, render(clean, { view, width: 80 }))
    })
  }

  test('the control view has colours by severity', async () => {
    expectGolden('control-colour.txt', render(await scanGolden('shop'), { width: 120, colour: true }))
  })

  test('a verbose control view lists passed controls and every resource with why and how', async () => {
    expectGolden('control-verbose.txt', render(await scanGolden('shop'), { width: 120, verbose: true }))
  })

  test('rows become cells on narrow terminals', async () => {
    expectGolden('control-60.txt', render(await scanGolden('shop'), { width: 60 }))
  })

  test('wide characters keep the columns straight', async () => {
    const wide = await scanGolden('wide', { include: POD_CONTROLS, frameworks: ['NSA'], path: './購物 車' })
    expectGolden('wide.txt', render(wide, { view: 'security', width: 80, verbose: true }))
  })

  test('hostile names are shown and do nothing', async () => {
    expectGolden('hostile.txt', render(await scanHostile(), { view: 'security', width: 100, verbose: true }))
  })
})

function scanHostile(): Promise<Scanned> {
  return scanGolden('hostile', {
    include: POD_CONTROLS,
    frameworks: ['NSA'],
    file: 'a\u001b[2J\nb.yaml',
    path: "it's\u0007 here; rm -rf",
  })
}

describe('what holds for every text', () => {
  test('no line is wider than the terminal, commands apart', async () => {
    const scanned = [await scanGolden('shop'), await scanGolden('wide', { include: POD_CONTROLS })]
    for (const view of ['control', 'security', 'resource'] as const) {
      for (const width of [50, 69, 70, 71, 79, 97, 119, 121, 200]) {
        for (const each of scanned) {
          const lines = render(each, { view, width, verbose: true }).split('\n')
          expect(lines.filter((line) => widthOf(line) > width && !line.includes('$ kubescape'))).toEqual([])
        }
      }
    }
  })

  test('hostile input leaves no control character but line breaks, and no escape but our own', async () => {
    const hostile = await scanHostile()
    // oxlint-disable-next-line no-control-regex
    const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/u
    for (const view of ['control', 'security', 'resource'] as const) {
      expect(render(hostile, { view, verbose: true })).not.toMatch(control)
      const coloured = render(hostile, { view, verbose: true, colour: true })
      expect(coloured).toContain('\u001b[38;5;196m')
      // oxlint-disable-next-line no-control-regex
      expect(coloured.replaceAll(/\u001b\[(?:0|1|2|32|33|38;5;(?:1|196|166|220|30))m/g, '')).not.toMatch(control)
    }
  })

  test('colours change nothing but colours', async () => {
    const scanned = await scanGolden('shop')
    for (const view of ['control', 'security', 'resource'] as const) {
      const coloured = render(scanned, { view, verbose: true, colour: true })
      // oxlint-disable-next-line no-control-regex
      expect(coloured.replaceAll(/\u001b\[[\d;]*m/g, '')).toBe(render(scanned, { view, verbose: true }))
    }
  })

  test('the last line is the score, and the hidden password is nowhere', async () => {
    for (const view of ['control', 'security', 'resource'] as const) {
      const text = render(await scanGolden('shop'), { view, verbose: true })
      expect(text).toMatch(/\nOverall compliance score: \d+%\n$/)
      expect(text).not.toContain('not-a-real-password')
    }
  })
})

describe('the coverage block', () => {
  const unjudged = (reason: string, ids: readonly string[]): Coverage['notEvaluated'] =>
    ids.map((controlID) => ({ controlID, name: controlID, reason, missing: [] }))
  const gaps = {
    degraded: true,
    evaluatedControls: 80,
    totalControls: 285,
    notEvaluated: [
      ...unjudged('needs facts of the nodes (KubeletInfo objects)', ['C-1', 'C-2', 'C-3', 'C-4', 'C-5', 'C-6', 'C-7']),
      ...unjudged('needs the signature of images', ['C-8']),
      ...unjudged('It could not be evaluated; the problems of the scan say why.', ['C-9', 'C-10']),
      ...unjudged('needs a', ['C-11']),
      ...unjudged('needs b', ['C-12']),
    ],
    notApplicable: [
      ...unjudged('applies to clusters only; use --as-cluster if these files are a dump of a cluster', [
        'C-30',
        'C-31',
        'C-32',
      ]),
      ...unjudged('the control plane is run by EKS', ['C-40', 'C-41']),
    ],
    vacuousFrameworks: ['NSA'],
    policyDegradations: [],
    unknownWorkloads: [{ kind: 'example.com/v1/\u001bTask', count: 3 }],
    documents: { files: 9, unreadableFiles: 1, read: 20, unread: 2, notNeeded: 0, ignored: 0 },
    nodes: [
      { name: 'node-0', facts: 9, unread: [] },
      ...['node-1', 'node-2', 'node-3', 'node-4', 'node-5', 'node-6', 'node-7'].map((name) => ({
        name,
        facts: 0,
        unread: [],
        reason: 'its Pod was not scheduled',
      })),
      { name: 'win-\u001b1', facts: 0, unread: [], reason: 'it runs Windows' },
    ],
    problems: [{ code: 'a/b', message: 'm' }],
  }

  for (const verbose of [false, true]) {
    test(`${verbose ? 'says everything' : 'is short'} ${verbose ? 'when asked' : 'by default'}`, async () => {
      const { report, evidence } = await scanGolden('clean', { include: ['C-0057'], frameworks: ['NSA'] })
      const gapped = { ...report, coverage: { ...report.coverage, ...gaps } }
      const text = render({ report: gapped, evidence }, { verbose, width: 110 })
      expectGolden(`coverage${verbose ? '-verbose' : ''}.txt`, text.slice(text.indexOf('Coverage:')))
    })
  }
})

describe('the control view', () => {
  test('counts excluded resources by themselves', async () => {
    const { report, evidence } = await scanGolden('shop', { include: ['C-0057'] })
    const controls = report.controls.map((control) => ({ ...control, counters: { ...control.counters, excluded: 7 } }))
    expect(render({ report: { ...report, controls }, evidence }, { width: 160 })).toMatch(
      /│ High +│ Privileged container +│ +1 │ +7 │ +8 │ +0% │/,
    )
  })

  test('marks skipped controls and explains them below', async () => {
    const text = render(await scanGolden('shop'), { width: 160 })
    expect(text).toMatch(/Images from allowed registry +│ +0 │ +0 │ +1 │ +Action Required \*+ │/)
    expect(text).toMatch(/^\*+ +Action required: Set /m)
  })

  test('says what an empty scan covers', async () => {
    const text = render(await scanGolden('', { frameworks: ['NSA'] }), { view: 'security' })
    expect(text).toContain('Nothing was judged')
    expect(text).toContain('nothing of the input concerns NSA')
  })
})
