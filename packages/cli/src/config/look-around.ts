/** What lies in a directory, as far as its settings depend on it: a look at file names and kinds, no reading of documents. */
import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'

/** What was seen. */
export interface Surroundings {
  /** Files with at least one object. */
  readonly manifests: number
  readonly kinds: ReadonlySet<string>
  /** There was more than is looked at. */
  readonly isCut: boolean
}

const MOST_FILES = 5000
const MOST_DEPTH = 20
const HEAD_BYTES = 64 * 1024

/**
 * Looks below a directory; links are not followed.
 * @throws what the file system says of the directory itself
 */
export function lookAround(directory: string): Surroundings {
  const kinds = new Set<string>()
  let [manifests, files] = [0, 0]
  const waiting: { path: string; depth: number }[] = [{ path: '.', depth: 0 }]
  for (let next = waiting.pop(); next !== undefined && files < MOST_FILES; next = waiting.pop()) {
    const { path, depth } = next
    for (const entry of entriesOf(directory, path)) {
      const below = join(path, entry.name)
      if (entry.isDirectory() && depth < MOST_DEPTH && entry.name !== '.git' && entry.name !== 'node_modules') {
        waiting.push({ path: below, depth: depth + 1 })
      }
      if (!entry.isFile() || !/\.(?:ya?ml|json)$/i.test(entry.name)) continue
      if (++files > MOST_FILES) break
      const found = kindsIn(join(directory, below))
      if (found.length > 0) manifests++
      for (const kind of found) kinds.add(kind)
    }
  }
  return { manifests, kinds, isCut: files > MOST_FILES }
}

/** The directory itself has to be readable; what lies below it need not. */
function entriesOf(directory: string, path: string): ReturnType<typeof readEntries> {
  try {
    return readEntries(join(directory, path))
  } catch (error) {
    if (path === '.') throw error
    return []
  }
}

function readEntries(path: string): { name: string; isFile(): boolean; isDirectory(): boolean }[] {
  return readdirSync(path, { withFileTypes: true })
}

function kindsIn(path: string): string[] {
  try {
    const file = openSync(path, 'r')
    const bytes = Buffer.alloc(HEAD_BYTES)
    const length = readSync(file, bytes)
    closeSync(file)
    const text = bytes.toString('utf8', 0, length)
    return [...text.matchAll(/^[ \t]*"?kind"?:[ \t]*["']?([A-Z]\w{1,62})/gm)].map(([, kind = '']) => kind)
  } catch {
    return []
  }
}
