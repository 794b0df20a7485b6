/** Documents of a file to objects. */
import { readNodes, splitDocuments, type MappingNode, type YamlNode } from '@kubescape/yaml'

import { asList, asMapping, asText, get, getPath, isNull } from '../nodes/node.ts'
import { BuildError } from '../problem.ts'
import { Resource } from './resource.ts'

/**
 * The objects of a text.
 * @throws {BuildError} when a document is no object
 */
export function readResources(text: string, file: string, directories: readonly string[]): Resource[] {
  const slices = splitDocuments(text)
  return slices.flatMap((slice) => {
    const part = text.slice(slice.start, slice.end)
    const { nodes, problems } = readNodes(part)
    const [problem] = problems
    // Of two equal keys the last counts for the reader of nodes; kustomize refuses them.
    if (problem !== undefined) {
      throw new BuildError(
        `accumulating resources from '${file}': MalformedYAMLError: ${problem.message} in File: ${file}`,
        file,
        slice.line + (problem.line ?? 1) - 1,
      )
    }
    return nodes.flatMap((node) =>
      objectsOf(node, file, slice.line).map(
        (object) => new Resource(object, { file, start: slice.start, end: slice.end, line: slice.line, directories }),
      ),
    )
  })
}

/** The object of a document, or those of a list. */
function objectsOf(node: YamlNode, file: string, line: number): MappingNode[] {
  if (isNull(node)) return []
  const object = asMapping(node)
  if (object === undefined) throw new BuildError(`${file}: a document is no object`, file, line)
  if (object.entries.length === 0) return []
  const kind = asText(get(object, 'kind'))
  if (kind === undefined || kind === '') throw new BuildError(`missing metadata.kind in object in ${file}`, file, line)
  const items = kind.endsWith('List') ? asList(get(object, 'items')) : undefined
  if (items !== undefined) return items.items.flatMap((item) => objectsOf(item, file, line))
  const name = asText(getPath(object, 'metadata', 'name')) ?? asText(getPath(object, 'metadata', 'generateName'))
  if ((name ?? '') === '' && !kind.endsWith('List')) {
    throw new BuildError(`missing metadata.name in object {${kind}} in ${file}`, file, line)
  }
  return [object]
}
