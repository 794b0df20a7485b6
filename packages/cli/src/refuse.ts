/** Says why something is refused that Kubescape has. Loaded only when a command line did not fit. */
import { Failure } from './failure.ts'
import { REFUSED_COMMANDS, REFUSED_FLAGS, type Refusal } from './refusals.ts'

/** The refusal of a flag that commander did not know, as it was typed; undefined for flags that nobody knows. */
export function refusedFlag(typed: string): Failure | undefined {
  const name = typed.replace(/=.*/s, '')
  return asFailure(name, REFUSED_FLAGS)
}

/** The refusal of a command, by the words of a command line; undefined where no command is refused. */
export function refusedCommand(args: readonly string[]): Failure | undefined {
  const words = args.filter((arg) => !arg.startsWith('-'))
  for (let length = Math.min(3, words.length); length > 0; length--) {
    const found = asFailure(words.slice(0, length).join(' '), REFUSED_COMMANDS)
    if (found !== undefined) return found
  }
  return undefined
}

function asFailure(name: string, refusals: readonly Refusal[]): Failure | undefined {
  const refusal = refusals.find(({ names }) => names.includes(name))
  return refusal === undefined ? undefined : new Failure(`${name} is refused: ${refusal.reason}`, refusal.hint)
}
