/** Exit codes: 1 for every failure, or, for those who ask, a code for each way to fail. */
import type { GateKind } from '@kubescape/scanner'

import { Failure } from './failure.ts'

/** How a command can fail: a gate, a request that makes no sense, or anything else. */
export type Ending = GateKind | 'error' | 'usage'

/** The code of each ending. */
export type ExitCodes = Readonly<Record<Ending, number>>

/** Every failure is 1, as pipelines expect it. */
const ONE_FOR_ALL: ExitCodes = {
  threshold: 1,
  coverage: 1,
  'degraded-config': 1,
  baseline: 1,
  error: 1,
  usage: 1,
}

const TOLD_APART: ExitCodes = { threshold: 3, coverage: 4, 'degraded-config': 5, baseline: 6, error: 1, usage: 2 }

const FLAG = '--exit-code-map'
const DEFAULT = 'default'
/** Above, shells have meanings of their own. */
const MOST = 125

/**
 * Reads the value of `--exit-code-map`: undefined for no flag, `default`, or `name=code` between commas; what that does not
 * name stays 1.
 * @throws {Failure} for names and codes that there are not
 */
export function readExitCodes(value: string | undefined): ExitCodes {
  if (value === undefined) return ONE_FOR_ALL
  if (value.trim() === DEFAULT) return TOLD_APART
  const codes: Record<Ending, number> = { ...ONE_FOR_ALL }
  for (const pair of value.split(',')) {
    const [, name = '', code = ''] = /^\s*([a-z-]+)\s*=\s*(\d{1,3})\s*$/.exec(pair) ?? []
    if (!isEnding(name)) {
      throw new Failure(
        `${FLAG} does not know "${pair}"`,
        `Write NAME=CODE, with one of ${Object.keys(ONE_FOR_ALL).join(', ')}.`,
      )
    }
    // 0 would make a failure look like a success.
    if (Number(code) < 1 || Number(code) > MOST) {
      throw new Failure(`${FLAG}: the code of ${name} is ${code}`, `Give a number from 1 to ${MOST}.`)
    }
    codes[name] = Number(code)
  }
  return codes
}

/** The codes that a command line asks for, for the failure of reading it; 1 for all where even that cannot be read. */
export function typedExitCodes(args: readonly string[]): ExitCodes {
  const typed = spellOutExitCodes(args).findLast((arg) => arg.startsWith(`${FLAG}=`))
  try {
    return readExitCodes(typed?.slice(FLAG.length + 1))
  } catch {
    return ONE_FOR_ALL
  }
}

/** Gives `--exit-code-map` its value, so that a path after the flag alone is not taken for one. */
export function spellOutExitCodes(args: readonly string[]): string[] {
  const spelt: string[] = []
  for (const [at, arg] of args.entries()) {
    const isValue = args[at - 1] === FLAG && (arg === DEFAULT || /^[a-z-]+=\d+(?:,|$)/.test(arg))
    if (isValue) spelt[spelt.length - 1] = `${FLAG}=${arg}`
    else spelt.push(arg === FLAG ? `${FLAG}=${DEFAULT}` : arg)
  }
  return spelt
}

/** The code of the worst of several endings, in the order of gates; 0 without any. */
export function exitCodeOf(endings: readonly Ending[], codes: ExitCodes): number {
  const order = Object.keys(ONE_FOR_ALL) as Ending[]
  const worst = order.find((ending) => endings.includes(ending))
  return worst === undefined ? 0 : codes[worst]
}

function isEnding(name: string): name is Ending {
  return Object.hasOwn(ONE_FOR_ALL, name)
}
