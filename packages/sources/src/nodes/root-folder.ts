/** Files below a folder that stands for the root of a machine; no link leads out of it. */
import { closeSync, constants, fstatSync, lstatSync, openSync, opendirSync, readlinkSync, readSync } from 'node:fs'
import type { Stats } from 'node:fs'

import { attempt, Unread } from './unread.ts'

/** The beginning of a file. */
export interface Beginning {
  readonly bytes: Buffer
  readonly isCut: boolean
}

/** Names in a directory, sorted; `isCut` where there are more. */
export interface Names {
  readonly names: readonly string[]
  readonly isCut: boolean
}

interface Place {
  /** Below the root, without links; the root itself is empty. */
  readonly at: string
  readonly stats: Stats
}

/** As many links as Linux follows (path_resolution(7)). */
const MOST_LINKS = 40
const MOST_PARTS = 4096
/** A FIFO must not block, and what became a link after the look at it must not be followed. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

const scratch = Buffer.allocUnsafeSlow(64 * 1024)

/** Reads files by the paths that they have on the machine. Nothing here throws. */
export class RootFolder {
  /** Path of the folder; empty for the root of this machine. */
  readonly #root: string
  /** Directories that are no links. */
  readonly #directories = new Set<string>()

  /** @param root real path of a directory */
  constructor(root: string) {
    this.#root = root === '/' ? '' : root
  }

  /** What is known of a file or directory, after following links. */
  look(path: string): Stats | Unread {
    const place = this.#resolve(path)
    return place instanceof Unread ? place : place.stats
  }

  /** True for a directory, and not for a link to one. */
  isDirectory(path: string): boolean {
    const place = this.#resolve(path, false)
    return !(place instanceof Unread) && place.stats.isDirectory()
  }

  /** The whole content of a regular file. */
  read(path: string, maxBytes: number): Buffer | Unread {
    const beginning = this.readBeginning(path, maxBytes)
    if (beginning instanceof Unread) return beginning
    return beginning.isCut ? new Unread(`larger than ${maxBytes} bytes`) : beginning.bytes
  }

  /** The content of a regular file up to a size. */
  readBeginning(path: string, maxBytes: number): Beginning | Unread {
    const place = this.#resolve(path)
    if (place instanceof Unread) return place
    if (!place.stats.isFile()) return new Unread(whatElse(place.stats))
    const file = attempt(() => openSync(this.#root + place.at, OPEN_FLAGS))
    if (file instanceof Unread) return file
    const content = attempt(() => (this.#isStillInside(file) ? readAll(file, maxBytes) : undefined))
    closeSync(file)
    return content ?? new Unread('changed while it was read')
  }

  /** The names in a directory. */
  list(path: string, most: number): Names | Unread {
    const place = this.#resolve(path)
    if (place instanceof Unread) return place
    if (!place.stats.isDirectory()) return new Unread('is no directory')
    return attempt(() => readNames(`${this.#root}${place.at}/`, most))
  }

  /** Walks a path part by part, as the kernel would after chroot(2). A link at the end may be left as it is. */
  #resolve(path: string, followsLast = true): Place | Unread {
    const pending = path.split('/').toReversed()
    let at = ''
    let stats: Stats | undefined
    for (let links = 0; pending.length > 0;) {
      const part = pending.pop() ?? ''
      if (part === '' || part === '.') continue
      if (part === '..') {
        at = at.slice(0, Math.max(0, at.lastIndexOf('/')))
        stats = undefined
        continue
      }
      const next = `${at}/${part}`
      stats = undefined
      if (!this.#directories.has(next)) {
        const found = attempt(() => lstatSync(this.#root + next))
        if (found instanceof Unread) return found
        if (found.isSymbolicLink() && (followsLast || pending.length > 0)) {
          links += 1
          const target = attempt(() => readlinkSync(this.#root + next))
          if (target instanceof Unread) return target
          if (links > MOST_LINKS || pending.length > MOST_PARTS) return new Unread('too many symbolic links')
          if (target.startsWith('/')) at = ''
          pending.push(...target.split('/').toReversed())
          continue
        }
        if (found.isDirectory()) this.#directories.add(next)
        stats = found
      }
      at = next
    }
    const last = stats ?? attempt(() => lstatSync(this.#root + at || '/'))
    return last instanceof Unread ? last : { at, stats: last }
  }

  /** A directory on the way may have been exchanged for a link since it was looked at: the kernel knows what was opened. */
  #isStillInside(file: number): boolean {
    if (!fstatSync(file).isFile()) return false
    if (this.#root === '') return true
    const opened = attempt(() => readlinkSync(`/proc/self/fd/${file}`))
    return opened instanceof Unread || opened.startsWith(`${this.#root}/`)
  }
}

/** What something is that should have been a file. */
export function whatElse(stats: Stats): string {
  if (stats.isDirectory()) return 'is a directory'
  if (stats.isFIFO()) return 'is a FIFO'
  return 'is no regular file'
}

function readAll(file: number, maxBytes: number): Beginning {
  const chunks: Buffer[] = []
  let size = 0
  while (size <= maxBytes) {
    const length = readSync(file, scratch, 0, Math.min(scratch.length, maxBytes + 1 - size), null)
    if (length === 0) break
    chunks.push(Buffer.from(scratch.subarray(0, length)))
    size += length
  }
  const bytes = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)
  return size > maxBytes ? { bytes: bytes.subarray(0, maxBytes), isCut: true } : { bytes, isCut: false }
}

function readNames(path: string, most: number): Names {
  const directory = opendirSync(path)
  try {
    const names: string[] = []
    for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
      if (names.length === most) return { names: names.toSorted(), isCut: true }
      names.push(entry.name)
    }
    return { names: names.toSorted(), isCut: false }
  } finally {
    directory.closeSync()
  }
}
