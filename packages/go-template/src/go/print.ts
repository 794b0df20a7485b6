/** Values to text as Go's package fmt does it: `Sprint`, `Sprintln`, `Sprintf`. */
import { Directives } from './format/directives.ts'
import { Printer } from './format/printer.ts'
import { floatText } from '@kubescape/go'
import { plain, Sized, type Value } from './value.ts'

/**
 * A value as `%v` prints it, and as templates write it: `<no value>` for undefined, `<nil>` for null.
 * @throws {LimitError} when it is nested too deep or gets too long
 */
export function sprint(value: Value): string {
  const bare = plain(value)
  switch (typeof bare) {
    case 'string':
      return bare
    case 'number':
      return floatText(bare)
    case 'bigint':
    case 'boolean':
      return String(bare)
    case 'undefined':
      return '<no value>'
    default:
  }
  if (bare instanceof Sized && typeof bare.value === 'bigint') return String(bare.value)
  const printer = new Printer()
  printer.argument(bare, 'v')
  return printer.text
}

/**
 * The arguments one after another, with a space between two of which neither is a string: Go's `Sprint`.
 * @throws {LimitError} as `sprint`
 */
export function sprintPrint(args: readonly Value[]): string {
  const printer = new Printer()
  let afterString = true
  for (const arg of args) {
    const isString = typeof plain(arg) === 'string'
    if (!isString && !afterString) printer.write(' ')
    printer.argument(arg, 'v')
    afterString = isString
  }
  return printer.text
}

/**
 * The arguments with a space between all of them and a line feed at the end: Go's `Sprintln`.
 * @throws {LimitError} as `sprint`
 */
export function sprintln(args: readonly Value[]): string {
  const printer = new Printer()
  for (const [at, arg] of args.entries()) {
    if (at > 0) printer.write(' ')
    printer.argument(arg, 'v')
  }
  printer.write('\n')
  return printer.text
}

/**
 * The arguments as the format says: Go's `Sprintf`. What is wrong with the format shows in the text, as in Go:
 * `%!d(string=x)`, `%!(EXTRA int=1)`.
 * @throws {LimitError} as `sprint`
 */
export function sprintf(format: string, args: readonly Value[]): string {
  const printer = new Printer()
  new Directives(format, args, printer).run()
  return printer.text
}
