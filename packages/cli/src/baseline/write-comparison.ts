/** The formats that a comparison can be written in. */
import { DIFF_RENDERERS } from '@kubescape/formats'
import { renderComparison, type Comparison } from '@kubescape/results'
import { yamlFromJson } from '@kubescape/yaml'

import { Failure } from '../failure.ts'

/** Makes the text of a comparison. */
type RenderDiff = (comparison: Comparison, colour: boolean) => Iterable<string>

/** A format for comparisons. */
interface DiffFormat {
  readonly name: string
  readonly extension: string
  load(): Promise<RenderDiff>
}

/** Every format, in the order of help and docs. */
const DIFF_FORMATS: readonly DiffFormat[] = [
  { name: 'pretty-printer', extension: '.txt', load: DIFF_RENDERERS.pretty },
  { name: 'json', extension: '.json', load: () => Promise.resolve(renderComparison) },
  {
    name: 'yaml',
    extension: '.yaml',
    load: () => Promise.resolve((comparison) => yamlFromJson(renderComparison(comparison))),
  },
  { name: 'markdown', extension: '.md', load: DIFF_RENDERERS.markdown },
]

/**
 * The format with this name.
 * @throws {Failure} for others
 */
export function diffFormat(name: string): DiffFormat {
  const wanted = name.trim().toLowerCase()
  const format = DIFF_FORMATS.find((each) => each.name === wanted)
  if (format !== undefined) return format
  throw new Failure(
    `--format does not know "${name}" for comparisons`,
    `Use one of ${DIFF_FORMATS.map((each) => each.name).join(', ')}.`,
  )
}
