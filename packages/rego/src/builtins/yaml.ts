/** Builtins that read and write YAML the way of Kubernetes: by way of JSON, with the words of YAML 1.1. */
import {
  compareKeys,
  isSurrogateEscaped,
  jsonFloatText,
  kubernetesStyle,
  openDocument,
  splitDocuments,
  YamlEmitter,
  type Value as YamlValue,
} from '@kubescape/yaml'
import { ANY, BOOLEAN, STRING } from '../types/type.ts'
import { Decimal } from '../values/decimal.ts'
import { floatOf, isNumber, numberFromText, type NumberValue } from '../values/number.ts'
import { isObject } from '../values/object.ts'
import { get, keysOf, RegoSet, type Value } from '../values/value.ts'
import { type Builtin, type BuiltinContext, define } from './builtin.ts'
import { isReadable } from './json.ts'
import { writeJson } from './json-text.ts'
import { failure, textOperand } from './operands.ts'

/** Lists and mappings within each other. */
const DEEPEST = 1_000

/** `yaml.marshal`, `yaml.unmarshal`, `yaml.is_valid`. */
export const YAML_BUILTINS: readonly Builtin[] = [
  define('yaml.marshal', [ANY], STRING, (context, value) => {
    const emitter = new YamlEmitter(kubernetesStyle)
    write(context, emitter, value, 0)
    return emitter.finish()
  }),
  define('yaml.unmarshal', [STRING], ANY, (context, text) => readYaml(context, textOperand(text, 1))),
  define(
    'yaml.is_valid',
    [STRING],
    BOOLEAN,
    (context, text) => typeof text === 'string' && isReadable(() => readYaml(context, text)),
  ),
]

/** The first document of the text; null where there is none. */
function readYaml(context: BuiltinContext, text: string): Value {
  context.spend(text.length)
  const slice = splitDocuments(text)[0]
  if (slice === undefined) return null
  const { value, problems } = openDocument(text, slice)
  if (value === undefined) {
    const problem = problems[0]
    throw failure(problem === undefined ? 'the text is no YAML' : `line ${problem.line}: ${problem.message}`)
  }
  if (/\\u[dD][89a-fA-F]/.test(text) && isSurrogateEscaped(text, slice)) {
    throw failure('half of a surrogate pair is no character')
  }
  return fromYaml(value)
}

/** Documents are taken as they are; only numbers may have another form here. */
function fromYaml(value: YamlValue): Value {
  if (typeof value === 'number') return fromFloat(value)
  if (typeof value !== 'object' || value === null || (value as unknown) instanceof Decimal) return value
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      const item = value[at] as YamlValue
      const changed = fromYaml(item)
      if (changed !== item) value[at] = changed as YamlValue
    }
  } else {
    for (const key of Object.keys(value)) {
      const item = value[key] as YamlValue
      const changed = fromYaml(item)
      if (changed !== item) Object.defineProperty(value, key, { value: changed })
    }
  }
  return value
}

/** Numbers have been through JSON, where those of a certain size are whole. */
function fromFloat(value: number): NumberValue {
  if (Number.isSafeInteger(value)) return value + 0
  if (!Number.isFinite(value)) throw failure('infinity and what is no number have no value')
  return numberFromText(String(value)) as NumberValue
}

function write(context: BuiltinContext, emitter: YamlEmitter, value: Value, depth: number): void {
  if (depth > DEEPEST) throw failure(`the value nests more than ${DEEPEST} levels deep`)
  if (typeof value === 'string') {
    context.spend(value.length)
    emitter.text(value)
  } else if (isNumber(value)) emitter.scalar(numberYaml(value), 'plain')
  else if (value === null || typeof value === 'boolean') emitter.scalar(String(value), 'plain')
  else if (Array.isArray(value)) writeList(context, emitter, value as readonly Value[], depth)
  else if (value instanceof RegoSet) writeList(context, emitter, value.values(), depth)
  else if (isObject(value)) {
    const entries = keysOf(value).map((key) => [
      typeof key === 'string' ? key : writeJson(key),
      get(value, key) as Value,
    ]) as [string, Value][]
    context.spend(entries.length * (depth + 1))
    emitter.mapping(entries.length)
    for (const [key, member] of entries.toSorted(([a], [b]) => compareKeys(a, b))) {
      emitter.key(key)
      write(context, emitter, member, depth + 1)
    }
    emitter.end()
  }
}

function writeList(context: BuiltinContext, emitter: YamlEmitter, items: readonly Value[], depth: number): void {
  context.spend(items.length * (depth + 1))
  emitter.sequence(items.length)
  for (const item of items) write(context, emitter, item, depth + 1)
  emitter.end()
}

/** Numbers that 64 bits do not hold are floats in YAML. */
function numberYaml(value: NumberValue): string {
  if (typeof value === 'bigint' && value >= -(2n ** 63n) && value < 2n ** 64n) return String(value)
  const float = floatOf(value)
  if (!Number.isFinite(float)) throw failure('a number is too large for YAML')
  return jsonFloatText(float)
}
