/** From arguments to files: paths, globs and directories, each file once. */
import { globSync, readdirSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs'
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path'

import type { Problem } from '@kubescape/yaml'

import { readIgnoreRules, type IgnoreRules } from './ignore-rules.ts'

/** A file to read. */
export interface FoundFile {
  /** Where it is. */
  readonly path: string
  /** As people should see it: built from what they typed. */
  readonly display: string
  /** Relative to the working directory or, outside of it, to the scanned root; with forward slashes. */
  readonly relative: string
  /** Named on the command line, not found in a directory. */
  readonly named: boolean
}

/** A folder that people do not know: what is in it is called by its path there, behind the prefix. */
export interface CalledFolder {
  /** A full path, without links on the way. */
  readonly folder: string
  /** Empty, or with a slash at its end. */
  readonly prefix: string
}

/** What discovery was asked for. */
export interface DiscoverOptions {
  readonly excludePaths: readonly string[]
  readonly useIgnoreFile: boolean
  readonly called?: readonly CalledFolder[]
}

/** What was found. */
export interface Discovered {
  readonly files: readonly FoundFile[]
  readonly problems: readonly Problem[]
  /** Arguments that do not exist or match nothing. */
  readonly missing: number
  /** Directories that were looked through. */
  readonly directories: number
}

/** A directory that is walked. */
interface Tree {
  readonly root: string
  readonly rules: IgnoreRules
  readonly realRoot: string
}

type Kind = 'file' | 'directory'

const EXTENSIONS = /\.(?:ya?ml|json)$/i
/** Files of charts that look like objects and are none. */
const NOT_MANIFESTS = new Set(['Chart.yaml', 'Chart.lock'])

/** Finds the files that the arguments name. */
export function discoverFiles(args: readonly string[], options: DiscoverOptions): Discovered {
  const walk = new Walk(options)
  for (const arg of args) walk.argument(arg)
  return walk.result()
}

class Walk {
  readonly #options: DiscoverOptions
  readonly #files: FoundFile[] = []
  readonly #problems: Problem[] = []
  /** Real paths of files and directories that were taken, against loops and double reading. */
  readonly #taken = new Set<string>()
  #missing = 0
  #directories = 0

  constructor(options: DiscoverOptions) {
    this.#options = options
  }

  result(): Discovered {
    const { called = [] } = this.#options
    const problems = called.length === 0 ? this.#problems : this.#problems.map((problem) => renamed(problem, called))
    return { files: this.#files, problems, missing: this.#missing, directories: this.#directories }
  }

  argument(arg: string): void {
    let stats: Stats | undefined
    try {
      stats = statSync(arg, { throwIfNoEntry: false })
    } catch (error) {
      this.#missing++
      this.#problems.push(unreadable(arg, error))
      return
    }
    if (stats?.isDirectory()) this.#directory(arg)
    else if (stats !== undefined) this.#named(arg)
    else if (/[*?[]/.test(arg)) this.#glob(arg)
    else this.#miss(`${arg} does not exist`, 'Check the spelling and the directory that you are in.', arg)
  }

  #glob(pattern: string): void {
    const matches = globSync(pattern).toSorted()
    if (matches.length === 0)
      this.#miss(`nothing matches ${pattern}`, 'Check the pattern, and quote it if the shell changes it.', pattern)
    for (const match of matches) {
      if (kindBehind(match) === 'directory') this.#directory(match)
      else if (EXTENSIONS.test(match) && !NOT_MANIFESTS.has(basename(match))) this.#named(match)
    }
  }

  #miss(message: string, hint: string, file: string): void {
    this.#missing++
    this.#problems.push({ code: 'sources/not-found', message, hint, file })
  }

  #directory(root: string): void {
    const rules = readIgnoreRules(root, this.#options.excludePaths, this.#options.useIgnoreFile)
    const real = realPath(root)
    if (real !== undefined) this.#walk({ root, rules, realRoot: real }, '', real)
  }

  /** `real` is the folder without links on the way: known while walking, so that only links cost a look. */
  #walk(tree: Tree, below: string, real: string): void {
    const { root, rules, realRoot } = tree
    const folder = join(root, below)
    if (this.#taken.has(real)) return
    this.#taken.add(real)
    this.#directories++
    let entries: Dirent[]
    try {
      entries = readdirSync(folder, { withFileTypes: true })
    } catch (error) {
      this.#problems.push(unreadable(folder, error))
      return
    }
    const place = relativeName(folder)
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name === '.git') continue
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      const isLink = entry.isSymbolicLink()
      const kind = isLink ? kindBehind(join(root, path)) : kindOf(entry)
      if (rules.ignores(path, kind === 'directory')) continue
      if (isLink && !this.#isFollowed(join(root, path), kind, realRoot)) continue
      if (kind === undefined) continue
      const realEntry = isLink ? (realPath(join(root, path)) ?? '') : `${real}${sep}${entry.name}`
      if (kind === 'directory') this.#walk(tree, path, realEntry)
      else if (EXTENSIONS.test(entry.name) && !NOT_MANIFESTS.has(entry.name)) {
        const display = inFolder(folder, entry.name, sep)
        // Outside of the working directory the scanned root is what it is relative to.
        const relativePath = place === undefined ? path : inFolder(place, entry.name, '/')
        this.#file(this.#found(display, relativePath, false), realEntry)
      }
    }
  }

  /** Links that leave the scanned directory are not followed, since their content is somebody else's. */
  #isFollowed(path: string, kind: Kind | undefined, realRoot: string): boolean {
    if (kind !== 'directory' && !EXTENSIONS.test(path)) return false
    const target = realPath(path)
    if (target === undefined) {
      this.#problems.push({
        code: 'sources/broken-link',
        message: 'a link that leads nowhere',
        hint: 'Mend or remove the link.',
        file: path,
      })
      return false
    }
    if (target !== realRoot && !target.startsWith(realRoot + sep)) {
      this.#problems.push({
        code: 'sources/link-outside',
        message: 'a link that leads out of the scanned directory was not followed',
        hint: 'Name its target on the command line if you want it scanned.',
        file: path,
      })
      return false
    }
    return true
  }

  #named(path: string): void {
    this.#file(this.#found(path, displayName(path), true), realPath(path) ?? resolve(path))
  }

  #found(path: string, relativePath: string, named: boolean): FoundFile {
    const name = callOf(path, this.#options.called ?? [])
    return { path, display: name ?? path, relative: name ?? relativePath, named }
  }

  #file(file: FoundFile, real: string): void {
    if (this.#taken.has(real)) return
    this.#taken.add(real)
    this.#files.push(file)
  }
}

