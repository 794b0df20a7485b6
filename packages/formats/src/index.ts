/** Output formats: the registry and what rendering needs. */
import type { Report } from '@kubescape/results'
import type { RegressionReport } from '@kubescape/results/comparison'

import csv from './csv/index.ts'
import type { Evidence } from './evidence.ts'
import type { Format } from './format.ts'
import githubAnnotations from './github-annotations/index.ts'
import gitlabSast from './gitlab-sast/index.ts'
import html from './html/index.ts'
import json from './json/index.ts'
import junit from './junit/index.ts'
import markdown from './markdown/index.ts'
import ndjson from './ndjson/index.ts'
import pdf from './pdf/index.ts'
import policyreport from './policyreport/index.ts'
import pretty from './pretty/index.ts'
import prometheus from './prometheus/index.ts'
import sarif from './sarif/index.ts'
import { yamlOf } from './yaml/index.ts'

export { Evidence, type LocatedFinding, type Originals } from './evidence.ts'
export { defineFormat, type Format, type Render, type RenderContext, type SourceRoots } from './format.ts'
export { displayScore, preciseScore } from './score.ts'

export { json as jsonFormat }

/** How the scores come about, line by line, for those who read it beside a report for machines. */
export async function explanationLines(report: Report, width: number): Promise<Iterable<string>> {
  const { renderExplainedScores } = await import('./pretty/explained-scores.ts')
  return renderExplainedScores(report, width)
}

/** Every format, in the order of help and docs. */
export const FORMATS: readonly Format[] = [
  pretty,
  json,
  yamlOf(json),
  ndjson,
  junit,
  csv,
  markdown,
  policyreport,
  prometheus,
  html,
  pdf,
  sarif,
  gitlabSast,
  githubAnnotations,
]

/** What shows a comparison of two scans to people; loaded by those who compare. */
export const DIFF_RENDERERS = {
  pretty: async () => (await import('./diff/pretty.ts')).renderPrettyDiff,
  markdown: async () => (await import('./diff/markdown.ts')).renderMarkdownDiff,
}

/** Formats for pipelines, which list regressions as the findings of a report. */
export const REGRESSION_FORMATS: readonly Format<string>[] = [sarif, junit, gitlabSast]

/** The places that a report has recorded. */
export async function recordedEvidence(recorded: RegressionReport): Promise<Evidence> {
  const { RecordedEvidence } = await import('./recorded-evidence.ts')
  return new RecordedEvidence(recorded)
}
