/** The flags of gates: what a report has to meet, and which exit codes tell what it did not. */
import type { Command } from 'commander'

import type { Thresholds } from '@kubescape/scanner'

import { readExitCodes, type ExitCodes } from './exit-codes.ts'
import { percentage, severity, text, type Typed } from './typed.ts'

/** What a report has to meet, checked. */
export interface GateOptions {
  readonly thresholds: Thresholds
  readonly exitCodes: ExitCodes
}

/** Adds the flags to a command. */
export function addGateOptions(command: Command): Command {
  return command
    .option('--compliance-threshold <score>', 'fail if the overall compliance score is below this (0 to 100)')
    .option(
      '--severity-threshold <severity>',
      'fail if anything of this severity or worse failed: low|medium|high|critical',
    )
    .option('--fail-coverage-below <score>', 'fail if the coverage score is below this (0 to 100)')
    .option(
      '--fail-on-degraded-config',
      'fail if control inputs or exceptions could not be read, or came from a fallback',
    )
    .option(
      '--exit-code-map <map>',
      'tell failures apart by exit code: default (usage=2,threshold=3,coverage=4,degraded-config=5,baseline=6), or your own NAME=CODE,...; the flag alone is default, and without it every failure is 1',
    )
}

/**
 * Checks what was typed.
 * @throws {Failure} for values that make no sense
 */
export function readGateOptions(typed: Typed): GateOptions {
  return {
    thresholds: {
      compliance: percentage(text(typed, 'complianceThreshold') ?? '0', '--compliance-threshold'),
      severity: severity(typed, 'severityThreshold', '--severity-threshold'),
      coverage: percentage(text(typed, 'failCoverageBelow') ?? '0', '--fail-coverage-below'),
      noDegradedConfig: typed['failOnDegradedConfig'] === true,
      frameworks: scores(typed['frameworkThresholds']),
      controls: scores(typed['controlThresholds']),
    },
    exitCodes: readExitCodes(text(typed, 'exitCodeMap')),
  }
}

/** Only a configuration file sets them, and its reader has checked them. */
function scores(value: unknown): Readonly<Record<string, number>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, number>) : {}
}
