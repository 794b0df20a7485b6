/**
 * JavaScript that was made from sources, kept in one file between starts. Node's compile cache keeps it too, in two files for each
 * module, and asks for the text of the source besides: with hundreds of modules that is most of a start.
 */
// An import of it would load what this is made to save: see source-loading.ts.
const { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = process.getBuiltinModule('node:fs')

/** Clocks of file systems are coarse: a file that has just been written may be written again without looking any newer. */
const SETTLED_MS = 3000

/** What was made of files, and how they looked then. */
interface Kept {
  readonly stamp: string
  readonly code: string
}

/** What a folder keeps of texts that are made of files; nothing where it cannot be written. */
export class KeptSources {
  readonly #file: string
  readonly #now: () => number
  #entries: Map<string, Kept> | undefined
  #isChanged = false

  /** `name` sets apart what does not fit together, such as checkouts and versions of Node; `now` is Unix time in milliseconds. */
  constructor(folder: string, name: string, now: () => number = Date.now) {
    this.#file = `${folder}/${name.replaceAll(/[^\w.]+/g, '-')}.json`
    this.#now = now
  }

  /** What `make` makes of these files (paths), made anew when one of them is not the one that it was. */
  code(key: string, files: readonly string[], make: () => string): string {
    this.#entries ??= readEntries(this.#file)
    // Before they are read: what changes in between is then seen the next time.
    const stats = files.map((file) => statSync(file))
    const stamp = stats.map(({ ino, size, mtimeMs, ctimeMs }) => `${ino} ${size} ${mtimeMs} ${ctimeMs}`).join()
    const kept = this.#entries.get(key)
    if (kept?.stamp === stamp) return kept.code
    const isSettled = stats.every(({ ctimeMs }) => ctimeMs < this.#now() - SETTLED_MS)
    const code = make()
    if (isSettled) {
      this.#entries.set(key, { stamp, code })
      this.#isChanged = true
    }
    return code
  }

  /** Writes down what is new, as a whole or not at all. */
  save(): void {
    if (!this.#isChanged) return
    const unfinished = `${this.#file}.${process.pid}`
    try {
      mkdirSync(this.#file.slice(0, this.#file.lastIndexOf('/')), { recursive: true })
      writeFileSync(unfinished, JSON.stringify([...(this.#entries ?? [])]))
      renameSync(unfinished, this.#file)
    } catch {
      // The next start takes as long as this one.
    }
  }
}

function readEntries(file: string): Map<string, Kept> {
  try {
    return new Map(JSON.parse(readFileSync(file, 'utf8')) as [string, Kept][])
  } catch {
    return new Map()
  }
}
