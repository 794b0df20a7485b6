/** From arguments to files: paths, globs and directories, each file once. */
import { globSync, readdirSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'

import type { Problem } from '@kubescape/yaml'

import { readIgnoreRules, type IgnoreRules } from './ignore-rules.ts'
import { isArchive, isOfChart, KUSTOMIZATIONS, type FoundSource, type SourceKind } from './rendered-sources.ts'

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
  /** The path without links on the way. */
  readonly real: string
  /** The chart that it lies in, by its path without links; of files that are no part of what the chart renders. */
  readonly chart?: string
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
  /** Look for charts and kustomizations, whose parts are then no files of their own. */
  readonly findSources: boolean
}

/** What was found. */
export interface Discovered {
  readonly files: readonly FoundFile[]
  /** Charts and kustomizations. */
  readonly sources: readonly FoundSource[]
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
  readonly #sources: FoundSource[] = []
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
    return {
      files: this.#files,
      sources: this.#sources,
      problems: called.length === 0 ? this.#problems : this.#problems.map((problem) => renamed(problem, called)),
      missing: this.#missing,
      directories: this.#directories,
    }
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
      else if (this.#isSource(match) || (EXTENSIONS.test(match) && !NOT_MANIFESTS.has(basename(match))))
        this.#named(match)
    }
  }

  #miss(message: string, hint: string, file: string): void {
    this.#missing++
    this.#problems.push({ code: 'sources/not-found', message, hint, file })
  }

  #directory(root: string): void {
    const rules = readIgnoreRules(root, this.#options.excludePaths, this.#options.useIgnoreFile)
    const real = realPath(root)
    if (real !== undefined) this.#walk({ root, rules, realRoot: real }, '', real, undefined)
  }

  /**
   * `real` is the folder without links on the way: known while walking, so that only links cost a look. `chart` is that of the
   * chart that the folder lies in.
   */
  #walk(tree: Tree, below: string, real: string, chart: string | undefined): void {
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
    const pathOf = (name: string): string => (below === '' ? name : `${below}/${name}`)
    const kinds = this.#sourcesIn(entries, folder, (name) => rules.ignores(pathOf(name), false))
    const isChart = kinds.includes('chart')
    const isKustomization = kinds.includes('kustomization')
    for (const kind of kinds) {
      const ignores = (name: string): boolean => rules.ignores(pathOf(name), false)
      const named = below === ''
      this.#source({ kind, ...this.#called(folder, place ?? below), named, real, bounds: realRoot, ignores })
    }
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name === '.git') continue
      if (isChart && isOfChart(entry.name)) continue
      if (isKustomization && KUSTOMIZATIONS.has(entry.name)) continue
      const path = pathOf(entry.name)
      const isLink = entry.isSymbolicLink()
      const kind = isLink ? kindBehind(join(root, path)) : kindOf(entry)
      if (rules.ignores(path, kind === 'directory')) continue
      if (isLink && !this.#isFollowed(join(root, path), kind, realRoot)) continue
      if (kind === undefined) continue
      const realEntry = isLink ? (realPath(join(root, path)) ?? '') : `${real}${sep}${entry.name}`
      if (kind === 'directory') this.#walk(tree, path, realEntry, isChart ? real : chart)
      else if (EXTENSIONS.test(entry.name) && !NOT_MANIFESTS.has(entry.name)) {
        const display = inFolder(folder, entry.name, sep)
        // Outside of the working directory the scanned root is what it is relative to.
        const relativePath = place === undefined ? path : inFolder(place, entry.name, '/')
        const owner = isChart ? real : chart
        const found = this.#found(display, relativePath, false, realEntry)
        this.#file(owner === undefined ? found : { ...found, chart: owner })
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

  #found(path: string, relativePath: string, named: boolean, real: string): FoundFile {
    const name = callOf(path, this.#options.called ?? [])
    return { path, display: name ?? path, relative: name ?? relativePath, named, real }
  }

  #called(path: string, relativePath: string): Pick<FoundSource, 'path' | 'display' | 'relative'> {
    const name = callOf(path, this.#options.called ?? [])
    return { path, display: name ?? path, relative: name ?? relativePath }
  }

  /** What a directory is. Exactly one of the names makes a kustomization: of several nobody knows which counts. */
  #sourcesIn(entries: readonly Dirent[], folder: string, isIgnored: (name: string) => boolean): SourceKind[] {
    if (!this.#options.findSources) return []
    const names = entries
      .map(({ name }) => name)
      .filter((name) => (name === 'Chart.yaml' || KUSTOMIZATIONS.has(name)) && !isIgnored(name))
    const kustomizations = names.filter((name) => KUSTOMIZATIONS.has(name))
    if (kustomizations.length > 1) {
      this.#problems.push({
        code: 'sources/ambiguous-kustomization',
        message: `has several kustomization files, and was not built: ${kustomizations.join(', ')}`,
        hint: 'Keep one of them, as kustomize demands it. The other files were scanned one by one.',
        file: folder,
      })
    }
    return [
      ...(names.includes('Chart.yaml') ? ['chart' as const] : []),
      ...(kustomizations.length === 1 ? ['kustomization' as const] : []),
    ]
  }

  /** The file that makes its directory a chart or a kustomization, or a packed chart. */
  #isSource(path: string): boolean {
    const name = basename(path)
    return this.#options.findSources && (name === 'Chart.yaml' || KUSTOMIZATIONS.has(name) || isArchive(name))
  }

  #named(path: string): void {
    const real = realPath(path) ?? resolve(path)
    if (this.#isSource(path)) this.#namedSource(path, real)
    else this.#file(this.#found(path, displayName(path), true, real))
  }

  #namedSource(path: string, real: string): void {
    const isPacked = isArchive(basename(path))
    const kind: SourceKind = isPacked || basename(path) === 'Chart.yaml' ? 'chart' : 'kustomization'
    const own = isPacked ? { path, real } : { path: dirname(path), real: dirname(real) }
    const called = this.#called(own.path, displayName(own.path))
    this.#source({ kind, ...called, real: own.real, named: true, bounds: own.real, ignores: () => false })
  }

  #source(source: FoundSource): void {
    const isTwin = this.#sources.some((other) => other.kind === source.kind && other.real === source.real)
    if (!isTwin) this.#sources.push(source)
  }

  #file(file: FoundFile): void {
    if (this.#taken.has(file.real)) return
    this.#taken.add(file.real)
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
    if (path === folder) return prefix === '' ? '.' : prefix.slice(0, -1)
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
