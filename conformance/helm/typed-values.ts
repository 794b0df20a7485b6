/** Values of the cases of `helm`: JSON in which objects such as `{"$i64": "5"}` stand for the kinds of Go. */
import { Dict, List, Sized, type SizedKind, type Value } from '../../packages/helm/src/go/value.ts'

const SIZED: Readonly<Record<string, SizedKind>> = {
  $i8: 'int8',
  $i16: 'int16',
  $i32: 'int32',
  $i64: 'int64',
  $uint: 'uint',
  $u16: 'uint16',
  $u64: 'uint64',
}
const ELEMENTS: Readonly<Record<string, string>> = { byte: 'uint8' }

/** The value that a case means. */
export function readTyped(json: unknown): Value {
  if (json === undefined || json === null) return null
  if (typeof json === 'string' || typeof json === 'boolean') return json
  if (typeof json === 'number') return Number.isInteger(json) ? BigInt(json) : json
  if (Array.isArray(json)) return new List(json.map(readTyped))
  const object = json as Record<string, unknown>
  const [form = '', body] = Object.entries(object)[0] ?? []
  if (form === '$int') return readInt(body as string)
  if (form === '$f64') return readFloat(body as string)
  if (form === '$f32') return new Sized('float32', Math.fround(readFloat(body as string)))
  if (form === '$bytes') return new List([...Buffer.from(body as string, 'base64')].map(byte), 'uint8')
  if (form === '$slice') return readSlice(body as string, object['v'] as readonly unknown[])
  if (form === '$map') return readMap(object['v'] as Record<string, unknown>, `map[string]${body as string}`)
  const kind = SIZED[form]
  return kind === undefined ? readMap(object, 'map[string]interface {}') : new Sized(kind, BigInt(body as string))
}

/** Integers beyond int64 were made from floats, of which the processor makes the least integer. */
function readInt(text: string): bigint {
  const value = BigInt(text)
  return BigInt.asIntN(64, value) === value ? value : -(2n ** 63n)
}

function readFloat(text: string): number {
  return Number(text.replace('Inf', 'Infinity'))
}

function readSlice(element: string, items: readonly unknown[]): List {
  const values = items.map(readTyped)
  return new List(
    element === 'byte' ? values.map((value) => byte(value instanceof Sized ? value.value : (value as bigint))) : values,
    ELEMENTS[element] ?? element,
  )
}

function readMap(entries: Record<string, unknown>, type: string): Dict {
  return new Dict(new Map(Object.entries(entries).map(([key, value]) => [key, readTyped(value)])), type)
}

function byte(value: bigint | number): Sized {
  return new Sized('uint8', BigInt(value))
}
