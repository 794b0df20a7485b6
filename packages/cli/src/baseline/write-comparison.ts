/** The formats that a comparison can be written in. */
import {
  DIFF_RENDERERS,
  recordedEvidence,
  REGRESSION_FORMATS,
  type Format,
  type RenderContext,
} from '@kubescape/formats'
import {
  regressionReport,
  regressions,
  renderComparison,
  type Comparison,
  type Snapshot,
} from '@kubescape/results/comparison'
import { yamlFromJson } from '@kubescape/yaml'

import { Failure } from '../failure.ts'
import { sourceRoots } from '../source-roots.ts'

/** What is written, and how. */
interface DiffPage {
  readonly comparison: Comparison
  /** The newer of the two, and its file. */
  readonly head: Snapshot
  readonly file: string
  readonly colour: boolean
  readonly warn: (message: string) => void
}

interface DiffFormat {
  readonly name: string
  readonly extension: string
  render(page: DiffPage): Promise<Iterable<string>>
}

/** Every format, in the order of help and docs. */
const DIFF_FORMATS: readonly DiffFormat[] = [
  {
    name: 'pretty-printer',
    extension: '.txt',
    render: async ({ comparison, colour }) => (await DIFF_RENDERERS.pretty())(comparison, colour),
  },
  { name: 'json', extension: '.json', render: ({ comparison }) => Promise.resolve(renderComparison(comparison)) },
  {
    name: 'yaml',
    extension: '.yaml',
    render: ({ comparison }) => Promise.resolve(yamlFromJson(renderComparison(comparison))),
  },
  {
    name: 'markdown',
    extension: '.md',
    render: async ({ comparison }) => (await DIFF_RENDERERS.markdown())(comparison),
  },
  ...REGRESSION_FORMATS.map((format) => ({
    name: format.name,
    extension: format.extension,
    render: (page: DiffPage) => renderRegressions(format, page),
  })),
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

/** Pipelines are told of what is new, and of what cannot be compared. */
async function renderRegressions(format: Format<string>, page: DiffPage): Promise<Iterable<string>> {
  const { comparison, head, file, warn } = page
  const { LIBRARY } = await import('@kubescape/controls')
  const recorded = regressionReport(regressions(comparison, ''), {
    head,
    file,
    controlOf: (id) => LIBRARY.find((control) => control.id === id),
  })
  const { report } = recorded
  const context: RenderContext = {
    evidence: await recordedEvidence(recorded),
    view: 'security',
    verbose: false,
    width: 120,
    colour: false,
    formatVersion: 'v3',
    program: 'kubescape',
    roots: sourceRoots(report.metadata.input),
    warn,
  }
  const render = await format.load()
  return render(report, context)
}