function kindOf(entry: Dirent | Stats): Kind | undefined {
  return entry.isDirectory() ? 'directory' : entry.isFile() ? 'file' : undefined
}

/** What a path leads to; undefined when it leads nowhere or in circles. */
function kindBehind(path: string): Kind | undefined {
  try {
    return kindOf(statSync(path))
  } catch {
    return undefined
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

/** The name of a file in one of the folders; undefined for one that is in none. */
function callOf(path: string, called: readonly CalledFolder[]): string | undefined {
  for (const { folder, prefix } of called) {
    if (path.startsWith(folder + sep))
      return (
        prefix +
        path
          .slice(folder.length + 1)
          .split(sep)
          .join('/')
      )
  }
  return undefined
}

function renamed(problem: Problem, called: readonly CalledFolder[]): Problem {
  const name = problem.file === undefined ? undefined : callOf(problem.file, called)
  return name === undefined ? problem : { ...problem, file: name }
}

/** A file that was named: relative to the working directory where it lies below it, else its name. */
function displayName(path: string): string {
  const below = relative('', path)
  return (below.startsWith('..') || isAbsolute(below) ? basename(path) : below).split(sep).join('/')
}

/** A folder relative to the working directory, with forward slashes; undefined when it is outside. */
function relativeName(folder: string): string | undefined {
  const below = relative('', folder)
  return below.startsWith('..') || isAbsolute(below) ? undefined : below.split(sep).join('/')
}

/** As `join`, which would look at every character again, for a folder that came from it and the name of an entry. */
function inFolder(folder: string, name: string, separator: string): string {
  return folder === '' || folder === '.' ? name : folder.endsWith(separator) ? folder + name : folder + separator + name
}

/** The problem of a path that cannot be opened. */
export function unreadable(file: string, error: unknown): Problem {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  const why = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EISDIR: 'is a directory',
    ELOOP: 'its links lead in a circle',
    ENOENT: 'does not exist',
  }[code]
  return {
    code: 'sources/unreadable',
    message: `cannot be read: ${why ?? (error instanceof Error ? error.message : String(error))}`,
    hint: 'Nothing of it was scanned; check its permissions.',
    file,
  }
}
