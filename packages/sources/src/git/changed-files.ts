/** What has changed in a work tree since a commit, a branch or a tag. */
import { join } from 'node:path'

import { GitError, gitOutput, runGit, type GitOptions } from './run-git.ts'
import type { WorkTree } from './work-tree.ts'

/** Files that are not as they were. */
export interface ChangedFiles {
  /** Full paths, without links on the way; also of files that are gone. */
  readonly paths: ReadonlySet<string>
  /** The commit that was compared with. */
  readonly base: string
}

const MIB = 1024 * 1024

/**
 * What differs from the last common commit with a revision: committed, staged, changed or new, except what is ignored.
 * @throws {GitError} when there is no such revision, or nothing in common with it
 */
export async function changedFiles(tree: WorkTree, revision: string, options: GitOptions): Promise<ChangedFiles> {
  const git = { ...options, folder: tree.root, maxBytes: 256 * MIB }
  const commit = await commitOf(revision, git)
  const base = await baseOf(revision, commit, git)
  const differing = await gitOutput(
    ['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--no-textconv', '--ignore-submodules', base, '--'],
    `compare with ${revision}`,
    git,
  )
  const untracked = await gitOutput(['ls-files', '--others', '--exclude-standard', '-z'], 'look for new files', git)
  const names = [...differing.split('\0'), ...untracked.split('\0')].filter((name) => name !== '')
  return { paths: new Set(names.map((name) => join(tree.root, name))), base }
}

async function commitOf(revision: string, git: GitOptions): Promise<string> {
  const ran = await runGit(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`], git)
  const hash = ran.kind === 'ended' && ran.code === 0 ? ran.stdout.trim() : ''
  if (hash !== '') return hash
  if (ran.kind === 'not-found') await gitOutput(['version'], 'start', git)
  throw new GitError(
    `this repository has no commit, branch or tag ${revision}`,
    'Check the name; in a shallow clone fetch it first: git fetch origin NAME (actions/checkout: fetch-depth: 0).',
  )
}

async function baseOf(revision: string, commit: string, git: GitOptions): Promise<string> {
  const ran = await runGit(['merge-base', commit, 'HEAD'], git)
  const base = ran.kind === 'ended' && ran.code === 0 ? (ran.stdout.trim().split('\n')[0] ?? '') : ''
  if (base !== '') return base
  throw new GitError(
    `HEAD and ${revision} have no commit in common`,
    'In a shallow clone fetch more of the history: git fetch --unshallow (actions/checkout: fetch-depth: 0).',
  )
}
