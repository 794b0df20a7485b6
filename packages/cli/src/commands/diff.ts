/** `kubescape diff`: what changed between two reports. */
import { compareSnapshots, countBuckets, regressions } from '@kubescape/results/comparison'

import { granularityOf } from '../baseline/baseline-options.ts'
import { regressionMessage } from '../baseline/regression-message.ts'
import { readSnapshotFile } from '../baseline/read-snapshot-file.ts'
import { diffFormat } from '../baseline/write-comparison.ts'
import { exitCodeOf, readExitCodes } from '../exit-codes.ts'
import { logLevelOf } from '../persistent-options.ts'
import { openFile, write } from '../output.ts'
import { STDOUT } from '../print.ts'
import { hasColour, Log } from '../terminal.ts'
import { severity, text, type Typed } from '../typed.ts'

/**
 * Compares two reports and gives the exit code.
 * @throws {Failure} for files that are no reports, and values that make no sense
 */
export async function runDiff(base: string, head: string, typed: Typed, signal: AbortSignal): Promise<number> {
  const format = diffFormat(text(typed, 'format') ?? 'pretty-printer')
  const granularity = granularityOf(typed, 'granularity', '--granularity')
  const worst = severity(typed, 'severityThreshold', '--severity-threshold')
  const codes = readExitCodes(text(typed, 'exitCodeMap'))
  const [before, after] = [readSnapshotFile(base, base), readSnapshotFile(head, head)]
  const comparison = compareSnapshots(before, after, granularity)
  const name = text(typed, 'output')
  const file = name === undefined || name.toLowerCase().endsWith(format.extension) ? name : `${name}${format.extension}`
  const opened = file === undefined ? STDOUT : openFile(file)
  const log = new Log(logLevelOf(typed))
  const page = {
    comparison,
    head: after,
    file: head,
    colour: opened === STDOUT && hasColour(process.stdout),
    warn: (message: string) => log.write('warning', message),
  }
  await write(await format.render(page), opened, signal)
  if (file !== undefined) log.write('info', `Comparison written to ${file}`)
  const found = regressions(comparison, worst)
  if (typed['failOnNew'] !== true || found.length === 0) return 0
  log.write(
    'fatal',
    `gate failed: --fail-on-new: ${regressionMessage(countBuckets({ ...comparison, failures: found }), worst)}`,
  )
  return exitCodeOf(['baseline'], codes)
}
