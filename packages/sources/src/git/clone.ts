/** Brings a repository of another machine here: one commit, into a folder that is removed again. */
import { existsSync, lstatSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'

import type { Environment } from '../run-program.ts'
import { readCommit, type Commit } from './commit.ts'
import type { RemoteRepository } from './remote-url.ts'
import { gitEnvironment, GitError, gitOutput, maskCredentials, type GitOptions } from './run-git.ts'

const MIB = 1024 * 1024
const GIB = 1024 * MIB

/** How to clone. */
export interface CloneOptions {
  readonly env: Environment
  /** Somebody can answer when git asks for a password. */
  readonly hasTerminal: boolean
  readonly signal: AbortSignal
  readonly timeoutMs?: number
  /** Bytes that git may receive, and that the files may take. */
  readonly maxBytes?: number
}

/** A repository that lies here for a while. */
export interface ClonedRepository {
  /** The work tree, without links on the way. */
  readonly folder: string
  /** What was named of it: the work tree, a folder or a file in it. */
  readonly path: string
  /** The branch or tag that was taken; empty for a commit. */
  readonly branch: string
  /** What the server takes when no branch is named; empty where nobody asked. */
  readonly defaultBranch: string
  readonly commit: Commit | undefined
  /** Removes the folder; may be called more than once. */
  readonly remove: () => void
}

/** What the server said of its branches. */
interface Revision {
  /** What to fetch: a full name or a commit. */
  readonly fetched: string
  readonly branch: string
  readonly defaultBranch: string
  readonly path: string
}

const TIMEOUT_MS = 10 * 60_000
const MAX_BYTES = 4 * GIB

/**
 * Clones one commit of a repository, without its history, submodules and large files of LFS. The folder is removed when the process
 * ends, however it does unless it is killed.
 * @throws {GitError} when git cannot, or there is more than `maxBytes`
 */
export async function cloneRepository(remote: RemoteRepository, options: CloneOptions): Promise<ClonedRepository> {
  const { env, hasTerminal, signal, timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES } = options
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kubescape-git-')))
  const remove = (): void => {
    process.off('exit', remove)
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  process.on('exit', remove)
  const tooLarge = new AbortController()
  const watch = setInterval(() => {
    if (sizeOf(join(folder, '.git')) > maxBytes) tooLarge.abort(exceeds(remote, maxBytes))
  }, 500)
  const git: GitOptions = {
    env: gitEnvironment(env, hasTerminal),
    signal: AbortSignal.any([signal, tooLarge.signal]),
    timeoutMs,
    folder,
  }
  try {
    const revision = await findRevision(remote, git)
    await gitOutput(['init', '--quiet', '--template='], 'make a folder for the repository', git)
    const where = `fetch ${revision.branch || revision.fetched} of ${maskCredentials(remote.shown)}`
    await gitOutput(
      ['fetch', '--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules', '--', remote.url, revision.fetched],
      where,
      git,
    )
    await refuseLargeTree(remote, maxBytes, git)
    await gitOutput(['checkout', '--quiet', '--detach', 'FETCH_HEAD'], 'write the files of the repository', git)
    return {
      folder,
      path: pathIn(folder, revision.path, remote),
      branch: revision.branch,
      defaultBranch: revision.defaultBranch,
      commit: await readCommit(git),
      remove,
    }
  } catch (error) {
    remove()
    throw error
  } finally {
    clearInterval(watch)
  }
}

/** Which commit is meant: the server knows its branches, and with them where a path begins. */
async function findRevision(remote: RemoteRepository, git: GitOptions): Promise<Revision> {
  const { revision, revisionAndPath, path = '' } = remote
  if (revision !== undefined && isCommit(revision)) return { fetched: revision, branch: '', defaultBranch: '', path }
  const candidates = revisionAndPath === undefined ? [revision ?? ''] : beginnings(revisionAndPath)
  const wanted = candidates.flatMap((name) => (name === '' ? [] : [`refs/heads/${name}`, `refs/tags/${name}`]))
  const answer = await gitOutput(
    ['ls-remote', '--quiet', '--symref', '--', remote.url, 'HEAD', ...wanted],
    `ask ${maskCredentials(remote.shown)} for its branches`,
    git,
  )
  const defaultBranch = /^ref: refs\/heads\/(.+)\tHEAD$/m.exec(answer)?.[1] ?? ''
  const known = new Set(answer.split('\n').map((line) => line.split('\t')[1] ?? ''))
  for (const name of candidates) {
    const found = [`refs/heads/${name}`, `refs/tags/${name}`].find((each) => known.has(each))
    if (name === '' || found === undefined) continue
    return { fetched: found, branch: name, defaultBranch, path: joined(rest(revisionAndPath, name), path) }
  }
  const [first = ''] = (revisionAndPath ?? '').split('/')
  if (isCommit(first))
    return { fetched: first, branch: '', defaultBranch, path: joined(rest(revisionAndPath, first), path) }
  if (revision === undefined && revisionAndPath === undefined) {
    if (known.has('HEAD')) return { fetched: 'HEAD', branch: defaultBranch, defaultBranch, path }
    throw new GitError(`${remote.shown} is empty: it has no commit`, 'Name another repository or branch.')
  }
  throw new GitError(
    `${remote.shown} has no branch or tag ${revision ?? (candidates.length > 1 ? `that ${revisionAndPath} begins with` : revisionAndPath)}`,
    `git ls-remote ${remote.shown} lists them; a commit is named by all of its 40 digits.`,
  )
}

/** `a/b/c`, `a/b`, `a`: the longest first, since a branch `a` cannot be beside a branch `a/b`. */
function beginnings(text: string): string[] {
  const parts = text.split('/')
  return parts.map((_, at) => parts.slice(0, parts.length - at).join('/')).slice(-12)
}

function rest(text: string | undefined, beginning: string): string {
  return (text ?? '').slice(beginning.length + 1)
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('/')
}

function isCommit(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)
}

/** The named part of the work tree; links do not lead out of it. */
function pathIn(folder: string, path: string, remote: RemoteRepository): string {
  const full = path === '' ? folder : join(folder, path)
  const isThere =
    full === folder || (full.startsWith(folder + sep) && existsSync(full) && !path.split('/').includes('.git'))
  const real = isThere ? realpathSync(full) : undefined
  if (real === undefined || (real !== folder && !real.startsWith(folder + sep))) {
    throw new GitError(`${remote.shown} has no ${path}`, 'Check the path behind the branch.')
  }
  return real
}

/** A small transfer can hold large files. */
async function refuseLargeTree(remote: RemoteRepository, maxBytes: number, git: GitOptions): Promise<void> {
  let size = 0
  let line = ''
  await gitOutput(['ls-tree', '-r', '-l', 'FETCH_HEAD'], 'list the files of the repository', {
    ...git,
    onOutput: (chunk) => {
      const lines = (line + chunk.toString('latin1')).split('\n')
      line = lines.pop() ?? ''
      for (const each of lines) size += Number(/^\S+ \S+ \S+ +(\d+)\t/.exec(each)?.[1] ?? 0)
      return size <= maxBytes
    },
  })
  if (size > maxBytes) throw exceeds(remote, maxBytes)
}

function exceeds({ shown }: RemoteRepository, maxBytes: number): GitError {
  return new GitError(
    `${shown} is larger than ${Math.round(maxBytes / MIB)} MiB and was not scanned`,
    'Clone it yourself, as much of it as is needed, and scan the folder.',
  )
}

/** Bytes below a folder of git, as far as they can be seen. */
function sizeOf(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce(
        (sum, entry) => sum + (statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0),
        0,
      )
  } catch {
    // Files come and go while git works.
    return lstatSync(folder, { throwIfNoEntry: false })?.size ?? 0
  }
}
