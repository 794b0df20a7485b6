/** Command lines of processes: which flags they were given, and the text of them without secrets. */
import { isSecretName, MASK, maskText } from './secrets.ts'

/** The arguments behind the text of `/proc/PID/cmdline`, where each ends with a NUL byte. */
export function splitCommandLine(text: string): string[] {
  const args = text.split('\0')
  // What a process writes over its arguments is padded with NULs (k3s does).
  while (args.at(-1) === '') args.pop()
  return args
}

/**
 * The last value of a flag, as Go's flag libraries read it: `--flag=value`, `--flag value`, with one dash or two. Undefined where
 * the flag is not given; empty where it stands alone.
 */
export function flagValue(args: readonly string[], flag: string): string | undefined {
  let value: string | undefined
  for (const [at, arg] of args.entries()) {
    const given = flagOf(arg)
    if (given?.name !== flag) continue
    const next = args[at + 1] ?? ''
    value = given.value ?? (next.startsWith('-') ? '' : next)
  }
  return value
}

/** One line of text with the secrets masked; the values that checks look at stay as they are. */
export function commandLineText(args: readonly string[]): string {
  return args.map((arg, at) => maskArgument(arg, args[at - 1])).join(' ')
}

function maskArgument(arg: string, before: string | undefined): string {
  const flag = before === undefined || arg.startsWith('--') ? undefined : flagOf(before)
  if (flag !== undefined && flag.value === undefined && isSecret(flag.name, arg)) return MASK
  const [name = '', ...value] = arg.split('=')
  return value.length > 0 && isSecret(name, value.join('=')) ? `${name}=${MASK}` : maskText(arg)
}

/** A switch about secrets is not a secret: `--use-service-account-credentials=true`. */
function isSecret(name: string, value: string): boolean {
  return isSecretName(name) && value !== '' && value !== 'true' && value !== 'false'
}

function flagOf(arg: string): { name: string; value: string | undefined } | undefined {
  const [, name = '', value] = /^--?([A-Za-z][\w.-]*)(?:=(.*))?$/s.exec(arg) ?? []
  return name === '' ? undefined : { name: `--${name}`, value }
}
