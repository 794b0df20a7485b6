/** The table of settings, held against the flags of a scan. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { expect, test } from 'vitest'

import { addScanOptions } from '../options.ts'
import { MEMBERS } from './members.ts'

/** Flags that no file sets, by the reason. A new flag belongs here, or into the table. */
const FLAGS_ONLY = {
  'says where settings come from': ['config', 'noConfig'],
  'chooses what is scanned': ['kubeconfig', 'kubeContext', 'kubeContexts', 'facts', 'dryRun', 'changedSince'],
  'sends, or runs other programs': ['submit', 'server', 'serverCa', 'cloudDescribe'],
  'makes objects in a cluster': [
    'enableHostScan',
    'hostScan',
    'hostScanImage',
    'hostScanMetadataService',
    'hostScanNamespace',
    'hostScanNodes',
    'hostScanTimeout',
  ],
  'would hide messages of whoever runs the scan': ['logger', 'loggerName'],
  'belongs to the machine': ['cacheDir', 'useArtifactsFrom', 'useDefault', 'controlsVersion'],
  'is for whoever writes a policy': ['enableRegoPrints'],
  'another name for one that is there': ['skipControls', 'controlsConfig'],
  'writes outside, for scans to come': ['writeBaseline'],
  'changes the charts of one run': ['valuesSet', 'set', 'setString', 'setFile', 'setJson', 'setLiteral'],
  'shows what is masked': ['showSecrets'],
  'does nothing': ['failThreshold', 'enableStreaming', 'environment', 'env'],
} as const

const flagsOnly: readonly string[] = Object.values(FLAGS_ONLY).flat()
const options = addScanOptions(new Command()).options.map((option) => option.attributeName())

test('every flag of a scan is a setting as well, or there is a reason why not', () => {
  const members = MEMBERS.flatMap(({ option, also = [] }) => [option, ...also])
  expect(options.filter((option) => !members.includes(option) && !flagsOnly.includes(option))).toEqual([])
  expect(MEMBERS.filter(({ option }) => flagsOnly.includes(option))).toEqual([])
})

test('every setting stands for a flag, or for what no flag can say', () => {
  const without = MEMBERS.filter(({ option }) => !options.includes(option)).map(({ name }) => name)
  expect(without).toEqual(['frameworks', 'controls', 'inputs', 'thresholds.frameworks', 'thresholds.controls'])
})

test('the documentation has a row for every setting', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/config.md'), 'utf8')
  expect(MEMBERS.filter(({ name }) => !page.includes(`| \`${name}\` | `)).map(({ name }) => name)).toEqual([])
})

test('names and flags are there once', () => {
  for (const key of ['name', 'option'] as const) {
    expect(new Set(MEMBERS.map((member) => member[key])).size).toBe(MEMBERS.length)
  }
})
