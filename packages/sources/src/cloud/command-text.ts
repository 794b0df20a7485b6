/** Commands as people would type them. */

const LONGEST_ARGUMENT = 60

const PLAIN = /^[\w@%+=:,./-]+$/

/** The command in one line, with quotes where a shell would need them. */
export function commandText(program: string, args: readonly string[]): string {
  return [program, ...args]
    .map((each) => (PLAIN.test(each) ? each : `'${each.replaceAll("'", String.raw`'\''`)}'`))
    .join(' ')
}

/** The same in fewer words, for messages that are about something else: long arguments are left out. */
export function shortCommandText(program: string, args: readonly string[]): string {
  return commandText(
    program,
    args.map((each) => (each.length > LONGEST_ARGUMENT ? '...' : each)),
  )
}
