/** Names of scanned files for machines: relative to the root of the work tree, and as URI references (RFC 3986). */
import type { SourceRoots } from './format.ts'

/** Where a file is: relative to `SRCROOT`, or an absolute URI for one outside of it. */
export interface ArtifactLocation {
  readonly uri: string
  readonly uriBaseId?: 'SRCROOT'
}

/** Names files; each is worked out once. */
export class SourceNames {
  readonly #roots: SourceRoots
  readonly #relative = new Map<string, string | undefined>()
  readonly #locations = new Map<string, ArtifactLocation | undefined>()

  constructor(roots: SourceRoots) {
    this.#roots = roots
  }

  /** URI of the root, with a slash at the end. */
  get rootUri(): string {
    return `${fileUri(this.#roots.root)}/`
  }

  /** The path below the root, with forward slashes; undefined outside of it, and for what is no file, such as standard input. */
  relative(file: string): string | undefined {
    if (!this.#relative.has(file)) this.#relative.set(file, this.#below(file))
    return this.#relative.get(file)
  }

  /** Undefined for what is no file. */
  location(file: string): ArtifactLocation | undefined {
    if (!this.#locations.has(file)) this.#locations.set(file, this.#locate(file))
    return this.#locations.get(file)
  }

  #locate(file: string): ArtifactLocation | undefined {
    if (!isFile(file)) return undefined
    const path = this.relative(file)
    return path === undefined ? { uri: fileUri(this.#absolute(file)) } : { uri: encoded(path), uriBaseId: 'SRCROOT' }
  }

  #below(file: string): string | undefined {
    if (!isFile(file)) return undefined
    const path = this.#absolute(file)
    const { root } = this.#roots
    return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : undefined
  }

  #absolute(file: string): string {
    const isWindows = /^[A-Za-z]:/.test(this.#roots.workingDirectory)
    const slashed = isWindows ? file.replaceAll('\\', '/') : file
    const isAbsolute = slashed.startsWith('/') || (isWindows && /^[A-Za-z]:\//.test(slashed))
    return normalized(isAbsolute ? slashed : `${this.#roots.workingDirectory}/${slashed}`)
  }
}

/** A path without empty parts, `.` and `..`; a slash at the end goes too. */
export function normalized(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}`
}

function isFile(file: string): boolean {
  return file !== '' && file !== '-'
}

function fileUri(path: string): string {
  return `file://${path.startsWith('/') ? '' : '/'}${encoded(path).replace(/^(\/?[A-Za-z])%3A/, '$1:')}`
}

function encoded(path: string): string {
  return path
    .split('/')
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join('/')
}
