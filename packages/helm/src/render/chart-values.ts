/** The values of a user: files over each other, and single values on top. */
import { chartFailure } from '../chart/chart-error.ts'
import { EncodingError } from '../encoding/encoding-error.ts'
import { readJson } from '../encoding/json-reader.ts'
import { Dict, type ValueLayer } from '@kubescape/go-template'
import { applySet, type SetKind } from '../values/set-grammar/apply-set.ts'
import { readValues } from '../values/read-values.ts'
import { mergeOver, type Spend } from '../values/tables.ts'
import type { RenderOptions, SetValue } from './render-options.ts'

/** Helm goes through its flags in this order, wherever they stand on the command line. */
const SET_ORDER: readonly SetKind[] = ['set-json', 'set', 'set-string', 'set-file', 'set-literal']

/**
 * What the options say about values.
 * @throws {ChartFailure} when a file or flag cannot be understood
 */
export function userValues(options: RenderOptions, spend: Spend): Dict {
  const { values = [], sets = [], sourceMap = false, readFile } = options
  const merged = new Dict()
  for (const { name, text } of values) {
    const read = readValues(text, sourceMap ? { layer: { kind: 'file', name }, path: [] } : undefined)
    if ('error' in read) throw chartFailure('values', `failed to parse ${name}: ${read.error}`)
    mergeOver(merged, read.values, spend)
  }
  for (const kind of SET_ORDER) {
    for (const set of sets) if (set.kind === kind) applyFlag(set, merged, layerOf(set, sourceMap), readFile, spend)
  }
  return merged
}

function layerOf({ text }: SetValue, traced: boolean): ValueLayer | undefined {
  return traced ? { kind: 'set', name: text } : undefined
}

function applyFlag(
  { kind, text }: SetValue,
  values: Dict,
  layer: ValueLayer | undefined,
  readFile: RenderOptions['readFile'],
  spend: Spend,
): void {
  if (kind === 'set-json' && text.trimStart().startsWith('{')) {
    const problem = layObject(text, values, layer, spend)
    if (problem !== undefined) throw chartFailure('values', `failed parsing --set-json data JSON: ${problem}`)
    return
  }
  const problem = applySet(kind, text, values, {
    ...(layer === undefined ? {} : { layer }),
    ...(readFile === undefined ? {} : { readFile }),
  })
  if (problem !== undefined) throw chartFailure('values', `failed parsing --${kind} data: ${problem}`)
}

/** A whole object is laid over the values as a file would be: JSON is YAML. */
function layObject(text: string, values: Dict, layer: ValueLayer | undefined, spend: Spend): string | undefined {
  try {
    readJson(text, { spend })
  } catch (error) {
    if (error instanceof EncodingError) return error.message
    throw error
  }
  const read = readValues(text, layer === undefined ? undefined : { layer, path: [] })
  if ('error' in read) return read.error
  mergeOver(values, read.values, spend)
  return undefined
}
