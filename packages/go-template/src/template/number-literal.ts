/** Literals of numbers to what they are for parameters of each type. */
import { parseFloat64, parseInteger, parseUnsigned, quote } from '@kubescape/go'
import { Complex } from './complex.ts'
import type { NumberNode } from './tree.ts'
import { unquoteCharacter } from './unquote.ts'

const MAX_INTEGER = 2n ** 63n
const MAX_UNSIGNED = 2n ** 64n
const HEXADECIMAL_INTEGER = /^0[xX][^pP]+$/

/**
 * The node of a number that begins at `at`.
 * @returns a text that says what is wrong where it is none
 */
export function readNumber(
  type: 'number' | 'complex' | 'character constant',
  text: string,
  at: number,
): NumberNode | string {
  if (type === 'character constant') {
    const code = unquoteCharacter(text)
    if (typeof code === 'string') return code
    const integer = BigInt(code)
    return { kind: 'number', at, text, integer, unsigned: integer, float: code, constant: integer }
  }
  if (type === 'complex' || text.endsWith('i')) {
    const constant = type === 'complex' ? readComplex(text) : readImaginary(text)
    if (constant !== undefined) {
      const float = constant.imaginary === 0 ? constant.real : undefined
      return { kind: 'number', at, text, ...wholes(float), float, constant }
    }
  }
  return readReal(text, at)
}

function readReal(text: string, at: number): NumberNode | string {
  const signed = parseInteger(text, 0)
  const integer = signed.problem === undefined ? signed.value : undefined
  const whole = parseUnsigned(text, 0)
  const unsigned = whole.problem === undefined ? whole.value : integer === 0n ? 0n : undefined
  const looksFloat = /[.eEpP]/.test(text)
  if (integer === undefined && unsigned === undefined) {
    const { value: float, problem } = parseFloat64(text)
    if (problem !== undefined) return `illegal number syntax: ${quote(text)}`
    // Digits alone are meant to be whole, however many they are.
    return looksFloat
      ? { kind: 'number', at, text, ...wholes(float), float, constant: float }
      : `integer overflow: ${quote(text)}`
  }
  const float = Number(integer ?? unsigned)
  const constant = looksFloat && !HEXADECIMAL_INTEGER.test(text) ? float : integer
  return { kind: 'number', at, text, integer, unsigned, float, constant }
}

/** Whole numbers that a float is equal to. */
function wholes(float: number | undefined): { integer: bigint | undefined; unsigned: bigint | undefined } {
  if (float === undefined || !Number.isInteger(float)) return { integer: undefined, unsigned: undefined }
  const whole = BigInt(float)
  return {
    integer: whole >= -MAX_INTEGER && whole < MAX_INTEGER ? whole : undefined,
    unsigned: whole >= 0n && whole < MAX_UNSIGNED ? whole : undefined,
  }
}

function readImaginary(text: string): Complex | undefined {
  const { value, problem } = parseFloat64(text.slice(0, -1))
  return problem === undefined ? new Complex(0, value) : undefined
}

/** `1+2i`: the sign that parts them is the last one that follows no exponent. */
function readComplex(text: string): Complex | undefined {
  const isHexadecimal = /^[+-]?0[xX]/.test(text)
  const exponents = isHexadecimal ? 'pP' : 'eE'
  for (let at = text.length - 1; at > 0; at--) {
    const isSign = text[at] === '+' || text[at] === '-'
    if (!isSign || exponents.includes(text.charAt(at - 1))) continue
    const [real, imaginary] = [parseFloat64(text.slice(0, at)), parseFloat64(text.slice(at, -1))]
    if (real.problem !== undefined || imaginary.problem !== undefined) return undefined
    return new Complex(real.value, imaginary.value)
  }
  return undefined
}
