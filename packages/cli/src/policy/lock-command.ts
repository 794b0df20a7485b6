/** `kubescape policy lock`: writes down which policies there are, so that a scan can be held to them. */
import { lockOf } from '@kubescape/policies'

import { Failure } from '../failure.ts'
import { openFile } from '../output.ts'
import { asksForPolicies, readPolicyOptions } from '../policy-options.ts'
import { writeAll } from '../print.ts'
import { count, Log, visible } from '../terminal.ts'
import { text, type Typed } from '../typed.ts'
import { loadPolicySet } from './load-set.ts'

const FILE = '.kubescape-policies.lock'

/**
 * Writes the lock of the policies that the flags name.
 * @throws {Failure} where none are named, or one cannot be read
 */
export function runLock(typed: Typed): void {
  const options = readPolicyOptions(typed)
  if (!asksForPolicies(options)) {
    throw new Failure(
      'policy lock needs policies',
      'Name some with --custom-rules, --use-from or --use-artifacts-from; the built-in ones have the version of the program.',
    )
  }
  const log = new Log('info')
  const { set } = loadPolicySet(options, {})
  log.problems(set.problems)
  const file = text(typed, 'output') ?? FILE
  writeAll(openFile(file), lockOf(set))
  log.write(
    'success',
    visible(`${file} names ${count(set.sources.length, 'file')}; hold scans to them: --policy-lock ${file}`),
  )
}
