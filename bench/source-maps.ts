/**
 * Whether source maps of charts tell the truth: `npm run bench:source-maps [-- --verbose]`.
 *
 * Every image of a container and every line of a securityContext in the Deployments of the shared charts is asked where it comes
 * from. A template line is believed when a mark at its end shows up at the field; a values key when the field changes with it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import {
  loadChart,
  renderChart,
  type Chart,
  type RenderedTemplate,
  type RenderOptions,
} from '../packages/helm/src/index.ts'
import { fieldsOf, type Field } from './source-maps/fields.ts'
import { changedValues } from './source-maps/changed-values.ts'
import { isPresent, missingFields, type MissingField } from './source-maps/missing-fields.ts'
import { isMarked, markedFiles } from './source-maps/marks.ts'

const shared = process.env['KUBESCAPE_SHARED'] ?? join(import.meta.dirname, '../../shared')
const folder = join(shared, 'conformance/helm/charts')
const verbose = process.argv.includes('--verbose')
/** Shares that must be reached. */
const GOALS = { place: 0.9, values: 0.97 }

/** Counts of one question over all charts. */
interface Tally {
  yes: number
  no: number
}

const tallies = {
  /** The line that wrote the field itself. */
  innermost: { yes: 0, no: 0 },
  /** The line or the `include` in it. */
  place: { yes: 0, no: 0 },
  values: { yes: 0, no: 0 },
  exact: { yes: 0, no: 0 },
  missing: { yes: 0, no: 0 },
  filled: { yes: 0, no: 0 },
}
const counts = { charts: 0, renderings: 0, fields: 0, differing: 0, refused: 0, withValues: 0, packed: 0 }
const cpuMs = { plain: 0, traced: 0 }

if (!existsSync(folder)) console.log(`no charts at ${folder}`)
else for (const name of readdirSync(folder).toSorted()) measureChart(name)
report()

function measureChart(name: string): void {
  const files = filesBelow(join(folder, name, 'chart'), '')
  const { cases } = JSON.parse(readFileSync(join(folder, name, 'case.json'), 'utf8')) as {
    cases: { values: string | null }[]
  }
  const { chart } = loadChart(files)
  if (chart === undefined) return
  counts.charts++
  for (const { values } of cases) {
    const given = values === null ? [] : [{ name: values, text: textOf(files.get(values)) }]
    measure(name, files, chart, { kubeVersion: '1.35.0', values: given })
  }
}

function measure(name: string, files: ReadonlyMap<string, Uint8Array>, chart: Chart, options: RenderOptions): void {
  const plain = timed('plain', () => templatesOf(chart, options))
  const traced = timed('traced', () => templatesOf(chart, { ...options, sourceMap: true }))
  if (plain === undefined || traced === undefined) return
  counts.renderings++
  if (!traced.every(({ text }, at) => text === plain[at]?.text)) {
    counts.differing++
    say(name, 'the traced text differs')
  }
  const fields = traced.flatMap(fieldsOf)
  counts.fields += fields.length
  checkPlaces(name, fields, files, options)
  checkValues(name, fields, files, chart, options)
  checkMissing(name, traced.flatMap(missingFields), chart, options)
}

/** One rendering with a mark for each line that is named. */
function checkPlaces(
  name: string,
  fields: readonly Field[],
  files: ReadonlyMap<string, Uint8Array>,
  options: RenderOptions,
): void {
  const byPlace = Map.groupBy(fields, ({ source: { position } }) => `${position?.template}:${position?.line}`)
  for (const [place, here] of byPlace) {
    const position = here[0]?.source.position
    const marked = position === undefined ? undefined : markedFiles(files, position)
    if (position !== undefined && marked === undefined) {
      counts.packed += here.length
      continue
    }
    const { chart } = marked === undefined ? {} : loadChart(marked.files)
    const templates = chart === undefined ? undefined : templatesOf(chart, options)
    for (const field of here) {
      const isRight = templates !== undefined && isMarked(field, templates)
      count(tallies.place, isRight)
      count(tallies.innermost, isRight && marked?.calls === false)
      if (!isRight) say(name, `${field.template.name} ${field.path}: not ${place}`)
    }
  }
}

