/** Documents as trees of nodes: styles and the order of keys are kept, aliases and merge keys written out. */

import { withDefaults } from '../limits.ts'
import type { Limits } from '../limits.ts'
import type { YamlNode } from '../node.ts'
import { lineStarts, positionAt } from '../positions.ts'
import { Refusal } from '../problem.ts'
import type { Problem } from '../problem.ts'
import { readEvents } from '../read-events.ts'
import { splitDocuments } from '../split-documents.ts'
import type { DocumentSlice } from '../split-documents.ts'
import { NodeComposer } from './node-composer.ts'

/** The documents of a text, and what is wrong with it. */
export interface NodesResult {
  /** The documents that can be read, in their order; no two share a node. */
  nodes: YamlNode[]
  problems: Problem[]
}

/**
 * Reads every document of a text. Comments are left out, and so are documents of nothing else. A document that cannot be
 * read gives a problem instead of a node; of duplicate keys the last counts, with a problem. Never throws.
 */
export function readNodes(text: string, limits?: Partial<Limits>): NodesResult {
  const bounds = withDefaults(limits)
  const nodes: YamlNode[] = []
  const problems: Problem[] = []
  for (const slice of splitDocuments(text)) {
    let refusals: readonly Refusal[]
    try {
      const document = readEvents(text, slice.start, slice.end, bounds)
      const composer = new NodeComposer(document, bounds)
      nodes.push(composer.document())
      refusals = composer.duplicates
    } catch (error) {
      refusals = [asRefusal(error)]
    }
    if (refusals.length > 0) problems.push(...placed(text, slice, refusals))
  }
  return { nodes, problems }
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof RangeError) return new Refusal('yaml/too-deep', 'The document nests too deeply.', 0)
  return new Refusal('yaml/syntax', 'The text could not be read as YAML.', 0)
}

/** The offsets of the refusals count in the text. */
function placed(text: string, slice: DocumentSlice, refusals: readonly Refusal[]): Problem[] {
  const starts = lineStarts(text, slice.start, slice.end)
  return refusals.map(({ code, message, hint, offset }) => {
    const at = Math.min(Math.max(offset, slice.start), slice.end)
    const position = positionAt(text, at, starts, slice.line)
    return hint === undefined ? { code, message, ...position } : { code, message, hint, ...position }
  })
}
