/** Commits, as reports tell of them. */
import { gitOutput, type GitOptions } from './run-git.ts'

/** A commit. */
export interface Commit {
  readonly hash: string
  /** When it was committed, as RFC 3339. */
  readonly date: string
  readonly committerName: string
  readonly committerEmail: string
  /** The first line of its message. */
  readonly message: string
}

const FIELD = '\x1f'
/** Hash, date, committer and subject; ends with a separator of its own. */
export const COMMIT_FORMAT = ['%H', '%cI', '%cn', '%ce', '%s'].join('%x1f')

const LONGEST_TEXT = 500

/** Reads what `COMMIT_FORMAT` wrote; undefined for anything else. */
export function parseCommit(line: string): Commit | undefined {
  const [hash = '', date = '', committerName, committerEmail, message] = line.split(FIELD)
  if (!/^[0-9a-f]{40,64}$/.test(hash)) return undefined
  return {
    hash,
    date,
    committerName: short(committerName),
    committerEmail: short(committerEmail),
    message: short(message),
  }
}

/** The commit that the work tree is at; undefined where there is none yet. */
export async function readCommit(git: GitOptions): Promise<Commit | undefined> {
  return parseCommit(
    (await gitOutput(['log', '-1', `--format=${COMMIT_FORMAT}`], 'read the last commit', git)).trimEnd(),
  )
}

function short(text = ''): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}...` : text
}
