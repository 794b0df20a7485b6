/** The settings of a user that outlive a run: `config.json` in the cache directory. Only its owner may read it. */
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { Failure } from './failure.ts'
import { homeDirectory } from './home-directory.ts'

/** What can be kept, with the variable that wins over it. */
export const CACHED = {
  accessKey: 'KS_ACCESS_KEY',
  accountID: 'KS_ACCOUNT_ID',
  cloudAPIURL: 'KS_CLOUD_API_URL',
  cloudReportURL: 'KS_CLOUD_REPORT_URL',
} as const

/** Name of something that can be kept. */
export type CachedKey = keyof typeof CACHED

const MAX_BYTES = 64 * 1024
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/**
 * The file, below the directory that a flag, `KS_CACHE_DIR` or nobody names.
 * @throws {Failure} where nobody does, and the user has no home directory
 */
export function cachedFile(cacheDir: string | undefined): string {
  return join(cacheFolder(cacheDir), 'config.json')
}

/**
 * The directory that a flag, `KS_CACHE_DIR` or nobody names.
 * @throws {Failure} where nobody does, and the user has no home directory
 */
export function cacheFolder(cacheDir: string | undefined): string {
  return resolve(cacheDir || process.env['KS_CACHE_DIR'] || defaultDirectory())
}

function defaultDirectory(): string {
  const home = homeDirectory()
  if (home !== undefined) return join(home, '.kubescape')
  throw new Failure('there is no home directory to keep settings in', 'Name a directory with --cache-dir.')
}

/**
 * Everything in the file, members of other tools included; nothing where there is none.
 * @throws {Failure} for a file that is no JSON object
 */
export function readCached(file: string): Record<string, unknown> {
  const remove = 'Correct it, or remove it with kubescape config delete.'
  try {
    const size = statSync(file, { throwIfNoEntry: false })?.size
    if (size === undefined) return {}
    if (size > MAX_BYTES) throw new Error(`it is longer than ${MAX_BYTES} bytes`)
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch (error) {
    // What JSON.parse says may quote the file, and with it a key.
    const why = error instanceof SyntaxError ? 'it is no JSON' : error instanceof Error ? error.message : String(error)
    throw new Failure(`${file} cannot be read: ${why}`, remove)
  }
  throw new Failure(`${file} holds no JSON object`, remove)
}

/**
 * Keeps one value; an empty one forgets it.
 * @throws {Failure} for keys that there are not, and values that cannot be right
 */
export function keep(file: string, key: string, value: string): void {
  if (!isCachedKey(key)) {
    throw new Failure(`config set does not know "${key}"`, `Use one of ${Object.keys(CACHED).join(', ')}.`)
  }
  const text = value.trim()
  if (text !== '') check(key, text)
  const { [key]: _, ...rest } = readCached(file)
  write(file, text === '' ? rest : { ...rest, [key]: text })
}

/** Forgets everything. */
export function forget(file: string): void {
  rmSync(file, { force: true })
}

function check(key: CachedKey, value: string): void {
  if (key === 'accountID' && !UUID.test(value)) {
    throw new Failure('the accountID is no UUID', 'Write it as 00000000-0000-0000-0000-000000000000.')
  }
  if (key.endsWith('URL') && !/^https?:$/.test(URL.parse(value)?.protocol ?? '')) {
    throw new Failure(`the ${key} is no http or https URL`, 'Write it out, such as https://api.example.com.')
  }
}

/** First beside it and then in its place, so that it is whole at any time and never readable by others. */
function write(file: string, value: Readonly<Record<string, unknown>>): void {
  const folder = resolve(file, '..')
  const beside = `${file}.${process.pid}`
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(beside, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
    chmodSync(beside, 0o600)
    renameSync(beside, file)
  } catch (error) {
    rmSync(beside, { force: true })
    const why = error instanceof Error ? error.message : String(error)
    throw new Failure(`cannot write ${file}: ${why}`, 'Choose another place with --cache-dir or KS_CACHE_DIR.')
  }
}

function isCachedKey(key: string): key is CachedKey {
  return Object.hasOwn(CACHED, key)
}
