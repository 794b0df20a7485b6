/** The flags of charts: what they are rendered with. */
import type { Command } from 'commander'

import { Failure } from './failure.ts'
import { list, text, type Typed } from './typed.ts'

/** A flag that sets values, as it was typed. */
interface SetFlag {
  readonly flag: (typeof SET_FLAGS)[number]
  readonly text: string
}

/** What charts are rendered with, checked. */
export interface ChartOptions {
  /** Files of values for every set. */
  readonly values: readonly string[]
  /** Files by the names of sets; each is rendered by itself. None is one rendering without a name. */
  readonly valueSets: ReadonlyMap<string, readonly string[]>
  /** In the order in which Helm lays them over each other. */
  readonly sets: readonly SetFlag[]
  readonly releaseName: string
  readonly releaseNamespace: string
  /** Without a `v`; undefined for that of the engine. */
  readonly kubeVersion: string | undefined
  /** The flags that were given, for whoever finds no chart to use them on. */
  readonly given: readonly string[]
}

/** From what is laid over first to what wins. */
const SET_FLAGS = ['--set-json', '--set', '--set-string', '--set-file', '--set-literal'] as const

const RELEASE_NAME = 'release-name'
const NAMESPACE = 'default'
/** Names of objects begin with it, so Helm lets it be no longer. */
const LONGEST_RELEASE = 53
const LONGEST_NAMESPACE = 63
const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/
const SET_NAME = /^[\w][\w.-]{0,62}$/

/** Adds the flags to a command. */
export function addChartOptions(command: Command): Command {
  return command
    .option('--values <files>', 'render charts with the values of these files, separated by commas', collect)
    .option(
      '--values-set <name=files>',
      'render charts with a named set of values, with results of its own; may be repeated: prod=a.yaml,b.yaml',
      collectWhole,
    )
    .option('--set <values>', 'set values of charts, in the syntax of helm: image.tag=1.0,replicas=2', collectWhole)
    .option('--set-string <values>', 'set values of charts as texts', collectWhole)
    .option('--set-file <values>', 'set values of charts from files: key=path', collectWhole)
    .option('--set-json <values>', 'set values of charts as JSON: key={"a":1}', collectWhole)
    .option('--set-literal <value>', 'set a value of charts as it stands: key=text', collectWhole)
    .option('--release-name <name>', `name of the release that charts are rendered for; default: ${RELEASE_NAME}`)
    .option('--release-namespace <name>', `its namespace; default: ${NAMESPACE}`)
    .option('--kube-version <version>', 'version of Kubernetes that charts are rendered for, such as 1.35.0')
}

function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, ...value.split(',')]
}

function collectWhole(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value]
}

/**
 * Checks what was typed. Files are not read yet.
 * @throws {Failure} for values that make no sense
 */
export function readChartOptions(typed: Typed): ChartOptions {
  const kubeVersion = text(typed, 'kubeVersion')?.trim()
  if (kubeVersion !== undefined && !/^v?\d+\.\d+(?:\.\d+)?(?:[-+][\w.+-]+)?$/.test(kubeVersion)) {
    throw new Failure(`--kube-version is "${kubeVersion}"`, 'Give a version such as 1.35.0.')
  }
  const sets = SET_FLAGS.flatMap((flag) => list(typed, nameOf(flag)).map((each) => ({ flag, text: each })))
  return {
    values: fileNames(list(typed, 'values'), '--values'),
    valueSets: readSets(list(typed, 'valuesSet')),
    sets,
    releaseName: readReleaseName(text(typed, 'releaseName') ?? RELEASE_NAME),
    releaseNamespace: readNamespace(text(typed, 'releaseNamespace') ?? NAMESPACE),
    kubeVersion: kubeVersion?.replace(/^v/, ''),
    given: FLAGS.filter((flag) => typed[nameOf(flag)] !== undefined),
  }
}

const FLAGS = ['--values', '--values-set', ...SET_FLAGS, '--release-name', '--release-namespace', '--kube-version']

/** The name of a flag as it is read: `--set-string` is `setString`. */
function nameOf(flag: string): string {
  return flag.slice(2).replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

function fileNames(files: readonly string[], flag: string): string[] {
  return files.map((file) => {
    const name = file.trim()
    if (name === '') throw new Failure(`${flag} has an empty entry`, 'Name a file of values.')
    if (/^\w+:\/\//.test(name)) {
      throw new Failure(`${flag} ${name} would be fetched`, 'Values are read from files only: get it first.')
    }
    return name
  })
}

function readSets(given: readonly string[]): Map<string, readonly string[]> {
  const sets = new Map<string, readonly string[]>()
  for (const each of given) {
    const [name = '', ...rest] = each.split('=')
    const files = rest.join('=')
    if (rest.length === 0 || !SET_NAME.test(name)) {
      throw new Failure(`--values-set is "${each}"`, 'Give a name and its files, such as prod=values-prod.yaml.')
    }
    if (sets.has(name)) {
      throw new Failure(`--values-set names ${name} twice`, `Give all of its files at once: ${name}=a.yaml,b.yaml.`)
    }
    // Without files it is what the chart has by itself.
    sets.set(name, files.trim() === '' ? [] : fileNames(files.split(','), `--values-set ${name}`))
  }
  return sets
}

function readReleaseName(name: string): string {
  if (name.length <= LONGEST_RELEASE && name.split('.').every((part) => LABEL.test(part))) return name
  throw new Failure(
    `--release-name "${name}" is no name of a release`,
    `Use lower case letters, digits, - and ., at most ${LONGEST_RELEASE} of them.`,
  )
}

function readNamespace(name: string): string {
  if (name.length <= LONGEST_NAMESPACE && LABEL.test(name)) return name
  throw new Failure(
    `--release-namespace "${name}" is no name of a namespace`,
    `Use lower case letters, digits and -, at most ${LONGEST_NAMESPACE} of them.`,
  )
}
