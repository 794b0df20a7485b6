/** Complex numbers: charts have no use for them, but Go's literals can be one. */
import { floatText } from '@kubescape/go'
import { MISSING, Struct } from '../go/value.ts'

/** A complex128. */
export class Complex extends Struct {
  readonly type = 'complex128'
  readonly real: number
  readonly imaginary: number

  constructor(real: number, imaginary: number) {
    super()
    this.real = real
    this.imaginary = imaginary
  }

  field(): typeof MISSING {
    return MISSING
  }

  method(): undefined {
    return undefined
  }

  print(): string {
    const imaginary = floatText(this.imaginary)
    return `(${floatText(this.real)}${/^[+-]/.test(imaginary) ? '' : '+'}${imaginary}i)`
  }

  equals(other: Complex): boolean {
    return this.real === other.real && this.imaginary === other.imaginary
  }
}
