/** What counts where several say something: flags before the environment, that before the file, that before defaults. */
import { isSwitchedOn } from '../offline.ts'
import type { Typed } from '../typed.ts'
import { findConfig, startOfSearch } from './find-config.ts'
import type { ConfigFile } from './read-config.ts'

/** Where a value comes from. */
type Origin = 'flag' | 'environment' | 'file'

/** Values by the names of their flags, and where each comes from. */
export interface Settled {
  readonly typed: Typed
  readonly origins: ReadonlyMap<string, Origin>
  /** The file that was read; undefined for none. */
  readonly file: ConfigFile | undefined
}

/** Flags that bring controls and frameworks of others. */
const POLICY_FLAGS = ['customRules', 'useFrom', 'useArtifactsFrom', 'useDefault', 'controlsVersion']

/** Variables that stand for flags. */
export const VARIABLES: readonly { readonly name: string; readonly option: string; readonly isSwitch?: true }[] = [
  { name: 'KS_LOGGER', option: 'logger' },
  { name: 'KS_LOGGER_NAME', option: 'loggerName' },
  { name: 'KS_OFFLINE', option: 'offline', isSwitch: true },
]

/**
 * Adds to what was typed what the environment and the file say.
 * @throws {Failure} for a file that makes no sense
 */
export async function settle(
  flags: Typed,
  paths: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Settled> {
  const file = await openConfig(
    flags['config'],
    paths,
    POLICY_FLAGS.some((name) => flags[name] !== undefined),
  )
  const typed: Record<string, unknown> = { ...flags }
  const origins = new Map<string, Origin>(Object.keys(flags).map((option) => [option, 'flag']))
  for (const { name, option, isSwitch } of VARIABLES) {
    const value = env[name]?.trim() ?? ''
    if (value === '' || origins.has(option)) continue
    typed[option] = isSwitch === true ? isSwitchedOn(value) : value
    origins.set(option, 'environment')
  }
  for (const { member, value } of file?.settings ?? []) {
    const { option, also = [] } = member
    if ([option, ...also].some((each) => origins.has(each))) continue
    typed[option] = option === 'format' && Array.isArray(value) ? value.join(',') : value
    origins.set(option, 'file')
  }
  return { typed, origins, file }
}

/** The file that `--config` names, none for `--no-config`, and otherwise the nearest one. */
async function openConfig(
  config: unknown,
  paths: readonly string[],
  hasPolicies: boolean,
): Promise<ConfigFile | undefined> {
  if (config === false) return undefined
  const found = typeof config === 'string' ? config : findConfig(startOfSearch(paths))
  if (found === undefined) return undefined
  const { readConfig } = await import('./read-config.ts')
  return readConfig(found, typeof config === 'string', hasPolicies)
}
