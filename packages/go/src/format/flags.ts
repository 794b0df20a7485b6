/** What stands between the percent sign and the verb of a format, and how it pads. */
import { runeCount } from '../bytes.ts'

/** Flags, width and precision of one directive. */
export class Flags {
  sharp = false
  plus = false
  minus = false
  space = false
  zero = false
  /** `%#v`: values as they are written in Go. */
  goSyntax = false
  width: number | undefined
  precision: number | undefined

  /** For `%v`, `#` asks for Go's syntax, and `+` for the names of fields; numbers and texts do not see these flags. */
  forValues(): void {
    this.goSyntax = this.sharp
    this.sharp = false
    this.plus = false
  }

  clear(): void {
    this.sharp = false
    this.plus = false
    this.minus = false
    this.space = false
    this.zero = false
    this.goSyntax = false
    this.width = undefined
    this.precision = undefined
  }
}

/** The text, padded to the width; `zero` allows zeros on its left. */
export function pad(text: string, flags: Flags, zero = flags.zero): string {
  if (flags.width === undefined || flags.width === 0) return text
  const missing = flags.width - runeCount(text)
  if (missing <= 0) return text
  if (flags.minus) return text + ' '.repeat(missing)
  return (zero ? '0' : ' ').repeat(missing) + text
}
