/** Commands as people would type them. */

const PLAIN = /^[\w@%+=:,./-]+$/

/** The command in one line, with quotes where a shell would need them. */
export function commandText(program: string, args: readonly string[]): string {
  return [program, ...args]
    .map((each) => (PLAIN.test(each) ? each : `'${each.replaceAll("'", String.raw`'\''`)}'`))
    .join(' ')
}
