/** The files of a directory tree, within bounds. */
import type { Machine } from './machine.ts'
import { Unread } from './unread.ts'

/** What a walk found, by paths on the machine. */
export interface Walked {
  /** Everything that is no directory. */
  readonly files: readonly string[]
  /** Directories below the one that was walked. */
  readonly directories: readonly string[]
  /** Directories that could not be listed, or not to their end, and why. */
  readonly unlisted: readonly { readonly path: string; readonly why: string }[]
}

/** Walks a directory; links to files count as files, links to directories are not followed. Notes what it could not list. */
export function walkFiles(machine: Machine, directory: string, depth: number = machine.limits.depth): Walked {
  const walked = { files: [] as string[], directories: [] as string[], unlisted: [] as { path: string; why: string }[] }
  const giveUp = (path: string, why: string): void => {
    machine.note(path, why)
    walked.unlisted.push({ path, why })
  }
  const pending = [{ path: directory, level: 0 }]
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const { path, level } = next
    const room = machine.limits.files - walked.files.length - walked.directories.length
    const listed = level > depth ? new Unread('too deep') : machine.files.list(path, room)
    if (listed instanceof Unread) {
      giveUp(path, listed.why)
      continue
    }
    if (listed.isCut) giveUp(path, `more than ${machine.limits.files} files`)
    for (const name of listed.names) {
      const entry = `${path.replace(/\/$/, '')}/${name}`
      if (machine.files.isDirectory(entry)) {
        walked.directories.push(entry)
        pending.push({ path: entry, level: level + 1 })
      } else walked.files.push(entry)
    }
  }
  return walked
}
