/** The last commit of each of many files, with one walk through the history. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { COMMIT_FORMAT, parseCommit, type Commit } from './commit.ts'
import { runGit, type GitOptions } from './run-git.ts'
import type { WorkTree } from './work-tree.ts'

/** Longest time for the walk; files that it did not come to have no commit. */
const TIMEOUT_MS = 20_000
/** Beyond this many names git looks at every file instead: a command line is limited. */
const MOST_NAMES = 500
const RECORD = '\x1e'

/**
 * The last commit of files, named by their paths in the work tree with forward slashes. A file is missing from the answer when it
 * was never committed, when git cannot be asked, and in a shallow clone when its last commit is not there.
 */
export async function lastCommits(
  { root, gitFolder }: WorkTree,
  files: ReadonlySet<string>,
  git: Omit<GitOptions, 'folder'>,
): Promise<ReadonlyMap<string, Commit>> {
  const found = new Map<string, Commit>()
  if (files.size === 0) return found
  const edge = shallowCommits(gitFolder)
  let left = files.size
  let rest = ''
  const take = (record: string): void => {
    const [head = '', ...names] = record.split('\0')
    const commit = parseCommit(head)
    if (commit === undefined) return
    for (const name of names.map((each) => each.replace(/^\n/, ''))) {
      if (!files.has(name) || found.has(name)) continue
      found.set(name, commit)
      left--
    }
  }
  const names = files.size > MOST_NAMES ? [] : [...files].map((file) => `:(literal)${file}`)
  const args = ['log', '-z', '--no-renames', '-m', '--first-parent', '--name-only', `--format=%x1e${COMMIT_FORMAT}%x00`]
  const decoder = new TextDecoder()
  await runGit([...args, 'HEAD', '--', ...names], {
    timeoutMs: TIMEOUT_MS,
    ...git,
    folder: root,
    onOutput: (chunk) => {
      const records = (rest + decoder.decode(chunk, { stream: true })).split(RECORD)
      rest = records.pop() ?? ''
      records.forEach(take)
      return left > 0
    },
  })
  take(rest)
  for (const [file, { hash }] of found) if (edge.has(hash)) found.delete(file)
  return found
}

/** Where the history of a shallow clone ends: these commits seem to have written every file. */
function shallowCommits(gitFolder: string): ReadonlySet<string> {
  const file = join(gitFolder, 'shallow')
  return new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [])
}
