/** Reports of the real scanner that every format is held against: empty, one finding, many, hostile characters, a chart, 10,000 findings. */
import type { Check, Judgement } from '@kubescape/controls'
import type { ControlDeclaration, Report } from '@kubescape/results'
import {
  makeInputs,
  scan,
  selectControls,
  type ExceptionRule,
  type ScanRequest,
  type SelectionRequest,
} from '@kubescape/scanner'

import { Evidence, type Originals } from '../src/evidence.ts'
import type { RenderContext } from '../src/format.ts'
import { ChartSource } from './chart-source.ts'
import { HOSTILE, MANY, ONE, pods } from './manifests.ts'
import { TextSource, type Texts } from './text-source.ts'

/** Names of the reports. */
export const SAMPLE_NAMES = ['empty', 'one', 'many', 'hostile', 'chart', 'large'] as const

/** Name of a report. */
export type SampleName = (typeof SAMPLE_NAMES)[number]

/** A report with what is needed to render it. */
export interface Sample {
  readonly name: SampleName
  readonly report: Report
  readonly originals: Originals
  /** The texts that were scanned, by file. */
  readonly texts: Texts
}

const made = new Map<SampleName, Promise<Sample>>()

/** A report by its name; made once. */
export function sample(name: SampleName): Promise<Sample> {
  let promise = made.get(name)
  if (promise === undefined) made.set(name, (promise = RECIPES[name]()))
  return promise
}

/** What a sample is rendered with; reads the sources anew. */
export function contextOf({ report, originals }: Sample, changes: Partial<RenderContext> = {}): RenderContext {
  return {
    evidence: new Evidence(report, originals),
    view: 'control',
    verbose: false,
    width: 120,
    colour: false,
    formatVersion: 'v3',
    program: 'kubescape',
    roots: { root: '/repository', workingDirectory: '/repository/charts' },
    warn: () => undefined,
    ...changes,
  }
}

const ALL: SelectionRequest = { frameworks: ['AllControls', 'NSA', 'cis-v1.12.0'] }

const RECIPES: Readonly<Record<SampleName, () => Promise<Sample>>> = {
  /** Nothing was read, so that no control failed, and none passed either. */
  empty: () => make('empty', {}, ALL),
  /** One control failed on one object with one finding. */
  one: () => make('one', { 'pod.yaml': ONE }, { controls: ['C-0057'] }),
  /**
   * Several files and documents: failures of every severity, findings below items of lists, fields that are missing, joined
   * objects, subjects of role bindings, what people should look at, controls that could not be judged, a document that could
   * not be read, and exceptions: one that accepts a failure as a whole, one of several findings, one unused, one expired.
   */
  many: () => make('many', MANY, ALL, EXCEPTIONS),
  /** Names, values, paths, reasons, messages and commands that mean something to terminals, XML, HTML, Markdown, CSV, YAML, URLs and workflow commands. */
  hostile: () => make('hostile', HOSTILE, { frameworks: ['AllControls'] }, [HOSTILE_EXCEPTION]),
  /** A chart, rendered with two sets of values. */
  chart: () => makeFrom('chart', new ChartSource(), {}, { frameworks: ['AllControls'] }),
  /** More than 10,000 failures of controls, on 450 objects in 25 files. */
  large: () => make('large', pods(25, 18), { frameworks: ['AllControls'] }),
}

function make(
  name: SampleName,
  texts: Texts,
  selection: SelectionRequest,
  rules: readonly ExceptionRule[] = [],
): Promise<Sample> {
  return makeFrom(name, new TextSource(texts), texts, selection, rules)
}

async function makeFrom(
  name: SampleName,
  source: TextSource | ChartSource,
  texts: Texts,
  selection: SelectionRequest,
  rules: readonly ExceptionRule[] = [],
): Promise<Sample> {
  const selected = selectControls(selection)
  const report = await scan({
    selection: { ...selected, controls: selected.controls.map(name === 'hostile' ? asTalking : asReviewed) },
    inputs: makeInputs(undefined),
    source,
    target: 'file',
    filter: {},
    exceptions: { rules, clusterNames: [], now: METADATA.generationTime },
    metadata: { ...METADATA, targetNames: selection.frameworks ?? selection.controls ?? [] },
  })
  return { name, report, originals: source.originals, texts }
}

/** No control of the library leaves its findings to people; those of users may. */
function asReviewed(control: ControlDeclaration): ControlDeclaration {
  return control.id === 'C-0305' ? { ...control, actionRequired: 'requires review' } : control
}

/** No control of the library says anything; those of users may, and what they say is harmless only because formats make it so. */
function asTalking(control: ControlDeclaration): ControlDeclaration {
  return ['C-0041', 'C-0057'].includes(control.id) ? { ...control, checks: control.checks.map(talking) } : control
}

function talking(check: Check): Check {
  if (check.shape !== 'local') return check
  const judge: typeof check.judge = (resource, inputs): Judgement => {
    const findings = check.judge(resource, inputs)
    return Array.isArray(findings) ? { findings, messages: SAID, commands: SAID } : findings
  }
  return { ...check, judge }
}

const SAID = [
  '</td></p><script>alert(1)</script>\n::error::]]>\u001b[31m\u009b2J\u202e',
  '=cmd|"/C calc"!A1\r\n| a | `b` | [c](javascript:alert(1)) ![d](http://e.test/f)',
  '__proto__ @kubescape #1 https://e.test',
  'é日本 😀 \ud83d'.repeat(40),
]

const METADATA: ScanRequest['metadata'] = {
  generationTime: '2026-01-02T03:04:05.678Z',
  reportGuid: '6f1de1a1-3f63-4b7c-8a0c-0c5d3c5b8b10',
  version: '0.1.0',
  targetType: 'framework',
  targetNames: [],
  input: { kind: 'directory', paths: ['shop'] },
  formats: [],
  includeNamespaces: [],
  excludeNamespaces: [],
  complianceThreshold: 0,
  verbose: false,
  controlsInputs: '',
  exceptions: 'exceptions.json',
}

const is =
  (wanted: string) =>
  (text: string): boolean =>
    text === wanted

function rule(
  exception: Partial<ExceptionRule['exception']> & { readonly name: string },
  control: string,
  resource: ExceptionRule['resources'][number],
): ExceptionRule {
  return {
    exception: { reason: '', owner: '', expires: '', source: 'exceptions.json', ...exception },
    resources: [resource],
    policies: [{ control: is(control) }],
    coversManual: false,
    controls: [],
    unknownControls: [],
  }
}

const EXCEPTIONS: readonly ExceptionRule[] = [
  rule(
    { name: 'the agent owns its node', reason: 'It loads kernel modules.', owner: 'platform', expires: '2027-01-01' },
    'C-0057',
    { kind: is('DaemonSet'), name: is('agent') },
  ),
  rule({ name: 'the proxy is built elsewhere', reason: 'SEC-42' }, 'C-0057', {
    name: is('cart'),
    container: is('proxy'),
  }),
  rule({ name: 'nobody needs this', reason: 'The object is gone.' }, 'C-0038', { name: is('gone') }),
  rule({ name: 'until last year', owner: 'platform', expires: '2025-12-31T00:00:00Z' }, 'C-0013', {
    name: is('cart'),
  }),
]

const HOSTILE_EXCEPTION = rule(
  { name: '=cmd|"/C calc"!A1', reason: '</td><script>alert(1)</script>\n::error::]]>\u001b[31m', owner: '| a | b |' },
  'C-0041',
  { kind: is('Pod') },
)
