/** Files as the caller gives them, and paths in them. */
import { BuildError } from './problem.ts'

/** Where files are read from. Paths have forward slashes; the caller decides what may be read. */
export interface FileSystem {
  /**
   * The text of a file; undefined when there is none, or it may not be read. Bytes that are no UTF-8 stand as U+DC80 to
   * U+DCFF, so that generators can put files of any kind into ConfigMaps and Secrets.
   */
  read(path: string): string | undefined
  /** What a path leads to. */
  kind(path: string): 'file' | 'directory' | undefined
}

/** A path without `.`, `..` and empty parts; leading `..` of relative paths stay. */
export function normalize(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return path.startsWith('/') ? `/${parts.join('/')}` : parts.join('/') || '.'
}

/** A path that is written in a file of the folder. */
export function resolvePath(folder: string, path: string): string {
  return normalize(path.startsWith('/') ? path : `${folder}/${path}`)
}

/** True when a path lies in a folder or is it. */
export function isWithin(folder: string, path: string): boolean {
  if (folder === '.') return !path.startsWith('/') && path !== '..' && !path.startsWith('../')
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
}

/** Files of which only those in a folder and below may be read, as a kustomization may by default. */
export function filesBelow(files: FileSystem, folder: string): FileSystem {
  return {
    kind: (path) => files.kind(path),
    read: (path) => {
      if (isWithin(folder, path)) return files.read(path)
      throw new BuildError(`security; file '${path}' is not in or below '${folder}'`)
    },
  }
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** True for what kustomize would fetch from somewhere else. */
export function isRemote(path: string): boolean {
  return (
    /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(path) ||
    /^(?:git|gh)::?/.test(path) ||
    /^[\w.-]+@[\w.-]+:/.test(path) ||
    /^(?:github\.com|gitlab\.com|bitbucket\.org)\//.test(path)
  )
}
