/** table: what can be downloaded: its name in a release, the file that it becomes, and what it has to look like. */

/** A kind of artifact. */
export interface Artifact {
  /** Name in a release. */
  readonly published: string
  /** Name of the file that is written. */
  readonly file: string
  /** What is written of what was fetched; undefined for something else than it should be. */
  readonly read: (value: unknown) => unknown
}

/** Those that there is one of. */
export const SINGLE: Readonly<Record<string, Artifact>> = {
  'controls-inputs': {
    published: 'default_config_inputs',
    file: 'controls-inputs.json',
    // Published in a customer's settings; `--controls-config` takes the map inside.
    read: (value) => member(member(value, 'settings'), 'postureControlInputs'),
  },
  exceptions: {
    published: 'exceptions',
    file: 'exceptions.json',
    read: (value) => (Array.isArray(value) ? (value as unknown) : undefined),
  },
  'attack-tracks': {
    published: 'attack_tracks',
    file: 'attack-tracks.json',
    read: (value) => (Array.isArray(value) ? (value as unknown) : undefined),
  },
}

/** The file of a release that lists its frameworks. */
export const FRAMEWORK_LIST = 'frameworks'

/** The framework that has every control. */
export const EVERYTHING = 'allcontrols'

/** The folder of the cache that releases with a tag are in, each in a folder of its own. */
export const RELEASES = 'releases'

const NAME = /^[a-z0-9][a-z0-9._-]{0,127}$/i

/** Names of the frameworks in a list of them; undefined for something else. Names that could not be files are left out. */
export function frameworkNames(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined
  return value
    .map((each) => member(each, 'name'))
    .filter((name) => typeof name === 'string' && isName(name)) as string[]
}

/** True for what can be the name of a published file. */
export function isName(name: string): boolean {
  return NAME.test(name) && !name.includes('..')
}

/** The framework that a file holds; undefined for something else. */
export function frameworkOf(value: unknown): object | undefined {
  return typeof member(value, 'name') === 'string' && Array.isArray(member(value, 'controls'))
    ? (value as object)
    : undefined
}

/** The control of a framework with this id or name, without regard to case; undefined where it has none. */
export function controlOf(framework: object, wanted: string): object | undefined {
  const controls = member(framework, 'controls') as readonly unknown[]
  return controls.find((each) =>
    ['controlID', 'id', 'name'].some((key) => {
      const known = member(each, key)
      return typeof known === 'string' && known.toLowerCase() === wanted.trim().toLowerCase()
    }),
  ) as object | undefined
}

/** True for a file of the cache that was downloaded: one that there is one of, a framework or a control. */
export function isDownloaded(name: string, read: () => unknown): boolean {
  if (!name.endsWith('.json')) return false
  if (Object.values(SINGLE).some(({ file }) => file === name)) return true
  const value = read()
  return frameworkOf(value) !== undefined || typeof member(value, 'controlID') === 'string'
}

/** An own member of an object; undefined where there is none. */
function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return (value as Record<string, unknown>)[name]
}
