/** Policies of files: controls and frameworks beside the built-in ones, or instead of them. Loaded only when some are asked for. */
import { join } from 'node:path'

import { BUILT_IN, extendCatalogue, isInputName, type Catalogue } from '@kubescape/controls'
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
import { isDownloaded, RELEASES } from '../download/artifacts.ts'
import { Failure } from '../failure.ts'
import type { PolicyOptions } from '../policy-options.ts'
import { readInputText, gatherFiles } from './gather-files.ts'

/** What a scan judges by. */
export interface JudgedBy {
  readonly catalogue: Catalogue
  readonly set: PolicySet
  /** The published policies stand instead of the built-in ones. */
  readonly isBundle: boolean
}

const CUSTOM = ['.rego', '.yaml', '.yml', '.json']

/**
 * Reads the policies that the flags name.
 * @throws {Failure} for files that cannot be read, sets without controls, and sets that are not those of the lock
 */
export function loadPolicySet(options: PolicyOptions, evaluation: EvaluationOptions): JudgedBy {
  const custom = readCustom(options.customRules, evaluation)
  const bundle = readPublished(options, evaluation)
  const set = bundle === undefined ? custom : joinSets(bundle, custom)
  if (options.lock !== undefined) checkLock(options.lock, set)
  const base = bundle === undefined ? BUILT_IN : { controls: bundle.controls, frameworks: bundle.frameworks }
  return { catalogue: extendCatalogue(base, custom), set, isBundle: bundle !== undefined }
}
