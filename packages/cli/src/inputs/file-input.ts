/** Files, directories and standard input. */
import { statSync } from 'node:fs'

import type { Report, Repository } from '@kubescape/results'
import { FileSource, type CalledFolder } from '@kubescape/sources/files'
import { IGNORE_WORD } from '@kubescape/scanner'

import { breathe } from '../breath.ts'
import { Failure } from '../failure.ts'
import type { ScanOptions } from '../options.ts'
import type { Progress } from '../progress.ts'
import { count, type Log } from '../terminal.ts'
import { readChartSettings } from './chart-settings.ts'
import type { Input } from './input.ts'
import { maxFileBytes } from './max-file-bytes.ts'

/** What else is known of the files. */
export interface FileDetails {
  /** Folders that people do not know, and how what is in them is called. */
  readonly called?: readonly CalledFolder[]
  /** The arguments as they should be shown; those that are read otherwise. */
  readonly paths?: readonly string[]
  readonly repository?: Repository
  /** Full paths of the files that are read; the rest is left out. */
  readonly only?: ReadonlySet<string>
}

/** Everything that the paths name, as one input. */
export function openFiles(
  paths: readonly string[],
  options: ScanOptions,
  progress: Progress,
  log: Log,
  signal: AbortSignal,
  { called = [], paths: shown = paths, repository, only }: FileDetails = {},
): Input {
  const source = new FileSource({
    paths,
    called,
    ...(only === undefined ? {} : { only }),
    excludePaths: options.excludePaths,
    useIgnoreFile: options.useIgnoreFile,
    maxFileBytes: maxFileBytes(),
    charts: readChartSettings(options.charts),
    ...(options.exceptions.honorInline === false ? {} : { commentWord: IGNORE_WORD }),
    readEverything: process.env['KUBESCAPE_READ_EVERYTHING'] === '1',
    onProgress: (done, all) => {
      progress.update(`${done} of ${all} files read`)
      return breathe(signal)
    },
  })
  const [first = ''] = paths
  const isFile = paths.length === 1 && statSync(first, { throwIfNoEntry: false })?.isFile() === true
  return {
    source,
    originals: source,
    target: options.asCluster ? 'cluster' : 'file',
    platform: '',
    controlPlane: undefined,
    clusterNames: [],
    described: {
      kind: first === '-' ? 'stdin' : isFile ? 'file' : 'directory',
      paths: shown,
      ...(repository === undefined ? {} : { repository }),
    },
    suffix: '',
    get namedProblems() {
      return source.namedProblems
    },
    requireResources: (report) => {
      requireResources(report, source)
      const { given } = options.charts
      if (given.length > 0 && source.renderedSources === 0)
        log.write('warning', `no chart was found to use ${given.join(', ')} on`)
    },
    close: () => undefined,
  }
}

function requireResources(report: Report, source: FileSource): void {
  const { documents } = report.coverage
  if (documents.read + documents.notNeeded > 0) return
  const looked = [
    count(documents.files, 'file'),
    ...(source.renderedSources > 0
      ? [count(source.renderedSources, 'chart or kustomization', 'charts and kustomizations')]
      : []),
    ...(source.directories > 0 ? [count(source.directories, 'directory', 'directories')] : []),
  ].join(' in ')
  const found = [
    ...(documents.ignored > 0 ? [`${count(documents.ignored, 'document')} without a Kubernetes object`] : []),
    ...(documents.unread > 0 ? [`${count(documents.unread, 'document')} could not be read`] : []),
    ...(documents.unreadableFiles > 0 ? [`${count(documents.unreadableFiles, 'file')} could not be read`] : []),
  ]
  throw new Failure(
    `no Kubernetes resource was found: looked at ${looked} (.yaml, .yml, .json)${found.length > 0 ? `; ${found.join(', ')}` : ''}`,
    'Name a file or directory with manifests; an object needs apiVersion and kind.',
  )
}
