/** The work tree around a path, by its files: no program is run for it. */
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'

import { parseRemote, UnusableUrl, type RemoteRepository } from './remote-url.ts'

/** A repository on this machine. */
export interface WorkTree {
  /** Its folder, without links on the way. */
  readonly root: string
  /** Where git keeps what belongs to this work tree. */
  readonly gitFolder: string
  /** The branch that is checked out; empty for a commit. */
  readonly branch: string
  /** The server that it was cloned from; undefined without one, and where its name says nothing. */
  readonly remote: RemoteRepository | undefined
}

/** The work tree that holds a path; undefined where there is none. */
export function findWorkTree(path: string): WorkTree | undefined {
  for (let at = resolve(path); ; at = dirname(at)) {
    const marker = join(at, '.git')
    if (existsSync(marker)) {
      const gitFolder = gitFolderOf(marker)
      return gitFolder === undefined
        ? undefined
        : { root: realpathSync(at), gitFolder, branch: branchOf(gitFolder), remote: remoteOf(gitFolder) }
    }
    if (dirname(at) === at) return undefined
  }
}

/** `.git` is a folder, or in linked work trees and submodules a file that names one. */
function gitFolderOf(marker: string): string | undefined {
  if (statSync(marker).isDirectory()) return marker
  const [, named] = /^gitdir: (.+?)\s*$/m.exec(readText(marker)) ?? []
  return named === undefined ? undefined : isAbsolute(named) ? named : join(dirname(marker), named)
}

function branchOf(gitFolder: string): string {
  return /^ref: refs\/heads\/(.+?)\s*$/m.exec(readText(join(gitFolder, 'HEAD')))?.[1] ?? ''
}

/** The URL of `origin`, as it is written in the settings of the repository itself. */
function remoteOf(gitFolder: string): RemoteRepository | undefined {
  const common = readText(join(gitFolder, 'commondir')).trim()
  const settings = readText(join(common === '' ? gitFolder : resolve(gitFolder, common), 'config'))
  const [, section] = /^\[remote "origin"\]\s*$([^[]*)/m.exec(settings) ?? []
  const [, url] = /^\s*url\s*=\s*(.+?)\s*$/m.exec(section ?? '') ?? []
  try {
    return url === undefined ? undefined : parseRemote(url)
  } catch (error) {
    if (error instanceof UnusableUrl) return undefined
    throw error
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').slice(0, 1024 * 1024)
  } catch {
    return ''
  }
}
