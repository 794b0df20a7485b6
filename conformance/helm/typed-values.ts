/** Typed values of the cases (see the README beside them) to values of templates. */
import { Dict, List, Sized, type SizedKind, type Value } from '@kubescape/go-template'

const KINDS: Readonly<Record<string, SizedKind>> = {
  $i8: 'int8',
  $i16: 'int16',
  $i32: 'int32',
  $i64: 'int64',
  $uint: 'uint',
  $u16: 'uint16',
  $u64: 'uint64',
}

/** The value that a case writes down. */
export function fromTyped(typed: unknown): Value {
  if (typed === null || typeof typed === 'string' || typeof typed === 'boolean') return typed
  if (typeof typed === 'number') return Number.isInteger(typed) ? BigInt(typed) : typed
  if (Array.isArray(typed)) return new List(typed.map(fromTyped))
  if (typeof typed !== 'object') throw new Error(`no typed value: ${typeof typed}`)
  const entries = Object.entries(typed as Record<string, unknown>)
  const [tag, content] = entries[0] ?? ['', undefined]
  if (tag === '$slice' || tag === '$map') return collection(typed as Collection)
  return entries.length === 1 && tag.startsWith('$')
    ? tagged(tag, String(content))
    : new Dict(new Map(entries.map(([key, value]) => [key, fromTyped(value)])))
}

interface Collection {
  readonly $slice?: string
  readonly $map?: string
  readonly v: Readonly<Record<string, unknown>> | readonly unknown[] | null
}

function collection({ $slice, $map, v }: Collection): Value {
  if ($slice !== undefined)
    return new List(
      Object.values(v ?? []).map((item) => element($slice, item)),
      goType($slice),
    )
  const entries = Object.entries(v ?? {}).map(([key, value]) => [key, element($map ?? '', value)] as const)
  return new Dict(new Map(entries), `map[string]${$map}`)
}

function element(type: string, item: unknown): Value {
  const value = fromTyped(item)
  if (type !== 'byte') return value
  return new Sized('uint8', value instanceof Sized ? value.value : (value as bigint))
}

function goType(type: string): string {
  return type === 'byte' ? 'uint8' : type
}

function tagged(tag: string, content: string): Value {
  if (tag === '$int') return intOf(content)
  if (tag === '$f64') return floatOf(content)
  if (tag === '$f32') return new Sized('float32', Math.fround(floatOf(content)))
  if (tag === '$bytes') {
    return new List(
      [...Buffer.from(content, 'base64')].map((byte) => new Sized('uint8', BigInt(byte))),
      'uint8',
    )
  }
  const kind = KINDS[tag]
  if (kind === undefined) throw new Error(`no typed value: ${tag}`)
  return new Sized(kind, BigInt(content))
}

/** Integers beyond int64 were made from floats, of which the processor makes the least integer. */
function intOf(text: string): bigint {
  const value = BigInt(text)
  return BigInt.asIntN(64, value) === value ? value : -(2n ** 63n)
}

function floatOf(text: string): number {
  if (text === 'Inf' || text === '+Inf') return Infinity
  return text === '-Inf' ? -Infinity : Number(text)
}
