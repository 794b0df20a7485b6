/** Policies of files: controls and frameworks beside the built-in ones, or instead of them. Loaded only when some are asked for. */
import { join } from 'node:path'

import { BUILT_IN, extendCatalogue, type Catalogue } from '@kubescape/controls'
import {
  joinSets,
  readBundle,
  readCustomPolicies,
  verifyLock,
  type PolicyFile,
  type PolicyOptions as EvaluationOptions,
  type PolicySet,
} from '@kubescape/policies'

import { cacheFolder } from '../cached-config.ts'
import { RELEASES } from '../download/artifacts.ts'
import { Failure } from '../failure.ts'
import type { PolicyOptions } from '../policy-options.ts'
import { visible } from '../terminal.ts'
import { gatherFiles, readInputText } from './gather-files.ts'

/** What a scan judges by. */
export interface JudgedBy {
  readonly catalogue: Catalogue
  readonly set: PolicySet
  /** Published policies stand instead of the built-in ones. */
  readonly isBundle: boolean
}

const CUSTOM = ['.rego', '.yaml', '.yml', '.json']

/**
 * Reads the policies that the flags name.
 * @throws {Failure} for files that cannot be read, policies without controls, and those that are not what the lock names
 */
export function loadPolicySet(options: PolicyOptions, evaluation: EvaluationOptions): JudgedBy {
  const files = publishedFiles(options)
  const bundle = files === undefined ? undefined : readBundle(files, evaluation)
  const custom = readCustomPolicies(customFiles(options.customRules), { ...evaluation, beside: bundle ?? BUILT_IN })
  const set = bundle === undefined ? custom : joinSets(bundle, custom)
  if (bundle !== undefined) refuseNothing(bundleFlag(options), bundle)
  if (options.customRules.length > 0) refuseNothing('--custom-rules', custom)
  if (options.lock !== undefined) checkLock(options.lock, set)
  return { catalogue: extendCatalogue(bundle ?? BUILT_IN, custom), set, isBundle: bundle !== undefined }
}

/**
 * The policies of one file or folder: published ones where it holds JSON alone, otherwise controls of a user.
 * @throws {Failure} for files that cannot be read, and where there are no policies
 */
export function loadPath(path: string, flag: string, evaluation: EvaluationOptions): PolicySet {
  const files = gatherFiles([path], { extensions: CUSTOM, flag, what: 'built-in, or a file or folder of policies' })
  const isPublished = files.every((file) => file.path.toLowerCase().endsWith('.json'))
  const set = isPublished ? readBundle(files, evaluation) : readCustomPolicies(files, evaluation)
  if (set.controls.length > 0) return set
  const [first] = set.problems
  const why = first === undefined ? '' : `: ${first.file}: ${first.message}`
  throw new Failure(visible(`${flag} ${path} holds no controls${why}`), first?.hint ?? 'Name policies, or built-in.')
}

/** Files of controls of the user's own. */
function customFiles(paths: readonly string[]): PolicyFile[] {
  return gatherFiles(paths, { extensions: CUSTOM, flag: '--custom-rules', what: 'a file or folder of Rego and CEL' })
}

/** Files of published policies; undefined where none are asked for. */
function publishedFiles(options: PolicyOptions): PolicyFile[] | undefined {
  const { useFrom, useArtifactsFrom, useDefault, controlsVersion, cacheDir } = options
  if (useFrom.length > 0) return json(useFrom, '--use-from')
  if (useArtifactsFrom !== undefined) return json([useArtifactsFrom], '--use-artifacts-from')
  if (!useDefault && controlsVersion === undefined) return undefined
  const cache = cacheFolder(cacheDir)
  const [folder, flag, download] =
    controlsVersion === undefined
      ? [cache, '--use-default', 'kubescape download artifacts']
      : [
          join(cache, RELEASES, controlsVersion),
          '--controls-version',
          `kubescape download artifacts --controls-version ${controlsVersion}`,
        ]
  try {
    // The folder also holds settings, and releases in folders of their own.
    const files = json([folder], flag).filter(({ below }) => !below.includes('/') && below !== 'config.json')
    if (files.length > 0) return files
  } catch (error) {
    if (!(error instanceof Failure)) throw error
  }
  throw new Failure(`${flag}: nothing was downloaded into ${folder}`, `Run ${download} first.`)
}

function json(paths: readonly string[], flag: string): ReturnType<typeof gatherFiles> {
  return gatherFiles(paths, { extensions: ['.json'], flag, what: 'published policies: JSON files or a folder of them' })
}

/** Nothing that was asked for is left: a scan without it would pass for one with it. */
function refuseNothing(flag: string, { controls, frameworks, problems }: PolicySet): void {
  if (controls.length + frameworks.length > 0) return
  const [first] = problems
  if (first === undefined) {
    const hint = flag === '--custom-rules' ? 'Name files of Rego or CEL.' : 'Name published frameworks and controls.'
    throw new Failure(`${flag} holds no policies`, hint)
  }
  const place = [first.file, first.line, first.column].filter((part) => part !== undefined).join(':')
  throw new Failure(visible(`${flag} holds no policy that can be used: ${place}: ${first.message}`), first.hint)
}

/** The flag that asks for published policies. */
function bundleFlag({ useFrom, useArtifactsFrom, controlsVersion }: PolicyOptions): string {
  if (useFrom.length > 0) return '--use-from'
  if (useArtifactsFrom !== undefined) return '--use-artifacts-from'
  return controlsVersion === undefined ? '--use-default' : '--controls-version'
}

function checkLock(file: string, set: PolicySet): void {
  const [first] = verifyLock(readInputText(file, '--policy-lock'), set, file)
  if (first === undefined) return
  throw new Failure(
    visible(`--policy-lock ${file}: ${first.message}`),
    `${first.hint} kubescape policy lock -o ${file} writes down what is there now.`,
  )
}
