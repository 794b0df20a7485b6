/** `kubescape policy diff`: judges the same files by two policy sets, and shows where they differ. */
import { BUILT_IN } from '@kubescape/controls'
import { NO_POLICIES, type PolicySet } from '@kubescape/policies'
import type { Report } from '@kubescape/results'
import { makeInputs, scan, selectControls } from '@kubescape/scanner'

import { Failure } from '../failure.ts'
import { openFiles } from '../inputs/file-input.ts'
import { readScanOptions } from '../options.ts'
import { print } from '../print.ts'
import { Progress } from '../progress.ts'
import { metadataOf } from '../scan-metadata.ts'
import { count, Log, visible } from '../terminal.ts'
import { oneOf, text, type Typed } from '../typed.ts'
import { compareVerdicts, type VerdictComparison } from './compare-verdicts.ts'
import { loadPath } from './load-set.ts'
import { boxTable } from './table.ts'

const BUILT_IN_SET = 'built-in'
/** The longest table; JSON has everything. */
const MOST_ROWS = 200
const MOST_IDS = 10

/**
 * Compares two sets and gives the exit code: with `--fail` 1 where verdicts differ.
 * @throws {Failure} for sets and files that cannot be read
 */
export async function runPolicyDiff(paths: readonly string[], typed: Typed, signal: AbortSignal): Promise<number> {
  const format = oneOf(text(typed, 'format') ?? 'pretty', ['pretty', 'json'], '--format')
  const [left, right] = [await judge('--left', paths, typed, signal), await judge('--right', paths, typed, signal)]
  const compared = compareVerdicts(left, right)
  print(format === 'json' ? `${JSON.stringify(compared, null, 2)}\n` : rendered(compared, typed))
  return typed['fail'] === true && compared.differing.length > 0 ? 1 : 0
}

/** The report of all controls of a set. */
async function judge(
  flag: '--left' | '--right',
  paths: readonly string[],
  typed: Typed,
  signal: AbortSignal,
): Promise<Report> {
  const name = text(typed, flag === '--left' ? 'left' : 'right') ?? BUILT_IN_SET
  const set = name === BUILT_IN_SET ? { ...NO_POLICIES, ...BUILT_IN } : readSet(name, flag, signal)
  const { asCluster } = typed
  const options = readScanOptions(asCluster === true ? { asCluster } : {})
  const log = new Log('info')
  log.problems(set.problems)
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
  log.problems(report.coverage.problems.filter((problem) => !set.problems.some((known) => known === problem)))
  input.requireResources(report)
  return report
}

function readSet(name: string, flag: string, signal: AbortSignal): PolicySet {
  if (name.trim() === '')
    throw new Failure(`${flag} is empty`, `Name ${BUILT_IN_SET}, or a file or folder of policies.`)
  return loadPath(name, flag, { now: BigInt(Date.now()) * 1_000_000n, isCancelled: () => signal.aborted })
}

function rendered({ differing, same, onlyLeft, onlyRight }: VerdictComparison, typed: Typed): string {
  const rows = differing
    .slice(0, MOST_ROWS)
    .map(({ control, resource, file, line, left, right }) => [control, resource, `${file}:${line}`, left, right])
  const more = differing.length - rows.length
  const only = (ids: readonly string[], name: string): string[] => {
    if (ids.length === 0) return []
    const named = ids.slice(0, MOST_IDS).map(visible).join(', ')
    const others = ids.length > MOST_IDS ? ` and ${ids.length - MOST_IDS} more` : ''
    return [`Only in ${visible(text(typed, name) ?? BUILT_IN_SET)}: ${count(ids.length, 'control')}: ${named}${others}`]
  }
  return [
    ...(rows.length === 0 ? [] : [boxTable(['Control', 'Resource', 'Place', 'Left', 'Right'], rows).trimEnd()]),
    ...(more > 0 ? [`and ${more} more; --format json has all of them`] : []),
    `${count(differing.length, 'verdict')} differ${differing.length === 1 ? 's' : ''}, ${count(same, 'verdict is', 'verdicts are')} the same`,
    ...only(onlyLeft, 'left'),
    ...only(onlyRight, 'right'),
  ]
    .map((line) => `${line}\n`)
    .join('')
}
