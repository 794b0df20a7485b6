/** The registry of controls: every declaration is complete, and agrees with the published facts. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { ATTACK_TRACKS, type AttackStep } from './attack-tracks.ts'
import type { Check } from './check.ts'
import { describeControl } from './description.ts'
import { inputsOf, severityOf, type ControlDeclaration } from './control.ts'
import { DEFAULT_INPUTS, isInputName } from './inputs.ts'
import { LIBRARY } from './library/index.ts'
import { compilePattern } from './pattern.ts'

interface ControlFacts {
  readonly id: string
  readonly name: string
  readonly baseScore: number
  readonly category: string | null
  readonly subCategory: string | null
  readonly scanningScope: readonly string[]
  readonly actionRequired: string | null
  readonly rules: readonly string[]
  readonly kinds: readonly string[]
  readonly attackTracks: readonly { readonly attackTrack: string; readonly categories: readonly string[] }[]
  readonly controlTypeTags: readonly string[]
  readonly configInputs: readonly { readonly key: string }[]
}

const facts = join(process.env['KUBESCAPE_SHARED'] ?? join(import.meta.dirname, '../../../../shared'), 'facts')
const isThere = existsSync(facts)
const withFacts = test.skipIf(!isThere)
const skipped = isThere ? '' : ' (skipped: no shared data)'

function readFacts(file: string): unknown {
  return JSON.parse(readFileSync(join(facts, file), 'utf8'))
}

/** Every control with what is published of it. */
function published(): [ControlDeclaration, ControlFacts][] {
  const all = (readFacts('controls.json') as { controls: readonly ControlFacts[] }).controls
  return LIBRARY.map((control) => [control, all.find(({ id }) => id === control.id)!])
}

/** Controls whose checks are not one for each published rule. */
const OTHER_RULES: Readonly<Record<string, string>> = {
  'C-0001': 'the rule for old versions of the tool is replaced',
  'C-0078': 'the rule for old versions of the tool is replaced',
  'C-0192': 'one check looks at both sorts of webhooks',
  ...Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [
      `C-${String(193 + at).padStart(4, '0')}`,
      'its two published rules are the same',
    ]),
  ),
  ...Object.fromEntries(
    [242, 246, 249, 254, 286, 287, 288, 289].map((id) => [`C-${String(id).padStart(4, '0')}`, 'left to a person']),
  ),
}

/** Controls that look at other kinds than is published. */
const OTHER_KINDS: Readonly<Record<string, { readonly without: readonly string[]; readonly why: string }>> = {
  'C-0161': {
    without: ['APIServerInfo'],
    why: 'published is a kind that does not exist: the facts are in ControlPlaneInfo',
  },
  'C-0181': {
    without: ['KubeletCommandLine', 'KubeletConfiguration'],
    why: 'published are legacy kinds: the facts are in KubeletInfo',
  },
  'C-0257': { without: ['ConfigMap'], why: 'the published kind is a mistake: claims are PersistentVolumeClaims' },
  'C-0266': { without: ['Gateways'], why: 'published in the plural: the kind is Gateway' },
  'C-0274': { without: ['servicesscanresults'], why: 'published in the plural: the kind is ServiceScanResult' },
}

describe('the library', () => {
  test('declares at least the 97 common controls, each once, in the order of their ids', () => {
    const ids = LIBRARY.map(({ id }) => id)
    expect(ids.length).toBeGreaterThanOrEqual(97)
    expect(ids).toEqual([...new Set(ids)].toSorted())
  })

  test('has a file for each control, named for its id and in the folder of its category', () => {
    const files = globSync('*/c-*.ts', { cwd: join(import.meta.dirname, 'library') }).map((file) => file.split('/'))
    const folders = Object.fromEntries(files.map(([folder, file = '']) => [file.slice(0, 6).toUpperCase(), folder]))
    expect(Object.keys(folders).toSorted()).toEqual(LIBRARY.map(({ id }) => id))
    for (const { id, category } of LIBRARY) {
      if (category !== undefined) expect([id, categoryOf(folders[id] ?? '')]).toEqual([id, category])
    }
  })

  test('gives one name to one check', () => {
    const byName = new Map<string, Check>()
    for (const check of LIBRARY.flatMap((control) => control.checks)) {
      // The same check in two controls is one object; two checks of one name would be mixed up.
      expect((byName.get(check.name) ?? check) === check, check.name).toBe(true)
      byName.set(check.name, check)
    }
    expect(byName.size).toBeGreaterThan(80)
  })
})

