/** Builtins that read and write JSON. */
import { ANY, BOOLEAN, type ObjectType, STRING } from '../types/type.ts'
import { keysOf, get, type ObjectValue, type Value } from '../values/value.ts'
import { valueText } from '../values/value-text.ts'
import { BuiltinError, type Builtin, type BuiltinContext, define } from './builtin.ts'
import { readJson, writeJson, type Layout } from './json-text.ts'
import { objectOperand, textOperand, typeName } from './operands.ts'

const OPTIONS: ObjectType = {
  kind: 'object',
  properties: [
    ['indent', STRING],
    ['prefix', STRING],
    ['pretty', BOOLEAN],
  ],
  rest: { key: STRING, value: ANY },
}

/** `json.marshal`, `json.unmarshal`, `json.is_valid` and so on. */
export const JSON_BUILTINS: readonly Builtin[] = [
  define('json.marshal', [ANY], STRING, (context, value) => spent(context, writeJson(value))),
  define('json.marshal_with_options', [ANY, OPTIONS], STRING, (context, value, options) =>
    spent(context, writeJson(value, layoutOf(objectOperand(options, 2)))),
  ),
  define('json.unmarshal', [STRING], ANY, (context, operand) => {
    const text = textOperand(operand, 1)
    context.spend(text.length)
    return readJson(text)
  }),
  define('json.is_valid', [STRING], BOOLEAN, (context, text) => {
    if (typeof text !== 'string') return false
    context.spend(text.length)
    return isReadable(() => readJson(text))
  }),
]

/** Whether reading gives a value. */
export function isReadable(read: () => Value): boolean {
  try {
    read()
    return true
  } catch (error) {
    if (error instanceof BuiltinError) return false
    throw error
  }
}

function spent(context: BuiltinContext, text: string): string {
  context.spend(text.length)
  return text
}

/** Lines where they are asked for, or where something is said about them. */
function layoutOf(options: ObjectValue): Layout | undefined {
  let isPretty: boolean | undefined
  let prefix: string | undefined
  let indent: string | undefined
  for (const key of keysOf(options)) {
    const value = get(options, key) as Value
    switch (key) {
      case 'pretty':
        if (typeof value !== 'boolean') throw wrongOption(key, 'boolean', value)
        isPretty = value
        break
      case 'prefix':
        if (typeof value !== 'string') throw wrongOption(key, 'string', value)
        prefix = value
        break
      case 'indent':
        if (typeof value !== 'string') throw wrongOption(key, 'string', value)
        indent = value
        break
      default:
        throw new BuiltinError('eval_type_error', `operand 2 has the unknown key ${valueText(key)}`)
    }
  }
  isPretty ??= prefix !== undefined || indent !== undefined
  return isPretty ? { prefix: prefix ?? '', indent: indent ?? '\t' } : undefined
}

function wrongOption(key: string, wanted: string, value: Value): BuiltinError {
  return new BuiltinError('eval_type_error', `operand 2 key "${key}" must be ${wanted} but got ${typeName(value)}`)
}
