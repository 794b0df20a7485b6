/** `kubescape download`: fetches published controls, frameworks and what belongs to them, for `--use-from` and `--use-default`. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { cacheFolder } from '../cached-config.ts'
import {
  controlOf,
  EVERYTHING,
  FRAMEWORK_LIST,
  frameworkNames,
  frameworkOf,
  isName,
  RELEASES,
  SINGLE,
  type Artifact,
} from '../download/artifacts.ts'
import { authoritiesOf, fetchFile, releaseBase, type Release } from '../download/release.ts'
import { Failure } from '../failure.ts'
import { refuseNetworkFor } from '../offline.ts'
import { logLevelOf } from '../persistent-options.ts'
import { readTag } from '../policy-options.ts'
import { Log, visible } from '../terminal.ts'
import { text, type Typed } from '../typed.ts'

/** What can be asked for, as it is typed. */
const KINDS = ['artifacts', 'framework', 'control', ...Object.keys(SINGLE)] as const

/** Where files go. */
interface Place {
  readonly folder: string
  /** Set where the user named the file itself. */
  readonly file: string | undefined
}

interface Job {
  readonly release: Release
  readonly place: Place
  readonly log: Log
}

/**
 * Downloads and writes, and gives the exit code: 1 when anything is missing. With several artifacts it goes on after a failure.
 * @throws {Failure} for what makes no sense, and where a single artifact cannot be had
 */
export async function runDownload(
  kind: string,
  name: string | undefined,
  typed: Typed,
  signal: AbortSignal,
): Promise<number> {
  if (!(KINDS as readonly string[]).includes(kind)) {
    throw new Failure(`"${kind}" cannot be downloaded`, `Use one of ${KINDS.join(', ')}.`)
  }
  if (typed['offline'] === true) {
    throw new Failure('--offline rules out any network, and download needs one', 'Leave --offline out.')
  }
  refuseNetworkFor('what is downloaded comes from a server', process.env)
  const tag = readTag(text(typed, 'controlsVersion'))
  const log = new Log(logLevelOf(typed))
  const release: Release = {
    base: releaseBase(text(typed, 'from'), tag),
    authorities: authoritiesOf(text(typed, 'ca')),
    env: process.env,
    log,
    signal,
  }
  const job: Job = { release, place: placeOf(kind, name, typed, tag), log }
  if (kind === 'artifacts') return downloadArtifacts(job)
  if (kind === 'framework') return name === undefined ? downloadFrameworks(job) : downloadFramework(job, name)
  if (kind === 'control') return downloadControl(job, name)
  const artifact = SINGLE[kind]
  return artifact === undefined ? 1 : downloadSingle(job, artifact)
}

/** The folder that releases with a tag are kept in, below the cache. */
function releaseFolder(cache: string, tag: string): string {
  return join(cache, RELEASES, tag)
}

function placeOf(kind: string, name: string | undefined, typed: Typed, tag: string | undefined): Place {
  const output = text(typed, 'output')
  if (output === undefined) {
    const cache = cacheFolder(text(typed, 'cacheDir'))
    return { folder: tag === undefined ? cache : releaseFolder(cache, tag), file: undefined }
  }
  if (output.trim() === '') throw new Failure('--output is empty', 'Name a folder, or a file that ends in .json.')
  if (!output.toLowerCase().endsWith('.json')) return { folder: output, file: undefined }
  if (kind === 'artifacts' || (kind === 'framework' && name === undefined)) {
    throw new Failure(`--output ${output} is one file, and several are downloaded`, 'Name a folder.')
  }
  return { folder: '', file: output }
}

/** Inputs, exceptions, attack tracks and all frameworks; what cannot be had is told of and left out. */
async function downloadArtifacts(job: Job): Promise<number> {
  let code = 0
  for (const artifact of Object.values(SINGLE)) {
    if (!(await isDone(job, () => downloadSingle(job, artifact)))) code = 1
  }
  return (await isDone(job, () => downloadFrameworks(job))) ? code : 1
}

async function downloadFrameworks(job: Job): Promise<number> {
  const { value, url } = await fetchFile(job.release, FRAMEWORK_LIST)
  const names = frameworkNames(value)
  if (names === undefined) throw otherThan(url, 'a list of frameworks')
  let code = 0
  for (const name of names) {
    if (!(await isDone(job, () => downloadFramework(job, name)))) code = 1
  }
  return code
}

async function downloadFramework(job: Job, name: string): Promise<number> {
  const { value, url, text: body, digest } = await fetchFile(job.release, fileName(name))
  if (frameworkOf(value) === undefined) throw otherThan(url, 'a framework')
  save(job, `${fileName(name)}.json`, body, digest)
  return 0
}

async function downloadControl(job: Job, name: string | undefined): Promise<number> {
  if (name === undefined) throw new Failure('download control needs a name', 'Give an id, such as C-0057.')
  const { value, url, digest } = await fetchFile(job.release, EVERYTHING)
  const framework = frameworkOf(value)
  if (framework === undefined) throw otherThan(url, 'a framework')
  const control = controlOf(framework, name)
  if (control === undefined) {
    throw new Failure(`the release has no control "${name}"`, 'Give the id or the name of a control, such as C-0057.')
  }
  save(job, `${fileName(name)}.json`, JSON.stringify(control), digest)
  return 0
}

async function downloadSingle(job: Job, { published, file, read }: Artifact): Promise<number> {
  const { value, url, digest } = await fetchFile(job.release, published)
  const kept = read(value)
  if (kept === undefined) throw otherThan(url, file.replace('.json', '').replaceAll('-', ' '))
  save(job, file, JSON.stringify(kept), digest)
  return 0
}

/** Runs one of several downloads; a failure is told, and the others go on. */
async function isDone({ log, release }: Job, run: () => Promise<number>): Promise<boolean> {
  try {
    return (await run()) === 0
  } catch (error) {
    release.signal.throwIfAborted()
    if (!(error instanceof Failure)) throw error
    log.write('error', visible(`error: ${error.message}`))
    return false
  }
}

/** First beside it and then in its place, so that it is whole at any time. */
function save({ place, log }: Job, name: string, body: string, digest: string): void {
  const file = place.file ?? join(place.folder, name)
  const beside = `${file}.${process.pid}`
  try {
    mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 })
    writeFileSync(beside, body, { flag: 'wx' })
    renameSync(beside, file)
  } catch (error) {
    rmSync(beside, { force: true })
    const why = error instanceof Error ? error.message : String(error)
    throw new Failure(`cannot write ${file}: ${why}`, 'Choose another place with --output.')
  }
  log.write('success', visible(`Downloaded: ${file} (sha256:${digest})`))
}

/** Files are published in lower case. */
function fileName(name: string): string {
  const wanted = name.trim().toLowerCase().replaceAll(' ', '-')
  if (isName(wanted)) return wanted
  throw new Failure(`"${name}" is no name of a published file`, 'Give the name of a framework, or the id of a control.')
}

function otherThan(url: string, what: string): Failure {
  return new Failure(`${url} is not ${what}`, 'Something else is published there: check --from and --controls-version.')
}
