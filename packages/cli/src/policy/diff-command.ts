/** `kubescape policy diff`: judges the same files by two policy sets, and shows where they differ. */
import { BUILT_IN } from '@kubescape/controls'
import { NO_POLICIES, type PolicySet } from '@kubescape/policies'
import type { Identity } from '@kubescape/resources'
import type { Report } from '@kubescape/results'
import { policyDifference, type LoneControl, type PolicyDifference } from '@kubescape/results/comparison'
import { makeInputs, scan, selectControls } from '@kubescape/scanner'

import { Failure } from '../failure.ts'
import { openFiles } from '../inputs/file-input.ts'
import { readScanOptions } from '../options.ts'
import { print } from '../print.ts'
import { Progress } from '../progress.ts'
import { metadataOf } from '../scan-metadata.ts'
import { count, Log, visible } from '../terminal.ts'
import { oneOf, text, type Typed } from '../typed.ts'
import { loadPath } from './load-set.ts'
import { boxTable } from './table.ts'

const BUILT_IN_SET = 'built-in'
/** The longest table; JSON has everything. */
const MOST_ROWS = 200
const MOST_IDS = 10

/**
 * Compares two sets and gives the exit code: 1 where a path could not be read, and with `--fail` where verdicts differ.
 * @throws {Failure} for sets and files that cannot be read
 */
export async function runPolicyDiff(paths: readonly string[], typed: Typed, signal: AbortSignal): Promise<number> {
  const format = oneOf(text(typed, 'format') ?? 'pretty', ['pretty', 'json'], '--format')
  const [left, right] = [await judge('--left', paths, typed, signal), await judge('--right', paths, typed, signal)]
  const compared = policyDifference(left.report, right.report)
  print(format === 'json' ? `${JSON.stringify(compared, null, 2)}\n` : rendered(compared, typed))
  const isFailed = typed['fail'] === true && compared.differences.length > 0
  return isFailed || !left.isRead ? 1 : 0
}

/** The report of all controls of a set, and whether everything that was named could be read. */
async function judge(
  flag: '--left' | '--right',
  paths: readonly string[],
  typed: Typed,
  signal: AbortSignal,
): Promise<{ readonly report: Report; readonly isRead: boolean }> {
  const name = text(typed, flag === '--left' ? 'left' : 'right') ?? BUILT_IN_SET
  const set = name === BUILT_IN_SET ? { ...NO_POLICIES, ...BUILT_IN } : readSet(name, flag, signal)
  const { asCluster } = typed
  const options = readScanOptions(asCluster === true ? { asCluster } : {})
  const log = new Log('info')
  const input = openFiles(paths, options, new Progress(), log, signal)
  const selection = selectControls({}, set)
  const described = input.described
  const metadata = metadataOf({ input, options, sources: set.sources }, selection, described)
  const report = await scan(
    {
      selection,
      inputs: makeInputs(set.inputs, set.ownInputs),
      source: input.source,
      target: input.target,
      platform: '',
      controlPlane: undefined,
      filter: { ...options },
      exceptions: { rules: [], clusterNames: [], now: metadata.generationTime, honorsInline: false },
      labelsToCopy: [],
      metadata,
      policyProblems: set.problems,
    },
    signal,
  )
  // What is wrong with the files is the same for both.
  const isTold = flag === '--right'
  log.problems(report.coverage.problems.filter(({ code }) => !isTold || code.startsWith('policy/')))
  input.requireResources(report)
  return { report, isRead: input.namedProblems === 0 }
}

function readSet(name: string, flag: string, signal: AbortSignal): PolicySet {
  if (name.trim() === '')
    throw new Failure(`${flag} is empty`, `Name ${BUILT_IN_SET}, or a file or folder of policies.`)
  return loadPath(name, flag, { now: BigInt(Date.now()) * 1_000_000n, isCancelled: () => signal.aborted })
}

function rendered({ differences, agreed, common, onlyLeft, onlyRight }: PolicyDifference, typed: Typed): string {
  const rows = differences
    .slice(0, MOST_ROWS)
    .map(({ controlID, identity, file, left, right }) => [controlID, resourceText(identity), file, left, right])
  const more = differences.length - rows.length
  const only = (controls: readonly LoneControl[], name: string): string[] => {
    if (controls.length === 0) return []
    const named = controls.slice(0, MOST_IDS).map(({ controlID }) => visible(controlID))
    const others = controls.length > MOST_IDS ? ` and ${controls.length - MOST_IDS} more` : ''
    const set = visible(text(typed, name) ?? BUILT_IN_SET)
    return [`Only in ${set}: ${count(controls.length, 'control')}: ${named.join(', ')}${others}`]
  }
  return [
    ...(rows.length === 0 ? [] : [boxTable(['Control', 'Resource', 'File', 'Left', 'Right'], rows).trimEnd()]),
    ...(more > 0 ? [`and ${more} more; --format json has all of them`] : []),
    `${count(common, 'control')} in common: ${count(differences.length, 'verdict')} differ${differences.length === 1 ? 's' : ''}, ${agreed} agree`,
    ...only(onlyLeft, 'left'),
    ...only(onlyRight, 'right'),
  ]
    .map((line) => `${line}\n`)
    .join('')
}

function resourceText({ kind, namespace, name }: Identity): string {
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`
}
