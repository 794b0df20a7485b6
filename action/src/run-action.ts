/** The action: one scan, and everything that a workflow wants to know of it. */
import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

import { asFailure, Failure } from '../../packages/cli/src/failure.ts'
import { formatNames } from '../../packages/cli/src/options.ts'
import { planOutput } from '../../packages/cli/src/output.ts'
import { readVersion } from '../../packages/cli/src/version.ts'
import { scanArguments, scanEnvironment } from './command-line.ts'
import { DEFAULTS, isOn, readInputs, refuseImpossible, secretsOf, type Environment, type Inputs } from './inputs.ts'
import { annotationsOf, countsOf, type JsonReport } from './report.ts'
import { splitFiles } from './split-files.ts'
import { commandPause, maskCommands, workflowCommand, writeOutputs, writeSummary } from './workflow.ts'

/** The runner cuts off what is longer, in bytes. */
const MOST_SUMMARY = 1024 * 1024
/** Of what a scan prints last, in characters: the gate that failed, or what went wrong. */
const MOST_LAST_WORDS = 4096

/** Runs the action in the environment of its step and gives the exit code. What goes wrong is told, never thrown. */
export async function runAction(env: Environment): Promise<number> {
  const inputs = readInputs(env)
  // Before anything else is printed.
  say(maskCommands(secretsOf(inputs)))
  const folder = mkdtempSync(join(env['RUNNER_TEMP'] || tmpdir(), 'kubescape-'))
  try {
    const code = await scanAndTell(inputs, folder, env)
    writeOutputs({ 'exit-code': code }, env)
    return code
  } catch (error) {
    const { message, hint } = asFailure(error)
    say(workflowCommand('error', { title: 'kubescape' }, [message, hint].filter(Boolean).join('\n')))
    writeOutputs({ 'exit-code': 1 }, env)
    return 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A report that was asked for: where the scan writes it, and where it belongs. */
interface Copy {
  readonly format: string
  readonly from: string
  readonly to: string
}

async function scanAndTell(inputs: Inputs, folder: string, env: Environment): Promise<number> {
  refuseImpossible(inputs, readVersion().version)
  const [summarises, annotates] = [isOn(inputs, 'jobSummary'), isOn(inputs, 'annotations')]
  if (inputs.failedThreshold !== '') {
    say(workflowCommand('warning', { title: 'kubescape' }, 'failedThreshold has no effect; use complianceThreshold'))
  }
  const asked = formatNames(inputs.format || DEFAULTS.format)
  const formats = [...new Set([...asked, 'json', ...(summarises ? ['markdown'] : [])])]
  const copies = planCopies(inputs, asked, formats, folder)
  const files = splitFiles(inputs.files, existsSync)
  const { code, lastWords } = await runScan(
    scanArguments(inputs, { files, formats, output: join(folder, 'report') }),
    scanEnvironment(inputs, env),
  )
  const json = join(folder, 'report.json')
  if (!existsSync(json) || readFileSync(json).length === 0) {
    throw new Failure(lastWords || `the scan ended with ${code} and left no report`, '')
  }
  deliver(copies, inputs, env)
  const report = JSON.parse(readFileSync(json, 'utf8')) as JsonReport
  writeOutputs(countsOf(report), env)
  if (annotates) for (const command of annotationsOf(report, env['GITHUB_WORKSPACE'] || process.cwd())) say(command)
  if (summarises) summarise(readFileSync(join(folder, 'report.md')), env)
  if (code !== 0)
    say(workflowCommand('error', { title: 'kubescape' }, lastWords.split('\n').at(-1) || `the scan ended with ${code}`))
  return code
}

/**
 * The reports are written to a folder of our own, beside those that only the action reads, and copied from there.
 * @throws {Failure} for formats that the files of one scan cannot hold together
 */
function planCopies(inputs: Inputs, asked: readonly string[], formats: readonly string[], folder: string): Copy[] {
  if (asked.includes('gitlab-sast')) {
    throw new Failure('format gitlab-sast is for GitLab, and its file would be that of json', 'Use sarif on GitHub.')
  }
  if (inputs.sarifCategory !== '' && !asked.includes('sarif')) {
    throw new Failure('sarifCategory does nothing without format sarif', 'Add sarif to format.')
  }
  const written = planOutput(formats, join(folder, 'report'))
  return planOutput(asked, inputs.outputFile || DEFAULTS.outputFile).flatMap(({ format, file }) => {
    const from = written.find((target) => target.format === format)?.file
    return from === undefined || file === undefined ? [] : [{ format: format.name, from, to: file }]
  })
}

/** Copies the reports to where they belong, and says where that is. */
function deliver(copies: readonly Copy[], inputs: Inputs, env: Environment): void {
  for (const { format, from, to } of copies) {
    mkdirSync(dirname(resolve(to)), { recursive: true })
    if (format === 'sarif' && inputs.sarifCategory !== '') writeFileSync(to, withCategory(from, inputs.sarifCategory))
    else copyFileSync(from, to)
    say(`Report written to ${JSON.stringify(to)}\n`)
  }
  writeOutputs(
    {
      'results-path': copies.map(({ to }) => to).join('\n'),
      'sarif-path': copies.find(({ format }) => format === 'sarif')?.to ?? '',
    },
    env,
  )
}

/** Code scanning takes everything up to the last slash for the category. */
function withCategory(file: string, category: string): string {
  const log = JSON.parse(readFileSync(file, 'utf8')) as { runs: { automationDetails?: object }[] }
  for (const run of log.runs) {
    run.automationDetails = { ...run.automationDetails, id: category.endsWith('/') ? category : `${category}/` }
  }
  return `${JSON.stringify(log)}\n`
}

function summarise(markdown: Buffer, env: Environment): void {
  if (markdown.length < MOST_SUMMARY) return writeSummary(markdown.toString(), env)
  say(workflowCommand('warning', { title: 'kubescape' }, 'the report is too long for the summary of the job'))
}

/** Runs the command line that is in this very file, and passes on what it prints. */
async function runScan(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ code: number; lastWords: string }> {
  const program = fileURLToPath(import.meta.url)
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const pause = commandPause()
  say(pause.begin)
  let lastWords = ''
  child.stdout.setEncoding('utf8').on('data', say)
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords = `${lastWords}${text}`.slice(-MOST_LAST_WORDS)
    say(text)
  })
  const code = await new Promise<number>((settle, reject) => {
    child.once('error', reject)
    child.once('close', (ended) => settle(ended ?? 1))
  })
  say(`\n${pause.end}`)
  return { code, lastWords: lastWords.trim() }
}

function say(text: string): void {
  process.stdout.write(text)
}
