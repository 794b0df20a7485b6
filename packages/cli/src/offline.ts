/** `--offline`: whatever would use a network is refused before it begins, and nothing is looked up. */
import { Failure } from './failure.ts'
import { looksRemote } from './inputs/remote-path.ts'
import type { ScanOptions } from './options.ts'
import { wantedSignals } from './telemetry/signals.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** A variable that switches something on: anything but nothing, `0`, `false`, `no` and `off`. */
export function isSwitchedOn(value: string | undefined): boolean {
  return !/^\s*(?:0|false|no|off)?\s*$/i.test(value ?? '')
}

/**
 * Refuses a scan that would use a network although it must not. Even the API of a cluster on this machine is one.
 * @throws {Failure} naming what would
 */
export function refuseNetwork(paths: readonly string[], options: ScanOptions, env: Environment): void {
  if (!options.run.offline) return
  if (paths.length === 0) {
    throw refused(
      'a cluster is reached through its API',
      'Name files to scan, such as a dump of the cluster with --as-cluster.',
    )
  }
  if (paths.some((path) => looksRemote(path) && !path.startsWith('file:'))) {
    throw refused('a repository is fetched from its server', 'Clone it while there is a network, and scan its folder.')
  }
  if (options.submit !== undefined) throw refused('--submit sends the report', 'Leave one of the two out.')
  if (!options.keepLocal && wantedSignals(env).length > 0) {
    throw refused('the environment names a collector of telemetry', 'Add --keep-local to send it nothing.')
  }
}

/**
 * Refuses something else that uses a network where `KS_OFFLINE` is set.
 * @throws {Failure} naming it
 */
export function refuseNetworkFor(what: string, env: Environment): void {
  if (isSwitchedOn(env['KS_OFFLINE'])) throw refused(what, 'Unset KS_OFFLINE to allow it.')
}

function refused(why: string, hint: string): Failure {
  return new Failure(`--offline (or KS_OFFLINE) rules out any network, and ${why}`, hint)
}
