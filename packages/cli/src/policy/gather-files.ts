/** Files of policies and documents: named ones, and those in folders. Bounded in number, size and depth; nothing outside is read. */
import { closeSync, fstatSync, openSync, readdirSync, readSync, realpathSync, statSync, type Dirent } from 'node:fs'
import { basename, extname, join, relative, resolve, sep } from 'node:path'

import { decodeText } from '@kubescape/yaml'

import { Failure } from '../failure.ts'

/** A file that was read. */
export interface GatheredFile {
  /** As people should see it: the argument, with what is below it. */
  readonly path: string
  /** Its path below the folder that was named, with `/`; its name, where it was named itself. */
  readonly below: string
  /** It was named itself, and not found in a folder. */
  readonly isNamed: boolean
  readonly text: string
}

/** What is looked for. */
export interface Wanted {
  /** Extensions in lower case, with their dots, of files that are taken from folders. */
  readonly extensions: readonly string[]
  /** What named the paths, for messages: `--data`. */
  readonly flag: string
  /** What they should be: `a file or folder of Rego`. */
  readonly what: string
}

const STDIN = 0
const WAIT_MS = 5
const MOST_FILES = 20_000
const MOST_DEPTH = 64
const MOST_FILE_BYTES = 64 * 1024 * 1024
const MOST_BYTES = 512 * 1024 * 1024
/** Folders that hold what others have made. */
const LEFT_OUT = new Set(['node_modules'])

/**
 * Reads the files that the paths name, and those of folders, in the order of their names. Of folders hidden files and links that
 * lead out of them are left out; files that are named are always read. Every file is read once.
 * @throws {Failure} for paths that are not there or cannot be read, and for too much
 */
export function gatherFiles(paths: readonly string[], wanted: Wanted): GatheredFile[] {
  const files: GatheredFile[] = []
  const seen = new Set<string>()
  let bytes = 0
  const take = (path: string, below: string, isNamed: boolean): void => {
    const real = realOf(path, wanted)
    if (seen.has(real)) return
    seen.add(real)
    if (files.length === MOST_FILES) throw tooMuch(wanted, `there are more than ${MOST_FILES} files`)
    const text = readText(path, wanted, path)
    bytes += text.length
    if (bytes > MOST_BYTES) throw tooMuch(wanted, `all files have more than ${MOST_BYTES / 2 ** 20} MiB`)
    files.push({ path, below, isNamed, text })
  }
  for (const path of paths) {
    if (path.trim() === '') throw new Failure(`${wanted.flag} is empty`, `Name ${wanted.what}.`)
    if (!isFolder(path, wanted)) {
      take(path, basename(path), true)
      continue
    }
    for (const found of filesBelow(path, wanted)) take(found, relative(path, found).split(sep).join('/'), false)
  }
  return files
}

/**
 * Reads one file, or standard input for `-`.
 * @throws {Failure} for what cannot be read
 */
export function readInputText(path: string, flag: string): string {
  const wanted = { extensions: [], flag, what: 'a file, or - for standard input' }
  return path === '-' ? readText(STDIN, wanted, 'standard input') : readText(path, wanted, path)
}

function isFolder(path: string, wanted: Wanted): boolean {
  try {
    return statSync(path).isDirectory()
  } catch (error) {
    throw unreadable(path, error, wanted)
  }
}

/** Paths of the files in a folder, in the order of their names. */
function filesBelow(root: string, wanted: Wanted): string[] {
  const found: string[] = []
  const inside = `${realOf(root, wanted)}${sep}`
  const walk = (folder: string, depth: number): void => {
    if (depth > MOST_DEPTH) throw tooMuch(wanted, `${folder} is nested deeper than ${MOST_DEPTH} folders`)
    for (const entry of entriesOf(folder, wanted)) {
      const path = join(folder, entry.name)
      if (entry.name.startsWith('.')) continue
      if (entry.isDirectory()) {
        if (!LEFT_OUT.has(entry.name)) walk(path, depth + 1)
      } else if (wanted.extensions.includes(extname(entry.name).toLowerCase()) && isInside(path, entry, inside)) {
        found.push(path)
        if (found.length > MOST_FILES) throw tooMuch(wanted, `${root} has more than ${MOST_FILES} files`)
      }
    }
  }
  walk(root, 0)
  return found
}

function entriesOf(folder: string, wanted: Wanted): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    throw unreadable(folder, error, wanted)
  }
}

/** A file, or a link to one in the same folder, as volumes of ConfigMaps have them. */
function isInside(path: string, entry: Dirent, inside: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isFile()
  try {
    return statSync(path).isFile() && realpathSync(path).startsWith(inside)
  } catch {
    return false
  }
}

function readText(path: string | number, wanted: Wanted, shown: string): string {
  const decoded = decodeText(readBytes(path, wanted, shown))
  if ('text' in decoded) return decoded.text
  throw new Failure(`${wanted.flag} ${shown}: ${decoded.problem.message}`, decoded.problem.hint ?? 'Save it as UTF-8.')
}

function readBytes(path: string | number, wanted: Wanted, shown: string): Uint8Array {
  let file: number | undefined
  try {
    file = typeof path === 'number' ? path : openSync(path, 'r')
    const { size } = fstatSync(file)
    const chunks: Buffer[] = []
    let length = 0
    // A pipe has no size: it is read until it ends.
    for (;;) {
      const chunk = Buffer.allocUnsafe(Math.min(Math.max(size - length + 1, 64 * 1024), 2 ** 24))
      const read = readSome(file, chunk)
      if (read === 0) return Buffer.concat(chunks, length)
      chunks.push(chunk.subarray(0, read))
      length += read
      if (length > MOST_FILE_BYTES) throw new Error(`${shown} has more than ${MOST_FILE_BYTES / 2 ** 20} MiB`)
    }
  } catch (error) {
    throw unreadable(shown, error, wanted)
  } finally {
    if (file !== undefined && file !== path) closeSync(file)
  }
}

/** Waits for a slow writer where the other side made the pipe non-blocking. */
function readSome(file: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(file, chunk)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EOF') return 0
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS)
    }
  }
}

function realOf(path: string, wanted: Wanted): string {
  try {
    return realpathSync(resolve(path))
  } catch (error) {
    throw unreadable(path, error, wanted)
  }
}

function unreadable(path: string, error: unknown, { flag, what }: Wanted): Failure {
  const why = error instanceof Error ? error.message : String(error)
  return new Failure(`${flag} ${path} cannot be read: ${why}`, `Name ${what}.`)
}

function tooMuch({ flag }: Wanted, why: string): Failure {
  return new Failure(`${flag} names too much: ${why}`, 'Name fewer files, or the folder that is meant.')
}
