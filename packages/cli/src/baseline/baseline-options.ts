/** The flags that compare a scan with an earlier one. */
import { Option, type Command } from 'commander'

import type { Granularity } from '@kubescape/results/comparison'

import { Failure } from '../failure.ts'
import { oneOf, severity, text, type Typed } from '../typed.ts'

/** What a scan is compared with, and what is kept of it; checked. */
export interface BaselineOptions {
  /** A JSON report or a baseline file to compare with. */
  readonly file: string | undefined
  /** New failures end the scan with a failure. */
  readonly failOnNew: boolean
  /** Lower case; only new failures of this severity or worse do; empty for any. */
  readonly severity: string
  readonly granularity: Granularity
  /** Where to write a baseline file. */
  readonly writeTo: string | undefined
}

const DEPENDENT = {
  baselineFailOnNew: '--baseline-fail-on-new',
  baselineSeverityThreshold: '--baseline-severity-threshold',
  baselineGranularity: '--baseline-granularity',
} as const

/** Adds the flags to a command. */
export function addBaselineOptions(command: Command): Command {
  return command
    .option('--baseline <file>', 'compare with an earlier scan: its JSON report, or what --write-baseline has written')
    .option('--baseline-fail-on-new', 'fail if there are failures that the baseline does not have')
    .option(
      '--baseline-severity-threshold <severity>',
      'of these, count this severity or worse: low|medium|high|critical',
    )
    .option(
      '--baseline-granularity <granularity>',
      'what a failure is: every field at fault (evidence), or a resource (control)',
    )
    .option('--write-baseline <file>', 'write what later scans are compared with')
}

/** Adds the flags of `diff` to a command. */
export function addDiffOptions(command: Command): Command {
  return command
    .option(
      '--granularity <granularity>',
      'what a failure is: every field at fault (evidence), or a resource (control)',
    )
    .option('--fail-on-new', 'fail if there are new failures, or some that cannot be compared')
    .addOption(new Option('--no-fail-on-new').hideHelp())
    .option('--severity-threshold <severity>', 'of these, count this severity or worse: low|medium|high|critical')
    .option(
      '-f, --format <format>',
      'pretty-printer|json|yaml|markdown; sarif|junit|gitlab-sast with new failures alone',
    )
    .option('-o, --output <file>', 'write the comparison to this file instead of standard output')
    .option('--exit-code-map <map>', 'tell failures apart by exit code, as for scan')
}

/**
 * Checks what was typed.
 * @throws {Failure} for values that make no sense
 */
export function readBaselineOptions(typed: Typed): BaselineOptions {
  const file = fileName(typed, 'baseline', '--baseline')
  const idle = Object.entries(DEPENDENT).find(([name]) => typed[name] !== undefined)
  if (file === undefined && idle !== undefined)
    throw new Failure(
      `${idle[1]} does nothing without --baseline`,
      'Name the file to compare with: --baseline report.json.',
    )
  const writeTo = fileName(typed, 'writeBaseline', '--write-baseline')
  if (file !== undefined && file === writeTo && typed['baselineFailOnNew'] === true) {
    throw new Failure(
      '--baseline and --write-baseline name the same file: a second run would accept what the first one refused',
      'Leave out --baseline-fail-on-new to accept what is there, or write to another file.',
    )
  }
  return {
    file,
    failOnNew: typed['baselineFailOnNew'] === true,
    severity: severity(typed, 'baselineSeverityThreshold', DEPENDENT.baselineSeverityThreshold),
    granularity: granularityOf(typed, 'baselineGranularity', DEPENDENT.baselineGranularity),
    writeTo,
  }
}

/**
 * What counts as a failure.
 * @throws {Failure} for words that it does not know
 */
export function granularityOf(typed: Typed, name: string, flag: string): Granularity {
  return oneOf(text(typed, name) ?? 'evidence', ['evidence', 'control'], flag) as Granularity
}

function fileName(typed: Typed, name: string, flag: string): string | undefined {
  const value = text(typed, name)
  if (value?.trim() === '') throw new Failure(`${flag} is empty`, 'Name a file.')
  return value
}
