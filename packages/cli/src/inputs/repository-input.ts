/** Git repositories: fetched ones as inputs, and what is known of the one that holds scanned files. */
import { realpathSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'

import type { Commit, Report, Repository } from '@kubescape/results'
import {
  changedFiles,
  cloneRepository,
  findWorkTree,
  gitEnvironment,
  lastCommits,
  parseRemote,
  readCommit,
  type ClonedRepository,
  type RemoteRepository,
} from '@kubescape/sources/git'

import { Failure } from '../failure.ts'
import type { ScanOptions } from '../options.ts'
import type { Progress } from '../progress.ts'
import { folderOf } from '../source-roots.ts'
import { count, visible, type Log } from '../terminal.ts'
import { openFiles } from './file-input.ts'
import type { Input } from './input.ts'
import { looksRemote } from './remote-path.ts'

/** What is read beside the repositories, and told of on the way. */
interface Opening {
  readonly options: ScanOptions
  readonly progress: Progress
  readonly log: Log
  readonly signal: AbortSignal
}

interface Fetched {
  readonly remote: RemoteRepository
  readonly clone: ClonedRepository
}

const SHORT_HASH = 12

/**
 * Fetches the repositories among the paths, and opens everything as one input. Closing it removes what was fetched.
 * @throws {UnusableUrl} for a URL that cannot be cloned, and {GitError} when git cannot
 */
export async function openRepositories(paths: readonly string[], opening: Opening): Promise<Input> {
  const { options, progress, log, signal } = opening
  if (options.changedSince !== undefined) throw onlyLocal('a repository that is fetched for the scan')
  const remotes = paths.map((path) => (looksRemote(path) ? parseRemote(path) : undefined))
  const fetched: (Fetched | undefined)[] = []
  const close = (): void => fetched.forEach((each) => each?.clone.remove())
  try {
    for (const remote of remotes) {
      if (remote === undefined) {
        fetched.push(undefined)
        continue
      }
      const clone = await cloneRepository(remote, {
        env: process.env,
        hasTerminal: process.stdin.isTTY && process.stderr.isTTY,
        signal,
      })
      fetched.push({ remote, clone })
      const { branch, commit } = clone
      const at = [branch, commit?.hash.slice(0, SHORT_HASH) ?? ''].filter((word) => word !== '').join(' ')
      log.write('info', visible(`Fetched ${remote.shown} (${at})`))
    }
  } catch (error) {
    close()
    throw error
  }
  const all = fetched.filter((each) => each !== undefined)
  const input = openFiles(
    paths.map((path, at) => fetched[at]?.clone.path ?? path),
    options,
    progress,
    log,
    signal,
    {
      called: all.map(({ remote, clone }) => ({
        folder: clone.folder,
        prefix: paths.length === 1 ? '' : `${remote.name}/`,
      })),
      paths: paths.map((path, at) => shownPath(path, remotes[at])),
      ...(fetched[0] === undefined ? {} : { repository: factsOf(fetched[0]) }),
    },
  )
  return {
    ...input,
    get namedProblems() {
      return input.namedProblems
    },
    close,
  }
}

/** What was typed, without user and password. */
function shownPath(path: string, remote: RemoteRepository | undefined): string {
  return remote === undefined ? path : path.replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1')
}

function factsOf({ remote, clone }: Fetched): Repository {
  const { branch, defaultBranch, commit } = clone
  return {
    isRemote: true,
    provider: remote.provider,
    owner: remote.owner,
    name: remote.name,
    url: remote.shown,
    branch,
    defaultBranch,
    ...(commit === undefined ? {} : { commit }),
    root: '',
  }
}

/** The repository that holds a path of this machine; undefined where there is none. */
export async function repositoryOf(path: string, signal: AbortSignal): Promise<Repository | undefined> {
  const tree = findWorkTree(folderOf(resolve(path)))
  if (tree === undefined) return undefined
  const { root, branch, remote } = tree
  const commit = await readCommit({ env: gitEnvironment(process.env, false), folder: root, signal }).catch(
    () => undefined,
  )
  return {
    isRemote: false,
    provider: remote?.provider ?? '',
    owner: remote?.owner ?? '',
    name: remote?.name ?? '',
    url: remote?.shown ?? '',
    branch,
    defaultBranch: '',
    ...(commit === undefined ? {} : { commit }),
    root,
  }
}

/** The last commits of the files of a report, by their names in it. */
export async function commitsOf(report: Report, signal: AbortSignal): Promise<ReadonlyMap<string, Commit>> {
  const { input } = report.metadata
  const root = input.kind === 'cluster' ? '' : (input.repository?.root ?? '')
  const tree = root === '' ? undefined : findWorkTree(root)
  if (tree === undefined) return new Map()
  const names = new Map<string, string>()
  for (const { origin } of report.subjects) {
    if (origin === undefined || names.has(origin.file)) continue
    const path = realPath(origin.file)
    if (path?.startsWith(tree.root + sep) === true) {
      names.set(origin.file, relative(tree.root, path).split(sep).join('/'))
    }
  }
  const env = gitEnvironment(process.env, false)
  const commits = await lastCommits(tree, new Set(names.values()), { env, signal })
  return new Map(
    [...names].flatMap(([file, path]) => {
      const commit = commits.get(path)
      return commit === undefined ? [] : [[file, commit] as const]
    }),
  )
}

/**
 * Only the files that have changed since a revision, as an input.
 * @throws {Failure} where there is no repository, and {GitError} when git does not know the revision
 */
export async function openChanged(
  paths: readonly string[],
  revision: string,
  { options, progress, log, signal }: Opening,
): Promise<Input> {
  const only = new Set<string>()
  for (const path of paths) {
    if (path === '-') throw onlyLocal('standard input')
    const tree = findWorkTree(folderOf(resolve(path)))
    if (tree === undefined) {
      throw new Failure(
        `--changed-since asks git what has changed, and ${visible(path)} is in no repository`,
        'Leave it out, or name files of a repository.',
      )
    }
    const changes = await changedFiles(tree, revision, { env: gitEnvironment(process.env, false), signal })
    for (const file of changes.paths) only.add(file)
  }
  const input = openFiles(paths, options, progress, log, signal, { only })
  const tell = (report: Report): void => {
    const { files, unchangedFiles = 0 } = report.coverage.documents
    const left = `${count(unchangedFiles, 'file')} left out: not changed since ${visible(revision)}`
    if (files > 0) input.requireResources(report)
    log.write(
      'info',
      files === 0 ? `Nothing to scan: no manifest has changed since ${visible(revision)}; ${left}` : left,
    )
  }
  return {
    ...input,
    get namedProblems() {
      return input.namedProblems
    },
    requireResources: tell,
  }
}

function onlyLocal(what: string): Failure {
  return new Failure(
    `--changed-since is for files of a repository on this machine, not for ${what}`,
    'Clone the repository with its history, and scan its folder.',
  )
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}
