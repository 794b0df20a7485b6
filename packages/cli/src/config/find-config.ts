/** Where the configuration of a project lies: in the directory of what is scanned, or above it. */
import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import { Failure } from '../failure.ts'
import { homeDirectory } from '../home-directory.ts'
import { looksRemote } from '../inputs/remote-path.ts'
import { isDirectory } from '../is-directory.ts'

/** Names that the file may have. */
const CONFIG_NAMES = ['.kubescape.yaml', '.kubescape.yml'] as const

/**
 * The nearest file from a directory upward; undefined for none. The last directories that are looked in are the root of the git
 * work tree, the home directory and the root of the file system. Directories above the start where everybody may write, such as
 * `/tmp`, end the search too: a file there may be anybody's.
 * @throws {Failure} for a directory with two of them
 */
export function findConfig(start: string): string | undefined {
  const home = homeDirectory()
  for (let directory = resolve(start); ; directory = dirname(directory)) {
    if (directory !== resolve(start) && isOpenToAll(directory)) return undefined
    const found = CONFIG_NAMES.map((name) => join(directory, name)).filter((file) => existsSync(file))
    if (found.length > 1) throw new Failure(`there are both ${found.join(' and ')}`, 'Remove one of them.')
    if (found[0] !== undefined) return found[0]
    if (
      existsSync(join(directory, '.git')) ||
      directory === (home && resolve(home)) ||
      directory === dirname(directory)
    )
      return undefined
  }
}

/** The directory to begin with: that of the first path, and the present one for clusters, repositories and standard input. */
export function startOfSearch(paths: readonly string[]): string {
  const [first] = paths
  if (first === undefined || first === '-' || looksRemote(first)) return '.'
  // Of a glob, what stands before its first special character.
  const literal = /^[^*?[\]{}]*$/.test(first) ? first : dirname(`${first.replace(/[*?[{].*$/s, '')}x`)
  return isDirectory(literal) ? literal : dirname(literal)
}

function isOpenToAll(directory: string): boolean {
  const WRITE_BY_OTHERS = 0o002
  // Windows has no such bits; there the root of a drive ends the search.
  return (
    ((statSync(directory, { throwIfNoEntry: false })?.mode ?? 0) & WRITE_BY_OTHERS) !== 0 &&
    process.platform !== 'win32'
  )
}
