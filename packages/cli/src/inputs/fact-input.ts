/** What is judged beside a cluster: facts of files and descriptions by its cloud. */
import type { Report } from '@kubescape/results'
import { isFact, type Needs } from '@kubescape/scanner'
import { JoinedSource, NodeRoll, type Part } from '@kubescape/sources'
import { FactFiles } from '@kubescape/sources/files'

import type { ScanOptions } from '../options.ts'
import { maxFileBytes } from './max-file-bytes.ts'
import type { Input } from './input.ts'

/** The files that `--facts` names; undefined where it was not given. */
export function openFacts({ facts, excludePaths, useIgnoreFile }: ScanOptions): FactFiles | undefined {
  if (facts.length === 0) return undefined
  return new FactFiles({ paths: facts, excludePaths, useIgnoreFile, maxFileBytes: maxFileBytes(), isFact })
}

/** The cluster with what is known of it from elsewhere, as one input. */
export function besideCluster(cluster: Input, described: Part<Needs> | undefined, files: FactFiles | undefined): Input {
  if (described === undefined && files === undefined) return cluster
  const roll = new NodeRoll()
  const parts: Part<Needs>[] =
    files === undefined ? [cluster.source] : [roll.cluster(cluster.source), roll.facts(files)]
  return {
    ...cluster,
    source: new JoinedSource(described === undefined ? parts : [...parts, described]),
    originals: files ?? cluster.originals,
    get namedProblems() {
      return cluster.namedProblems + (files?.namedProblems ?? 0)
    },
    requireResources: (report: Report) => cluster.requireResources(report),
    close: () => cluster.close(),
  }
}
