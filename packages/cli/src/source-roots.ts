/** What scanned files are named relative to in reports for machines. */
import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'

import type { SourceRoots } from '@kubescape/formats'
import type { ScanMetadata } from '@kubescape/results'

import { isDirectory } from './is-directory.ts'

/**
 * The root of the git work tree that holds the first scanned path; without one the working directory, or the scanned directory where
 * that is elsewhere.
 */
export function sourceRoots(input: ScanMetadata['input']): SourceRoots {
  const workingDirectory = process.cwd()
  // What was fetched is called by its paths in the repository, and is gone when the report is read.
  if (input.kind !== 'cluster' && input.repository?.isRemote === true) {
    return { root: slashed(workingDirectory), workingDirectory: slashed(workingDirectory) }
  }
  const path = input.kind === 'cluster' || input.kind === 'stdin' ? undefined : input.paths[0]
  const folder = path === undefined ? workingDirectory : folderOf(resolve(path))
  const root = workTree(folder) ?? (isWithin(folder, workingDirectory) ? workingDirectory : folder)
  return { root: slashed(root), workingDirectory: slashed(workingDirectory) }
}

/** The directory itself, or that of a file; of a pattern the last part without wildcards. */
export function folderOf(path: string): string {
  let folder = path
  while (!isDirectory(folder) && dirname(folder) !== folder) folder = dirname(folder)
  return folder
}

/** The nearest directory upward with `.git`, which is a file in linked work trees and submodules. */
export function workTree(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at
    if (dirname(at) === at) return undefined
  }
}

function isWithin(path: string, folder: string): boolean {
  const below = relative(folder, path)
  return !isAbsolute(below) && below !== '..' && !below.startsWith(`..${sep}`)
}

function slashed(path: string): string {
  return (sep === '/' ? path : path.replaceAll(sep, '/')).replace(/\/$/, '')
}
