/** The flags of a run as a whole: where its settings come from, what it may reach, how long it may take, what it is called. */
import { Option, type Command } from 'commander'

import { Failure } from './failure.ts'
import { durationMs } from './host-scan-options.ts'
import { LOG_STYLES, type LogStyle } from './terminal.ts'
import { oneOf, text, type Typed } from './typed.ts'

/** What was said of the run, checked. */
export interface RunOptions {
  /** Any use of a network is an error. */
  readonly offline: boolean
  /** The most that the whole scan may take; undefined for no limit. */
  readonly timeoutMs: number | undefined
  /** The most that a control may take in a scan; undefined for no limit. */
  readonly controlTimeoutMs: number | undefined
  /** What reports call the cluster; undefined for the name of its context. */
  readonly clusterName: string | undefined
  readonly logStyle: LogStyle
}

/** Adds the flag that says where values are kept between runs. */
export function addCacheOption(command: Command): Command {
  return command.option(
    '--cache-dir <directory>',
    'where config.json and downloads are; default: KS_CACHE_DIR, or ~/.kubescape',
  )
}

/** Adds the flags that say where settings come from. */
export function addConfigOptions(command: Command): Command {
  return command
    .option('--config <file>', 'settings; default: the nearest .kubescape.yaml from what is scanned upward')
    .option('--no-config', 'read no .kubescape.yaml')
}

/** Adds the flags to a command. */
export function addRunOptions(command: Command): Command {
  return (
    addConfigOptions(command)
      .addOption(
        new Option('--logger-name <name>', `how messages are written: ${Object.keys(LOG_STYLES).join('|')}`).hideHelp(),
      )
      // Every command takes it; a scan keeps nothing, and reads what was downloaded.
      .addOption(new Option('--cache-dir <directory>').hideHelp())
      .option('--offline', 'any use of a network is an error, and nothing is looked up')
      .option(
        '--scan-timeout <time>',
        'give up, and fail, when the whole scan takes longer than this, such as 90s or 10m',
      )
      .option(
        '--control-timeout <time>',
        'stop a control that takes longer than this, such as 10s: what it did not judge is skipped',
      )
      .option('--cluster-name <name>', 'what reports call the cluster; default: the name of its context')
  )
}

/**
 * Checks what was typed.
 * @throws {Failure} for values that make no sense
 */
export function readRunOptions(typed: Typed): RunOptions {
  const timeoutMs = limitMs(typed, 'scanTimeout', '--scan-timeout')
  const controlTimeoutMs = limitMs(typed, 'controlTimeout', '--control-timeout')
  if (timeoutMs !== undefined && controlTimeoutMs !== undefined && controlTimeoutMs >= timeoutMs) {
    throw new Failure(
      '--control-timeout is not lower than --scan-timeout',
      'Give controls less time than the whole scan, or leave one of the two out.',
    )
  }
  const clusterName = text(typed, 'clusterName')?.trim()
  if (clusterName === '') throw new Failure('--cluster-name is empty', 'Give a name, or leave it out.')
  return {
    offline: typed['offline'] === true,
    timeoutMs,
    controlTimeoutMs,
    clusterName,
    logStyle: readLogStyle(text(typed, 'loggerName')),
  }
}

/** A limit in milliseconds; undefined where there is none, or where it is 0, which is none as elsewhere. */
function limitMs(typed: Typed, name: string, flag: string): number | undefined {
  const written = text(typed, name)?.trim()
  return written === undefined || /^0[hms]?$/.test(written) ? undefined : durationMs(written, flag)
}

/**
 * How messages are written, by the name that a flag or variable gives.
 * @throws {Failure} for names that there are not
 */
export function readLogStyle(name: string | undefined): LogStyle {
  if (name === undefined || name.trim() === '') return 'text'
  return LOG_STYLES[oneOf(name, Object.keys(LOG_STYLES), '--logger-name')] ?? 'text'
}
