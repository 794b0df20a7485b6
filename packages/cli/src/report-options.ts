/** The flags that say what a report shows of what was found. */
import { Option, type Command } from 'commander'

import { Failure } from './failure.ts'
import { names, type Typed } from './typed.ts'

/** What a report shows, checked. */
export interface ReportOptions {
  /** The terminal: every failing resource with its fields, as `--verbose` has it, without what passed. */
  readonly showEvidence: boolean
  /** The terminal: values and lines of source as they are, secrets too. */
  readonly showSecrets: boolean
  /** JSON: no objects. */
  readonly omitObjects: boolean
  /** JSON: these labels of every resource. */
  readonly labelsToCopy: readonly string[]
  /** The terminal: the attack paths of the riskiest workloads. */
  readonly printAttackTree: boolean
}

/** Adds the flags to a command. */
export function addReportOptions(command: Command): Command {
  return command
    .option('-E, --show-evidence', 'on the terminal: every failing resource with its fields and their values')
    .option('--show-secrets', 'on the terminal: do not mask values of Secrets and environment variables in files')
    .option('--omit-raw-resources', 'in JSON: leave out the objects')
    .option('--labels-to-copy <labels>', 'in JSON: these labels of every resource, as resourceLabels', collect)
    .addOption(new Option('--print-attack-tree').hideHelp())
}

/**
 * Checks what was typed.
 * @throws {Failure} for values that make no sense
 */
export function readReportOptions(typed: Typed): ReportOptions {
  if (typed['submit'] === true && typed['omitRawResources'] === true)
    throw new Failure(
      '--submit and --omit-raw-resources contradict each other',
      'What is sent has the objects: give one of them.',
    )
  const labelsToCopy = names(typed, 'labelsToCopy')
  if (typed['labelsToCopy'] !== undefined && labelsToCopy.length === 0)
    throw new Failure('--labels-to-copy is empty', 'Name labels, such as team,app.kubernetes.io/name.')
  return {
    showEvidence: typed['showEvidence'] === true,
    showSecrets: typed['showSecrets'] === true,
    omitObjects: typed['omitRawResources'] === true,
    labelsToCopy,
    printAttackTree: typed['printAttackTree'] === true,
  }
}

function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, ...value.split(',')]
}
