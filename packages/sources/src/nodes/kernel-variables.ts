/** Settings of the kernel, as `/proc/sys/kernel` shows them. */
import { posix } from 'node:path'

import type { Machine } from './machine.ts'
import { Unread } from './unread.ts'
import { walkFiles } from './walk-files.ts'

/** One setting. */
export interface KernelVariable {
  /** Name of its file. */
  readonly key: string
  /** The text as the kernel gives it, with its line end. */
  readonly value: string
  readonly source: string
}

const DIRECTORY = '/proc/sys/kernel'
/** Without these the facts say too little to judge by, so that there are none. */
const JUDGED = ['unprivileged_userns_clone']
/** Each reading gives other bytes. */
const RANDOM = `${DIRECTORY}/random/`
const DEPTH = 2

/** The settings; undefined where they cannot be listed, or where one that a check reads is there and cannot be read. */
export function kernelVariables(machine: Machine): KernelVariable[] | undefined {
  if (machine.isMissing(DIRECTORY)) return undefined
  const { files, unlisted } = walkFiles(machine, DIRECTORY, DEPTH)
  const variables: KernelVariable[] = []
  const unread: string[] = []
  for (const source of files) {
    if (source.startsWith(RANDOM)) continue
    const bytes = machine.files.read(source, machine.limits.contentBytes)
    const key = posix.basename(source)
    if (bytes instanceof Unread) unread.push(key)
    else variables.push({ key, value: bytes.toString('utf8'), source })
  }
  if (unread.length > 0) machine.note(DIRECTORY, `closed settings: ${unread.join(', ')}`)
  const isEnough = unlisted.length === 0 && !unread.some((key) => JUDGED.includes(key))
  return isEnough && variables.length > 0 ? variables : undefined
}
