/** The flags that say which policies judge beside the built-in controls, or instead of them. */
import type { Command } from 'commander'

import { Failure } from './failure.ts'
import { list, names, text, type Typed } from './typed.ts'

/** Which policies are read, checked. */
export interface PolicyOptions {
  /** Files and folders of controls of the user's own. */
  readonly customRules: readonly string[]
  /** Files of published policies. */
  readonly useFrom: readonly string[]
  /** A folder of published policies, with control inputs and exceptions. */
  readonly useArtifactsFrom: string | undefined
  /** The same in the folder that `download` fills. */
  readonly useDefault: boolean
  /** The same of a release that was downloaded by its tag. */
  readonly controlsVersion: string | undefined
  /** Policies must be those that this file names. */
  readonly lock: string | undefined
  /** What policies print goes to standard error. */
  readonly prints: boolean
  /** Where downloads are kept; undefined for the usual place. */
  readonly cacheDir: string | undefined
}

/** Adds the flags that choose policies, for all commands that show or run controls. */
export function addPolicySetOptions(command: Command): Command {
  return command
    .option(
      '--custom-rules <path>',
      'controls of your own: a file or folder of Rego and CEL; may be repeated',
      collectWhole,
    )
    .option(
      '--use-from <files>',
      'judge by published frameworks and controls: JSON files, separated by commas',
      collect,
    )
    .option('--use-artifacts-from <folder>', 'the same of a folder, with its control inputs and exceptions')
    .option('--use-default', 'the same of what kubescape download has fetched')
    .option('--controls-version <tag>', 'the same of what kubescape download --controls-version TAG has fetched')
}

/** Adds the flags of a scan. */
export function addPolicyOptions(command: Command): Command {
  return addPolicySetOptions(command)
    .option('--policy-lock <file>', 'fail unless the policies are those that kubescape policy lock has written down')
    .option('--enable-rego-prints', 'show what Rego policies print')
}

/**
 * Checks what was typed.
 * @throws {Failure} for values that make no sense
 */
export function readPolicyOptions(typed: Typed): PolicyOptions {
  const sources = {
    '--use-from': typed['useFrom'] !== undefined,
    '--use-artifacts-from': typed['useArtifactsFrom'] !== undefined,
    '--use-default': typed['useDefault'] === true,
    '--controls-version': typed['controlsVersion'] !== undefined,
  }
  const given = Object.entries(sources).flatMap(([flag, isGiven]) => (isGiven ? [flag] : []))
  if (given.length > 1) throw new Failure(`${given.join(' and ')} contradict each other`, 'Give one of them.')
  const useFrom = names(typed, 'useFrom')
  if (typed['useFrom'] !== undefined && useFrom.length === 0)
    throw new Failure('--use-from is empty', 'Name files of published frameworks or controls.')
  if (typed['policyLock'] !== undefined && given.length + list(typed, 'customRules').length === 0) {
    throw new Failure(
      '--policy-lock does nothing without policies',
      'Name some with --custom-rules or --use-from; the built-in controls have the version of the program.',
    )
  }
  return {
    customRules: list(typed, 'customRules').map((path) => nonEmpty(path, '--custom-rules')),
    useFrom,
    useArtifactsFrom: optional(typed, 'useArtifactsFrom', '--use-artifacts-from'),
    useDefault: typed['useDefault'] === true,
    controlsVersion: readTag(text(typed, 'controlsVersion')),
    lock: optional(typed, 'policyLock', '--policy-lock'),
    prints: typed['enableRegoPrints'] === true,
    cacheDir: text(typed, 'cacheDir'),
  }
}

/** True where policies have to be read at all; without, nothing of Rego and CEL is loaded. */
export function asksForPolicies(options: PolicyOptions): boolean {
  const { customRules, useFrom, useArtifactsFrom, useDefault, controlsVersion } = options
  return customRules.length + useFrom.length > 0 || useDefault || (useArtifactsFrom ?? controlsVersion) !== undefined
}

/** The words of the flags that brought policies. */
export function policyFlags(options: PolicyOptions): string[] {
  const { customRules, useFrom, useArtifactsFrom, useDefault, controlsVersion } = options
  return [
    ...customRules.flatMap((path) => ['--custom-rules', path]),
    ...(useFrom.length === 0 ? [] : ['--use-from', useFrom.join(',')]),
    ...(useArtifactsFrom === undefined ? [] : ['--use-artifacts-from', useArtifactsFrom]),
    ...(useDefault ? ['--use-default'] : []),
    ...(controlsVersion === undefined ? [] : ['--controls-version', controlsVersion]),
  ]
}

/** A tag becomes the name of a folder and a part of an address. */
export function readTag(tag: string | undefined): string | undefined {
  if (tag === undefined || /^[A-Za-z0-9][A-Za-z0-9._+-]{0,127}$/.test(tag)) return tag
  throw new Failure(
    `--controls-version is "${tag}", which is no tag of a release`,
    'Give one such as v2.0.1, without a slash.',
  )
}

function optional(typed: Typed, name: string, flag: string): string | undefined {
  const value = text(typed, name)
  return value === undefined ? undefined : nonEmpty(value, flag)
}

function nonEmpty(value: string, flag: string): string {
  if (value.trim() === '') throw new Failure(`${flag} is empty`, 'Name a file or a folder.')
  return value
}

function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, ...value.split(',')]
}

function collectWhole(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value]
}