function categoryOf(folder: string): string {
  return folder.charAt(0).toUpperCase() + folder.slice(1).replace('-', ' ')
}

describe.each(LIBRARY.map((control) => [control.id, control] as const))('%s', (_id, control) => {
  test('says in a few sentences what is wrong and what to change', () => {
    expect(control.name.trim()).toBe(control.name)
    expect(control.name).not.toBe('')
    for (const text of [control.why, control.repair]) {
      expect(text).toMatch(/^(?:[A-Z`]|etcd |kube-).*[.]$/s)
      expect(text).not.toMatch(/\u2014|FILL-IN|TODO|\s\s|\n/)
      expect((text.match(/`/g) ?? []).length % 2).toBe(0)
      expect(text.length).toBeGreaterThan(80)
    }
    expect(control.why.length).toBeLessThanOrEqual(320)
    expect(control.repair.length).toBeLessThanOrEqual(320)
  })

  test('has a severity, and checks with a name and something to look at', () => {
    expect(severityOf(control.baseScore)).not.toBe('Unknown')
    expect(control.baseScore).toBeLessThanOrEqual(10)
    if (control.actionRequired !== 'manual review') expect(control.checks.length).toBeGreaterThan(0)
    for (const check of control.checks) {
      expect(check.name).not.toBe('')
      expect(check.match.length).toBeGreaterThan(0)
      for (const { groups, versions, kinds } of check.match) {
        expect([groups.length, versions.length, kinds.length]).not.toContain(0)
      }
    }
  })

  test('is in a framework, and names the standards and pages that it comes from', () => {
    const { frameworks, references, inputs } = describeControl(control)
    expect(frameworks.length).toBeGreaterThan(0)
    expect(control.references?.length ?? 0).toBeGreaterThan(0)
    expect(new Set(references.map(({ title }) => title)).size).toBe(references.length)
    for (const { title, url } of references) {
      // Publisher first, then the document: `Kubernetes: Ingress`, `CIS Kubernetes Benchmark 1.10.0, 5.2.5`, `CVE-2021-25742`.
      expect(title).toMatch(/^(?:\w[\w& ]+: \S|CIS .* \d|CVE-\d+-\d+$)/)
      expect(new URL(url).protocol).toBe('https:')
    }
    for (const { about, type } of inputs) expect([about, type]).not.toContain('')
  })

  test('opens steps that exist', () => {
    for (const [track, step] of Object.entries(control.attackSteps ?? {})) {
      expect(stepNames(ATTACK_TRACKS[track as keyof typeof ATTACK_TRACKS])).toContain(step)
    }
  })

  test('reads inputs that exist, and some if it waits for configuration', () => {
    for (const name of inputsOf(control)) expect([name, isInputName(name)]).toEqual([name, true])
    if (control.actionRequired === 'configuration') expect(inputsOf(control)).not.toEqual([])
  })
})

function stepNames({ name, next = [] }: AttackStep): string[] {
  return [name, ...next.flatMap(stepNames)]
}

