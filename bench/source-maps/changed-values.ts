/** Values files that change one entry. */
import { isValueMap, readDocument, splitDocuments, type Value } from '@kubescape/yaml'

import type { RenderOptions, ValueOrigin } from '../../packages/helm/src/index.ts'

/** A values file in which an entry is another than in the layer that it comes from. */
export function changedValues(
  { layer, path }: ValueOrigin,
  files: ReadonlyMap<string, Uint8Array>,
  { values = [] }: RenderOptions,
): string | undefined {
  const text =
    layer.kind === 'chart'
      ? new TextDecoder().decode(files.get(layer.name))
      : values.find(({ name }) => name === layer.name)?.text
  if (text === undefined) return undefined
  const below = layer.kind === 'chart' ? (layer.name.match(/(?:^|\/)charts\//g)?.length ?? 0) : 0
  const slice = splitDocuments(text)[0]
  const tree = slice === undefined ? undefined : readDocument(text, slice).value
  return JSON.stringify(changed(tree, path, below))
}

/** The entry with all that is around it; lists are whole, as values replace them. */
function changed(tree: Value | undefined, [step, ...rest]: readonly (string | number)[], above: number): unknown {
  if (step === undefined) return other(tree)
  if (typeof step === 'number') {
    return (Array.isArray(tree) ? tree : []).map((item, at) => (at === step ? changed(item, rest, 0) : item))
  }
  const inner = above > 0 ? tree : isValueMap(tree) && Object.hasOwn(tree, step) ? tree[step] : undefined
  return { [step]: changed(inner, rest, above - 1) }
}

function other(value: Value | undefined): unknown {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value) + 1
  if (Array.isArray(value)) return [...value, 'changed']
  if (isValueMap(value)) return { ...value, changed: 'changed' }
  return typeof value === 'string' && value !== '' ? `${value}x` : 'changed'
}
