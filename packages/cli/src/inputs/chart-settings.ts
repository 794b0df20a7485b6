/** From the flags of charts to what charts are rendered with: the files that they name are read before anything is scanned. */
import { readFileSync, statSync } from 'node:fs'

import type { ChartSettings } from '@kubescape/sources/files'
import { decodeText } from '@kubescape/yaml'

import type { ChartOptions } from '../chart-options.ts'
import { Failure } from '../failure.ts'
import { maxFileBytes } from './max-file-bytes.ts'

/**
 * Reads what the flags name.
 * @throws {Failure} for a file that cannot be read
 */
export function readChartSettings(options: ChartOptions): ChartSettings {
  const { values, valueSets, sets, releaseName, releaseNamespace, kubeVersion } = options
  const common = values.map((file) => readValuesFile(file, '--values'))
  const named = Array.from(valueSets, ([name, files]) => ({
    name,
    files: [...common, ...files.map((file) => readValuesFile(file, `--values-set ${name}`))],
  }))
  return {
    valueSets: named.length === 0 ? [{ name: '', files: common }] : named,
    sets: sets.map(({ flag, text }) => ({ kind: KINDS[flag], text })),
    readFile: (path) => {
      try {
        return { text: readValues(path, '--set-file') }
      } catch (error) {
        return { problem: error instanceof Error ? error.message : String(error) }
      }
    },
    releaseName,
    releaseNamespace,
    kubeVersion,
  }
}

const KINDS = {
  '--set': 'set',
  '--set-string': 'set-string',
  '--set-file': 'set-file',
  '--set-json': 'set-json',
  '--set-literal': 'set-literal',
} as const

function readValuesFile(file: string, flag: string): { name: string; text: string } {
  return { name: file, text: readValues(file, flag) }
}

function readValues(file: string, flag: string): string {
  const hint = 'Name a file of values, as for helm.'
  let bytes: Uint8Array
  try {
    const limit = maxFileBytes()
    if (statSync(file).size > limit) throw new Failure(`${flag} ${file} is larger than ${limit} bytes`, hint)
    bytes = readFileSync(file)
  } catch (error) {
    if (error instanceof Failure) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new Failure(`${flag} cannot be read: ${why}`, hint)
  }
  const decoded = decodeText(bytes)
  if ('text' in decoded) return decoded.text
  throw new Failure(`${flag} ${file}: ${decoded.problem.message}`, decoded.problem.hint ?? hint)
}
