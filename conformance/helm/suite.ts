/** Go templates, sprig, the Helm engine, YAML scalars, charts. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { CaseOutcome, Suite } from '../suite.ts'
import { runChart, runFailingChart, runLibraryMode } from './chart-cases.ts'
import { engineErrorAgrees, runEngineCase } from './engine-cases.ts'
import { runPrintfCase } from './printf-cases.ts'
import { runStrvalsCase } from './strvals-cases.ts'
import { agreesInText, runTemplateCase } from './template-cases.ts'

/** Files of cases, one to a line. */
const FILES = ['go-template', 'sprig', 'helm-engine', 'yaml-scalars']

interface Case {
  readonly id: string
  readonly op: 'tmpl' | 'printf' | 'parse' | 'helm' | 'strvals'
}

const RUNNERS: Readonly<Record<Case['op'], (json: object) => CaseOutcome>> = {
  tmpl: runTemplateCase,
  parse: runTemplateCase,
  printf: runPrintfCase,
  helm: runEngineCase,
  strvals: runStrvalsCase,
}

/** How many error texts of ours are those of the reference. */
interface Texts {
  agreeing: number
  all: number
}

export const helm: Suite = {
  name: 'helm',
  run(folder) {
    const outcomes: CaseOutcome[] = []
    for (const file of FILES) outcomes.push(...runFile(file, join(folder, `${file}.jsonl`)))
    const charts = chartsIn(join(folder, 'charts')).flatMap(({ id, path }) => runChart(id, path))
    report('charts', charts)
    const failing = chartsIn(join(folder, 'charts-error')).map(({ id, path }) => runFailingChart(id, path))
    const failures = failing.map(({ outcome }) => outcome)
    report('charts-error', failures, {
      agreeing: failing.filter(({ agrees }) => agrees).length,
      all: failing.length,
    })
    const library = chartsIn(join(folder, 'charts')).flatMap(({ id, path }) => runLibraryMode(id, path))
    report('charts as a library renders them (a figure of its own)', library)
    return [...outcomes, ...charts, ...failures]
  },
}

function runFile(name: string, path: string): CaseOutcome[] {
  const texts: Texts = { agreeing: 0, all: 0 }
  const outcomes = readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const json = JSON.parse(line) as Case
      const agrees =
        json.op === 'helm'
          ? engineErrorAgrees(json)
          : json.op === 'strvals' || json.op === 'printf'
            ? undefined
            : agreesInText(json)
      if (agrees !== undefined) texts.all++
      if (agrees === true) texts.agreeing++
      const outcome = run(json)
      return { ...outcome, id: `${name}/${json.id}` }
    })
  report(name, outcomes, texts)
  return outcomes
}

function run(json: Case): CaseOutcome {
  try {
    return RUNNERS[json.op](json)
  } catch (error) {
    return {
      id: json.id,
      status: 'failed',
      reason: error instanceof Error ? (error.stack ?? error.message) : 'it threw',
    }
  }
}

function chartsIn(folder: string): { readonly id: string; readonly path: string }[] {
  return readdirSync(folder)
    .toSorted()
    .map((id) => ({ id, path: join(folder, id) }))
}

function report(part: string, outcomes: readonly CaseOutcome[], texts?: Texts): void {
  const passed = outcomes.filter(({ status }) => status === 'passed').length
  const agreement =
    texts === undefined || texts.all === 0 ? '' : `; error texts alike: ${texts.agreeing} of ${texts.all}`
  console.log(`  ${part}: ${passed} of ${outcomes.length} passed${agreement}`)
}
