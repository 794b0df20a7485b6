/** `kubescape config`: what counts and where it comes from, and what is kept of a user between runs. */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { yamlText } from '@kubescape/yaml'

import { CACHED, cachedFile, cacheFolder, forget, keep, readCached, type CachedKey } from '../cached-config.ts'
import { MEMBERS } from '../config/members.ts'
import { settle, VARIABLES, type Settled } from '../config/settle.ts'
import { isDownloaded, RELEASES } from '../download/artifacts.ts'
import { Failure } from '../failure.ts'
import { count, visible } from '../terminal.ts'
import { text, type Typed } from '../typed.ts'

/** A value that counts, and what it comes from: `flag`, a variable, `file:line`, `default`; empty for nothing at all. */
interface Effective {
  readonly value: unknown
  readonly from: string
}

const FORMATS = ['text', 'json', 'yaml']
const HIDDEN = 'XXXXXX'

/**
 * The text of `config view`: settings that a scan of these paths would have. Secrets are masked.
 * @throws {Failure} for a format that is not known, and files that cannot be read
 */
export async function renderConfig(paths: readonly string[], typed: Typed): Promise<string> {
  const format = text(typed, 'output') ?? 'text'
  if (!FORMATS.includes(format)) {
    throw new Failure(`--output does not know "${format}"`, `Use one of ${FORMATS.join(', ')}.`)
  }
  const { output: _, includeEmpty: __, ...flags } = typed
  const settled = await settle(flags, paths, process.env)
  const all = { ...scanSettings(settled), ...machineSettings(settled), ...cachedSettings(settled.typed) }
  const shown = Object.entries(all).filter(([, { value }]) => typed['includeEmpty'] === true || !isEmpty(value))
  if (format === 'json') return `${JSON.stringify(Object.fromEntries(shown), null, 2)}\n`
  return format === 'yaml' ? yamlText(Object.fromEntries(shown)) : table(shown)
}

/**
 * Keeps a value: `KEY VALUE`, `KEY=VALUE`, or `KEY -` to read it from standard input, where nobody sees it in a list of processes.
 * @throws {Failure} for keys that there are not, and values that cannot be right
 */
export function setConfig(args: readonly string[], typed: Typed): string {
  const [first = '', second] = args
  const at = first.indexOf('=')
  const [key, value] = second === undefined && at > 0 ? [first.slice(0, at), first.slice(at + 1)] : [first, second]
  if (value === undefined) throw new Failure('config set: there is no value', 'Write KEY VALUE or KEY=VALUE.')
  const file = cachedFile(text(typed, 'cacheDir'))
  keep(file, key, value === '-' ? readFileSync(0, 'utf8') : value)
  return `${file}: ${key} is set. Scans send nothing by it: --submit sends a report, to what --server names.\n`
}

/**
 * Forgets what is kept, or what has been downloaded.
 * @throws {Failure} for anything else
 */
export function deleteConfig(what: string | undefined, typed: Typed): string {
  if (what === 'cache') return deleteCache(typed)
  if (what !== undefined)
    throw new Failure(`config delete does not know "${what}"`, 'Use config delete or config delete cache.')
  const file = cachedFile(text(typed, 'cacheDir'))
  forget(file)
  return `${file} is gone.\n`
}

/** Forgets what `kubescape download` has put there; what others keep in the folder stays. */
function deleteCache(typed: Typed): string {
  const folder = cacheFolder(text(typed, 'cacheDir'))
  const names = namesIn(folder).filter(
    (name) => name === RELEASES || isDownloaded(name, () => jsonIn(join(folder, name))),
  )
  for (const name of names) rmSync(join(folder, name), { recursive: true, force: true })
  if (names.length === 0) return `Nothing to delete: nothing in ${visible(folder)} was downloaded.\n`
  return `${count(names.length, 'entry', 'entries')} of ${visible(folder)} ${names.length === 1 ? 'is' : 'are'} gone.\n`
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

function scanSettings({ typed, origins, file }: Settled): Record<string, Effective> {
  return Object.fromEntries(
    MEMBERS.map(({ name, option, type, default: otherwise = null }) => {
      const set = file?.settings.find(({ member }) => member.name === name)
      const origin = origins.get(option)
      const from = origin === 'file' ? `${file?.path}:${set?.line}` : (variableOf(option, origin) ?? origin)
      // Values of the file are shown as they are written there.
      const merged = origin === 'file' && option === 'format' ? set?.value : typed[option]
      const value = type.kind === 'number' && merged !== undefined ? Number(merged) : merged
      return [
        name,
        from === undefined ? { value: otherwise, from: isEmpty(otherwise) ? '' : 'default' } : { value, from },
      ]
    }),
  )
}

/** What no file can say. */
function machineSettings({ typed, origins }: Settled): Record<string, Effective> {
  const logger = origins.get('logger')
  const cacheDir = text(typed, 'cacheDir')
  return {
    logger: { value: typed['logger'] ?? 'info', from: variableOf('logger', logger) ?? logger ?? 'default' },
    cacheDir: {
      value: cachedFile(cacheDir).replace(/.config\.json$/, ''),
      from: cacheDir !== undefined ? 'flag' : isEmpty(process.env['KS_CACHE_DIR']) ? 'default' : 'KS_CACHE_DIR',
    },
  }
}

function cachedSettings(typed: Typed): Record<string, Effective> {
  const file = cachedFile(text(typed, 'cacheDir'))
  const kept = readCached(file)
  return Object.fromEntries(
    (Object.keys(CACHED) as CachedKey[]).map((key) => {
      const variable = process.env[CACHED[key]]
      const value = isEmpty(variable) ? (kept[key] ?? '') : variable
      const from = isEmpty(variable) ? file : CACHED[key]
      const isSecret = key === 'accessKey' && !isEmpty(value)
      return [key, { value: isSecret ? HIDDEN : value, from: isEmpty(value) ? '' : from }]
    }),
  )
}

function variableOf(option: string, origin: string | undefined): string | undefined {
  return origin === 'environment' ? VARIABLES.find((each) => each.option === option)?.name : undefined
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    value === false ||
    (Array.isArray(value) && value.length === 0)
  )
}

function table(entries: readonly (readonly [name: string, effective: Effective])[]): string {
  const rows = entries.map(([name, { value, from }]) => [name, inOneLine(value), from] as const)
  const widths = [0, 1].map((at) => Math.max(0, ...rows.map((row) => (row[at] ?? '').length)))
  return rows
    .map(([name, value, from]) =>
      `${name.padEnd(widths[0] ?? 0)}  ${value.padEnd(widths[1] ?? 0)}  ${visible(from)}`.trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('')
}

function inOneLine(value: unknown): string {
  return visible(typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value))
}
