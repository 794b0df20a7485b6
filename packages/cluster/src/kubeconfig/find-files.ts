/** Where kubeconfigs lie, and what they say together. Source: kubectl, "Organizing Cluster Access Using kubeconfig Files". */
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'

import { ClusterError } from '../errors.ts'
import { decodeKubeconfig, type Kubeconfig } from './decode.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** A configuration with the files that it was read from. */
export interface FoundKubeconfig extends Kubeconfig {
  readonly files: readonly string[]
}

/**
 * The files' configuration: the one asked for; else those of `KUBECONFIG`, of which some may be missing; else the one in the
 * home folder. Undefined where there is none, or it is empty. Throws `ClusterError` for files that cannot be read.
 */
export function findKubeconfig(asked: string | undefined, env: Environment): FoundKubeconfig | undefined {
  if (asked !== undefined && asked !== '') return merge([read(resolve(asked), true)])
  const listed = (env['KUBECONFIG'] ?? '').split(delimiter).filter(Boolean)
  const home = env['HOME'] || env['USERPROFILE'] || homeOfUser()
  const usual = home === undefined ? [] : [join(home, '.kube/config')]
  const paths = listed.length > 0 ? new Set(listed) : usual
  return merge([...paths].map((path) => read(resolve(path), false)))
}

/** Undefined where nobody knows it: a Pod may run as a user that is on no list. */
function homeOfUser(): string | undefined {
  try {
    return homedir()
  } catch {
    return undefined
  }
}

interface ReadFile {
  readonly file: string
  readonly config: Kubeconfig
}

function read(file: string, isNeeded: boolean): ReadFile | undefined {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (error) {
    const { code = 'it could not be read' } = error as NodeJS.ErrnoException
    if (!isNeeded && (code === 'ENOENT' || code === 'ENOTDIR')) return undefined
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`
    throw new ClusterError('cluster/unreadable-configuration', `the kubeconfig ${file} ${why}`, {
      hint: 'Check the path, and that you may read it.',
    })
  }
  return { file, config: decodeKubeconfig(bytes, file) }
}

/** The first file that names a context, cluster or user has the say about it, and the first with a current context. */
function merge(files: readonly (ReadFile | undefined)[]): FoundKubeconfig | undefined {
  const found = files.filter((file) => file !== undefined)
  const configs = found.map(({ config }) => config)
  const [contexts, clusters, users] = [
    firstOfEach(configs.map((config) => config.contexts)),
    firstOfEach(configs.map((config) => config.clusters)),
    firstOfEach(configs.map((config) => config.users)),
  ]
  if (contexts.size + clusters.size + users.size === 0) return undefined
  const currentContext = configs.find((config) => config.currentContext !== '')?.currentContext ?? ''
  return { files: found.map(({ file }) => file), currentContext, contexts, clusters, users }
}

function firstOfEach<Entry>(maps: readonly ReadonlyMap<string, Entry>[]): Map<string, Entry> {
  const all = new Map<string, Entry>()
  for (const map of maps) for (const [name, entry] of map) if (!all.has(name)) all.set(name, entry)
  return all
}