describe('the published facts', () => {
  withFacts(`agree with names, scores, categories, scopes and required actions${skipped}`, () => {
    expect(
      LIBRARY.map(({ id, name, baseScore, category, subCategory, scope, actionRequired }) => ({
        id,
        name,
        baseScore,
        category: category ?? null,
        subCategory: subCategory ?? null,
        scanningScope: scope,
        actionRequired: actionRequired ?? null,
      })),
    ).toEqual(
      published().map(([, { id, name, baseScore, category, subCategory, scanningScope, actionRequired }]) => ({
        id,
        name,
        baseScore,
        category,
        subCategory,
        scanningScope,
        // The published mark is on the rule of C-0242, where nothing reads it.
        actionRequired: id === 'C-0242' ? 'manual review' : actionRequired,
      })),
    )
  })

  withFacts(`agree with the names of checks, but for known exceptions${skipped}`, () => {
    const differing = published().filter(([control, { rules }]) => {
      const names = control.checks.map((check) => check.name)
      expect(rules).toEqual(expect.arrayContaining(names))
      return names.length !== rules.length
    })
    expect(differing.map(([{ id }]) => id)).toEqual(Object.keys(OTHER_RULES))
  })

  withFacts(`agree with the inputs of controls${skipped}`, () => {
    for (const [control, { configInputs }] of published()) {
      const keys = new Set(configInputs.map(({ key }) => key))
      expect([control.id, new Set(inputsOf(control))]).toEqual([control.id, keys])
    }
  })

  withFacts(`agree with the kinds that are looked at, but for known exceptions${skipped}`, () => {
    const differing = published().flatMap(([control, { kinds }]) => {
      const seen = new Set(kindsOf(control))
      const without = kinds.filter((kind) => !seen.has(kind))
      return without.length === 0 ? [] : [[control.id, without.toSorted()]]
    })
    expect(differing).toEqual(Object.entries(OTHER_KINDS).map(([id, { without }]) => [id, without]))
  })

  withFacts(`agree with the attack tracks and their steps, but for known additions${skipped}`, () => {
    const own = ['C-0083', 'C-0084', 'C-0085']
    for (const [control, { attackTracks }] of published()) {
      if (own.includes(control.id)) continue
      expect([control.id, control.attackSteps ?? {}]).toEqual([
        control.id,
        Object.fromEntries(attackTracks.map(({ attackTrack, categories }) => [attackTrack, categories[0]])),
      ])
    }
    const tracks = (readFacts('attack-tracks.json') as { name: string; root: PublishedStep }[]).map(
      ({ name, root }) => [name, stepOf(root)],
    )
    expect(Object.fromEntries(tracks)).toEqual(ATTACK_TRACKS)
  })

  withFacts(`agree with what is about operation alone, but for one that the framework security has${skipped}`, () => {
    const operational = published().filter(
      ([, { controlTypeTags }]) => controlTypeTags.includes('devops') && !controlTypeTags.includes('security'),
    )
    expect(LIBRARY.filter((control) => control.isOperational).map(({ id }) => id)).toEqual(
      operational.map(([{ id }]) => id).filter((id) => id !== 'C-0074'),
    )
  })

  withFacts(`agree with the defaults of inputs${skipped}`, () => {
    expect(DEFAULT_INPUTS).toEqual(readFacts('control-inputs.json'))
  })
})

interface PublishedStep {
  readonly name: string
  readonly subSteps?: readonly PublishedStep[]
}

function stepOf({ name, subSteps }: PublishedStep): AttackStep {
  return { name, ...(subSteps === undefined ? {} : { next: subSteps.map(stepOf) }) }
}

/** Kinds that a control tests, joins with, or needs. */
function kindsOf(control: ControlDeclaration): string[] {
  const joined = control.checks.flatMap((check) => (check.shape === 'joined' ? check.needs : []))
  return [
    ...[...control.checks, ...joined].flatMap(({ match }) => match.flatMap(({ kinds }) => kinds)),
    ...(control.needs?.kinds ?? []),
  ]
}

test.each([...DEFAULT_INPUTS.sensitiveValues])('the default pattern %s can be read', (pattern) => {
  expect(compilePattern(pattern, 'i')).toBeInstanceOf(RegExp)
})
