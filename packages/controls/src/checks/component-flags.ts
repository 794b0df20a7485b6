/** Factories of checks on the flags of control plane components. */
import type { LocalCheck } from '../check.ts'
import { failsIfAny } from '../check.ts'
import { missing, replacement, review, wrong, type Finding } from '../finding.ts'
import { booleanOf, listOf, usesOf, type FlagUse } from './command-flags.ts'
import { eachComponent, type CommandLine, type Component } from './component-pods.ts'

/** Which flag of which component a check is about. */
export interface FlagCheck {
  readonly name: string
  readonly component: Component
  /** With its two dashes. */
  readonly flag: string
  /** A flag that names a file which may say the same: the file is not read, so nothing is said of a line that has it alone. */
  readonly replacedBy?: string
}

/** A check of the uses of one flag. */
export function eachFlag(
  { name, component, flag, replacedBy }: FlagCheck,
  judge: (uses: readonly FlagUse[], line: CommandLine) => readonly Finding[],
): LocalCheck {
  return eachComponent(component, name, (line) => {
    const uses = usesOf(line.items, flag)
    if (replacedBy !== undefined && uses.length === 0 && usesOf(line.items, replacedBy).some(({ value }) => value)) {
      return 'not-tested'
    }
    return failsIfAny(judge(uses, line))
  })
}

/** Fails where the flag is missing or empty. */
export function requiredFlag(about: FlagCheck & { readonly value: string }): LocalCheck {
  return eachFlag(about, (uses, line) => demand(uses, about.flag, about.value, line.end(0)))
}

/** Fails where one of two flags that belong together is missing or empty. With `blamesList` the list of flags is at fault too. */
export function requiredFlags(about: {
  readonly name: string
  readonly component: Component
  readonly flags: readonly (readonly [flag: string, value: string])[]
  readonly blamesList?: boolean
}): LocalCheck {
  return eachComponent(about.component, about.name, (line) => {
    const findings = about.flags.flatMap(([flag, value], at) =>
      demand(usesOf(line.items, flag), flag, value, line.end(at)),
    )
    if (findings.length > 0 && about.blamesList) findings.push(wrong(line.listPath))
    return failsIfAny(findings)
  })
}

function demand(uses: readonly FlagUse[], flag: string, value: string, end: string): Finding[] {
  const use = uses.at(-1)
  if (use === undefined) return [missing(end, `${flag}=${value}`)]
  return use.value === '' ? [replacement(use.path, use.withValue(value))] : []
}

/** Fails where a boolean flag has the other value than wanted. The last use counts; `absent` says what its default means. */
export function booleanFlag(
  about: FlagCheck & { readonly want: boolean; readonly absent: 'fails' | 'passes' },
): LocalCheck {
  const { flag, want, absent } = about
  return eachFlag(about, (uses, line) => {
    const use = uses.at(-1)
    if (use === undefined) return absent === 'fails' ? [missing(line.end(0), `${flag}=${want}`)] : []
    return booleanOf(use.value) === !want ? [replacement(use.path, use.withValue(String(want)))] : []
  })
}

/** Fails where a list flag is missing or lacks an entry. `or` names entries that do as well. Uses of a list flag add up. */
export function listIncludes(
  about: FlagCheck & { readonly entry: string; readonly or?: readonly string[] },
): LocalCheck {
  const { flag, entry, or = [] } = about
  return eachFlag(about, (uses, line) => {
    const last = uses.at(-1)
    if (last === undefined) return [missing(line.end(0), `${flag}=${entry}`)]
    const entries = uses.flatMap(({ value }) => listOf(value))
    if ([entry, ...or].some((each) => entries.includes(each))) return []
    return [replacement(last.path, last.withValue([...listOf(last.value), entry].join(',')))]
  })
}

/**
 * Fails where a list flag has an entry; `otherwise` is the value to suggest where no other entry is left. With `absent` it fails
 * where the flag is missing too, because its default has the entry: this is the value to set.
 */
export function listExcludes(
  about: FlagCheck & { readonly entry: string; readonly otherwise?: string; readonly absent?: string },
): LocalCheck {
  return eachFlag(about, (uses, line) => {
    if (uses.length === 0 && about.absent !== undefined) return [missing(line.end(0), `${about.flag}=${about.absent}`)]
    return uses.flatMap((use) => {
      const entries = listOf(use.value)
      if (!entries.includes(about.entry)) return []
      const rest = entries.filter((entry) => entry !== about.entry).join(',') || about.otherwise
      return [rest === undefined ? wrong(use.path) : replacement(use.path, use.withValue(rest))]
    })
  })
}

/** A value that a person has to weigh: fails whenever the flag is given, and with `absent: 'fails'` also when it is not. */
export function reviewedFlag(about: FlagCheck & { readonly absent: 'fails' | 'passes' }): LocalCheck {
  return eachFlag(about, (uses, line) => {
    const use = uses.at(-1)
    if (use !== undefined) return [review(use.path)]
    return about.absent === 'fails' ? [replacement(line.end(0), `${about.flag}=YOUR_VALUE`)] : []
  })
}

/** Fails where the last value of a flag `isBad`, or where the flag is missing; `good` is what to set instead. */
export function valueOf(
  about: FlagCheck & { readonly isBad: (value: string) => boolean; readonly good: string },
): LocalCheck {
  const { flag, isBad, good } = about
  return eachFlag(about, (uses, line) => {
    const use = uses.at(-1)
    if (use === undefined) return [missing(line.end(0), `${flag}=${good}`)]
    return use.value !== undefined && isBad(use.value) ? [replacement(use.path, use.withValue(good))] : []
  })
}

/** True for an address that other machines can reach; `localhost` and IPv6 loopback are as good as 127.0.0.1. */
export function isNotLoopback(address: string): boolean {
  return !/^(?:localhost|::1|127(?:\.\d{1,3}){3})$/.test(address)
}
