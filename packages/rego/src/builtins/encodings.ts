/** Builtins for base64, hexadecimal digits and parts of URLs. */
import { decodeBase64, encodeBase64, fromByteText, fromBytes, toBytes, toByteText } from '@kubescape/go'
import { arrayOf, BOOLEAN, either, objectOf, setOf, STRING } from '../types/type.ts'
import { emptyObject } from '../values/object.ts'
import { get, keysOf, RegoSet, type Value } from '../values/value.ts'
import { valueText } from '../values/value-text.ts'
import { BuiltinError, type Builtin, define } from './builtin.ts'
import { failure, objectOperand, textOperand } from './operands.ts'

const QUERY_VALUES = either(STRING, arrayOf(STRING), setOf(STRING))

/** `base64.*`, `base64url.*`, `hex.*`, `urlquery.*`. */
export const ENCODINGS: readonly Builtin[] = [
  coding('base64.encode', (text) => encodeBase64(toBytes(text))),
  coding('base64.decode', decoded),
  define('base64.is_valid', [STRING], BOOLEAN, (context, text) => {
    if (typeof text !== 'string') return false
    context.spend(text.length)
    return !('problem' in decodeBase64(text))
  }),
  coding('base64url.encode', (text) => urlAlphabet(encodeBase64(toBytes(text)))),
  coding('base64url.encode_no_pad', (text) => urlAlphabet(encodeBase64(toBytes(text))).replace(/=+$/, '')),
  coding('base64url.decode', (text) => {
    if (/[+/]/.test(text)) throw failure('illegal base64 data')
    const plain = text.replaceAll('-', '+').replaceAll('_', '/')
    // Padding may be left out.
    const left = text.length % 4
    if (text.endsWith('=') || left === 0) return decoded(plain)
    if (left === 1) throw failure('illegal base64 data: its length is none that base64 has')
    return decoded(plain.padEnd(text.length + 4 - left, '='))
  }),
  coding('hex.encode', (text) => {
    let digits = ''
    for (const byte of toBytes(text)) digits += byte.toString(16).padStart(2, '0')
    return digits
  }),
  coding('hex.decode', (text) => {
    const wrong = /[^0-9a-fA-F]/u.exec(text)
    if (wrong !== null) throw failure(`${JSON.stringify(wrong[0])} is no hexadecimal digit`)
    if (text.length % 2 === 1) throw failure('the number of hexadecimal digits is odd')
    const bytes = new Uint8Array(text.length / 2)
    for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(text.slice(at * 2, at * 2 + 2), 16)
    return fromBytes(bytes)
  }),
  coding('urlquery.encode', queryEscaped),
  coding('urlquery.decode', queryUnescaped),
  define('urlquery.encode_object', [objectOf(STRING, QUERY_VALUES)], STRING, (context, operand) => {
    const object = objectOperand(operand, 1)
    const pairs: string[] = []
    for (const key of keysOf(object)) {
      const name = typeof key === 'string' ? key : valueText(key)
      for (const value of queryValues(get(object, key) as Value)) {
        context.spend(name.length + value.length)
        pairs.push(`${queryEscaped(name)}=${queryEscaped(value)}`)
      }
    }
    return pairs.join('&')
  }),
  define('urlquery.decode_object', [STRING], objectOf(STRING, arrayOf(STRING)), (context, operand) => {
    const query = textOperand(operand, 1)
    context.spend(query.length)
    const values = emptyObject() as Record<string, string[]>
    for (const pair of query.split('&')) {
      if (pair.includes(';')) throw failure('a semicolon separates nothing in a query')
      if (pair === '') continue
      const equals = pair.indexOf('=')
      const name = queryUnescaped(equals < 0 ? pair : pair.slice(0, equals))
      ;(values[name] ??= []).push(equals < 0 ? '' : queryUnescaped(pair.slice(equals + 1)))
    }
    return values
  }),
]

/** What a character costs, in steps: it is taken to bytes and back. */
const CODING_STEPS = 4

/** A function from text to text. */
function coding(name: string, code: (text: string) => string): Builtin {
  return define(name, [STRING], STRING, (context, operand) => {
    const text = textOperand(operand, 1)
    context.spend(text.length * CODING_STEPS)
    return code(text)
  })
}

function decoded(text: string): string {
  const bytes = decodeBase64(text)
  if ('problem' in bytes) throw failure(bytes.problem)
  return fromBytes(bytes)
}

function urlAlphabet(text: string): string {
  return text.replaceAll('+', '-').replaceAll('/', '_')
}

function queryValues(value: Value): readonly string[] {
  if (typeof value === 'string') return [value]
  const members = value instanceof RegoSet ? value.values() : value
  if (!Array.isArray(members) || !members.every((member) => typeof member === 'string')) {
    throw new BuiltinError('eval_type_error', 'operand 1 values must be string, array[string] or set[string]')
  }
  return members
}

/** RFC 3986, section 2.3, apart from spaces, which are plus signs. */
function queryEscaped(text: string): string {
  return toByteText(text).replaceAll(/[^A-Za-z0-9\-_.~]/g, (byte) =>
    byte === ' ' ? '+' : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

function queryUnescaped(text: string): string {
  const wrong = /%(?![0-9a-fA-F]{2}).{0,2}/s.exec(text)
  if (wrong !== null) throw failure(`invalid URL escape ${JSON.stringify(wrong[0])}`)
  return fromByteText(
    toByteText(text.replaceAll('+', ' ')).replaceAll(/%../g, (escape) =>
      String.fromCharCode(Number.parseInt(escape.slice(1), 16)),
    ),
  )
}
