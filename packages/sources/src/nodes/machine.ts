/** The machine that facts are collected on: its files, who owns them, and what could not be read. */
import type { Stats } from 'node:fs'

import { Accounts, type Owner } from './accounts.ts'
import type { NodeLimits } from './limits.ts'
import { RootFolder, whatElse } from './root-folder.ts'
import { Unread } from './unread.ts'

/** A file as facts carry it. Members that could not be read are left out, so that no check takes them for good ones. */
export interface FileRecord {
  /** As on the machine, without the prefix of the root. */
  readonly path: string
  /** Permission bits, setuid, setgid and sticky, as a decimal number: 0600 is 384. */
  readonly permissions?: number
  /** The owner, or why the file could not be looked at. */
  readonly ownership: Owner | { readonly err: string }
  /** Base64 of what a check reads of the file, without its secrets. */
  readonly content?: string
  /** Why the content is missing although the file is there. */
  readonly err?: string
}

/** A place that could not be read, and why. */
export interface UnreadPlace {
  readonly path: string
  readonly why: string
}

/** What chmod(1) sets. */
const MODE_BITS = 0o7777

/** Looks at files and remembers what it could not see. */
export class Machine {
  readonly files: RootFolder
  readonly limits: NodeLimits
  readonly #accounts: Accounts
  readonly #unread = new Map<string, UnreadPlace>()

  /** @param root real path of the directory that stands for the root of the machine */
  constructor(root: string, limits: NodeLimits) {
    this.files = new RootFolder(root)
    this.limits = limits
    this.#accounts = new Accounts(this.files, limits.contentBytes)
  }

  /** What could not be read, each place and reason once. */
  get unread(): readonly UnreadPlace[] {
    return [...this.#unread.values()]
  }

  /** Remembers that a place could not be read. */
  note(path: string, why: string): void {
    this.#unread.set(`${path}\n${why}`, { path, why })
  }

  /** The record of a file that should be there. */
  record(path: string, expected: 'file' | 'directory' = 'file'): FileRecord {
    const stats = this.files.look(path)
    const why = stats instanceof Unread ? stats.why : mistaken(stats, expected)
    if (stats instanceof Unread || why !== undefined) {
      this.note(path, why ?? '')
      return { path, ownership: { err: why ?? '' } }
    }
    return { path, permissions: stats.mode & MODE_BITS, ownership: this.#accounts.owner(stats) }
  }

  /** The record of the first of several usual places that is there. */
  firstRecord(paths: readonly string[], expected: 'file' | 'directory' = 'file'): FileRecord | undefined {
    const path = this.firstPath(paths)
    return path === undefined ? undefined : this.record(path, expected)
  }

  /** The first of several usual places that is there, or that cannot be told to be missing. */
  firstPath(paths: readonly string[]): string | undefined {
    return paths.find((path) => !this.isMissing(path))
  }

  /** True when there certainly is nothing at the place. */
  isMissing(path: string): boolean {
    const stats = this.files.look(path)
    return stats instanceof Unread && stats.isMissing
  }

  /** The text of a small file; undefined, and remembered unless it is missing, where it cannot be read. */
  text(path: string): string | undefined {
    const bytes = this.files.read(path, this.limits.contentBytes)
    if (!(bytes instanceof Unread)) return bytes.toString('utf8')
    if (!bytes.isMissing) this.note(path, bytes.why)
    return undefined
  }
}

function mistaken(stats: Stats, expected: 'file' | 'directory'): string | undefined {
  if (expected === 'directory') return stats.isDirectory() ? undefined : 'is no directory'
  return stats.isFile() ? undefined : whatElse(stats)
}
