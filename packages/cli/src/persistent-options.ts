/** Flags that every command takes, before it and after it, and what is said of those without effect. */
import { Option, type Command } from 'commander'

import { IDLE_FLAGS } from './idle-flags.ts'
import { readLogStyle } from './run-options.ts'
import { LOG_LEVELS, Log, type LogLevel } from './terminal.ts'
import { oneOf, text, type Typed } from './typed.ts'

/** Flags that stand before the command in other command lines; those of them that a command has it shows itself. */
const BEFORE_COMMANDS = ['--server <url>', '--kube-context <names>', '--cache-dir <directory>', '--logger-name <name>']

/** Adds the flags to the program and all of its commands. `typedOptions` gives what was typed for a command. */
export function addPersistentOptions(program: Command, typedOptions: (command: Command) => Typed): void {
  for (const flags of BEFORE_COMMANDS) addHidden(program, flags)
  addEverywhere(program)
  program.hook('preAction', (_, command) => {
    const typed = typedOptions(command)
    const style = readLogStyle(text(typed, 'loggerName') ?? process.env['KS_LOGGER_NAME'])
    const log = new Log(logLevelOf(typed), style)
    for (const { flags, notice } of IDLE_FLAGS) {
      if (typed[new Option(flags).attributeName()] !== undefined) log.write('warning', notice)
    }
  })
}

/**
 * The least level of messages.
 * @throws {Failure} for words that it does not know
 */
export function logLevelOf(typed: Typed): LogLevel {
  const level = text(typed, 'logger') ?? (process.env['KS_LOGGER'] || 'info')
  return oneOf(level, LOG_LEVELS, '--logger') as LogLevel
}

function addEverywhere(command: Command): void {
  addHidden(command, '-l, --logger <level>')
  addHidden(command, '--logger-name <name>')
  addHidden(command, '--cache-dir <directory>')
  for (const { flags, isEverywhere } of IDLE_FLAGS) if (isEverywhere) addHidden(command, flags)
  for (const below of command.commands) addEverywhere(below)
}

/** Flags that a command has of its own stay as they are. */
function addHidden(command: Command, flags: string): void {
  const option = new Option(flags).hideHelp()
  const isTaken = command.options.some(
    ({ long, short }) => long === option.long || (short !== undefined && short === option.short),
  )
  if (!isTaken) command.addOption(option)
}