/** One rendering for each key that is named. */
function checkValues(
  name: string,
  fields: readonly Field[],
  files: ReadonlyMap<string, Uint8Array>,
  chart: Chart,
  options: RenderOptions,
): void {
  const named = fields.flatMap((field) => field.source.values.map((value) => ({ field, ...value })))
  counts.withValues += fields.filter(({ source }) => source.values.length > 0).length
  for (const [key, uses] of Map.groupBy(named, ({ entry }) => JSON.stringify(entry.path))) {
    const [first] = uses
    const text = first && changedValues(first.entry, files, options)
    const changed = text && (templatesOf(chart, withFile(options, text)) ?? templatesOf(chart, allowing(options, text)))
    if (changed === undefined || changed === '') {
      counts.refused += uses.length
      say(name, `${key} cannot be changed: ${text}`)
      continue
    }
    const after = new Map(changed.flatMap(fieldsOf).map((field) => [keyOf(field), field.text]))
    for (const { field, use } of uses) {
      const now = after.get(keyOf(field))
      const isRight = now !== undefined && now !== field.text
      count(tallies.values, isRight)
      if (use === 'exact') count(tallies.exact, isRight)
      if (!isRight) say(name, `${field.template.name} ${field.path} does not change with ${use} ${key}: ${text}`)
    }
  }
}

/** One rendering for each field that is missing and that a key would be. */
function checkMissing(name: string, fields: readonly MissingField[], chart: Chart, options: RenderOptions): void {
  for (const field of fields) {
    count(tallies.missing, field.entries.length > 0)
    for (const { text } of field.entries) {
      if (text === undefined) continue
      const templates = templatesOf(chart, withFile(options, text))
      if (templates === undefined) {
        counts.refused++
        continue
      }
      const isRight = isPresent(field, templates)
      count(tallies.filled, isRight)
      if (!isRight) say(name, `${field.template.name} ${field.path} does not come with ${text}`)
    }
  }
}

function withFile(options: RenderOptions, text: string): RenderOptions {
  return { ...options, values: [...(options.values ?? []), { name: 'changed.yaml', text }] }
}

/** Some charts accept other images than their own only when they are told so. */
function allowing(options: RenderOptions, text: string): RenderOptions {
  const { values = [] } = options
  const allowance = { name: 'allowance.yaml', text: '{"global": {"security": {"allowInsecureImages": true}}}' }
  return withFile({ ...options, values: [...values, allowance] }, text)
}

function keyOf({ template, document, path }: Field): string {
  return `${template.name} ${document} ${path}`
}

function templatesOf(chart: Chart, options: RenderOptions): readonly RenderedTemplate[] | undefined {
  return renderChart(chart, options).rendering?.templates
}

function timed<T>(kind: keyof typeof cpuMs, work: () => T): T {
  const start = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(start)
  cpuMs[kind] += (user + system) / 1000
  return result
}

function filesBelow(root: string, below: string): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  for (const entry of readdirSync(join(root, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) for (const [inner, bytes] of filesBelow(root, path)) files.set(inner, bytes)
    else files.set(path, readFileSync(join(root, path)))
  }
  return files
}

function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes)
}

function count(tally: Tally, isRight: boolean): void {
  if (isRight) tally.yes++
  else tally.no++
}

function say(chart: string, text: string): void {
  if (verbose) console.log(`${chart}: ${text}`)
}

function report(): void {
  const { charts, renderings, fields, differing, refused, withValues, packed } = counts
  console.log(`${renderings} renderings of ${charts} charts, ${differing} of which differ when they are traced`)
  console.log(`CPU: ${cpuMs.plain.toFixed(0)} ms plain, ${cpuMs.traced.toFixed(0)} ms traced`)
  console.log(`${fields} images and lines of security contexts in Deployments, ${withValues} of them with values`)
  line('the line that wrote the field is named', tallies.innermost, GOALS.place)
  line('that line, or the include around it', tallies.place, 1)
  line('the field changes with a key that is named', tallies.values, GOALS.values)
  line('... where the key is said to be the field', tallies.exact, GOALS.values)
  line('values are named for a field that is missing', tallies.missing)
  line('... and bring the field where a key is said to be it', tallies.filled, GOALS.values)
  console.log(
    `${refused} uses of keys that the chart does not let change, ${packed} fields of templates in archives left out`,
  )
}

function line(what: string, { yes, no }: Tally, goal?: number): void {
  const share = yes + no === 0 ? 0 : yes / (yes + no)
  const verdict = goal === undefined ? '' : ` (goal ${goal * 100} %: ${share >= goal ? 'met' : 'MISSED'})`
  console.log(`${what}: ${yes} of ${yes + no}, ${(share * 100).toFixed(1)} %${verdict}`)
}
