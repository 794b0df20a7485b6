/** How an action talks to its runner: commands in the log, and files that the environment names. */
import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'

import type { Environment } from './inputs.ts'

/** A line that the runner obeys; the escapes are those of workflow commands. */
export function workflowCommand(
  name: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined && value !== '')
  const list = given.map(([key, value]) => `${key}=${escapeProperty(String(value))}`).join(',')
  return `::${name}${list === '' ? '' : ` ${list}`}::${escapeData(message)}\n`
}

/** Tells the runner to hide values. It compares line by line. */
export function maskCommands(secrets: readonly string[]): string {
  const lines = secrets.flatMap((secret) => secret.split(/\r?\n/)).filter((line) => line.trim() !== '')
  return lines.map((line) => workflowCommand('add-mask', {}, line)).join('')
}

/** Two lines between which the runner obeys nothing: what a scan prints has names in it that strangers chose. */
export function commandPause(): { readonly begin: string; readonly end: string } {
  const token = randomUUID()
  return { begin: `::stop-commands::${token}\n`, end: `::${token}::\n` }
}

/** Sets outputs of the step; without a runner there is nowhere to. */
export function writeOutputs(outputs: Readonly<Record<string, string | number>>, env: Environment): void {
  const file = env['GITHUB_OUTPUT']
  if (!file) return
  // A delimiter that nobody can guess: a path with line breaks cannot end its value.
  const delimiter = `kubescape-${randomUUID()}`
  const text = Object.entries(outputs).map(([name, value]) => `${name}<<${delimiter}\n${value}\n${delimiter}\n`)
  appendFileSync(file, text.join(''))
}

/** Adds to the summary of the job. */
export function writeSummary(markdown: string, env: Environment): void {
  const file = env['GITHUB_STEP_SUMMARY']
  if (file) appendFileSync(file, `${markdown}\n`)
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
