/** Reading the directory of a chart. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { readChartFiles, type ChartFileLimits } from './read-chart-files.ts'

const LIMITS: ChartFileLimits = { fileBytes: 100, chartBytes: 1000, files: 10 }
let root = ''

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'kubescape-chart-')))
})

afterEach(() => {
  rmSync(root, { recursive: true })
})

function write(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), path)
  }
}

function read(limits = LIMITS): { paths: string[]; codes: string[]; isTooLarge: boolean } {
  const chart = join(root, 'chart')
  const source = { kind: 'chart', path: chart, display: 'chart', relative: 'chart', named: false, real: chart } as const
  const { files, problems, isTooLarge } = readChartFiles({ ...source, bounds: root, ignores: () => false }, limits)
  return { paths: [...files.keys()], codes: problems.map(({ code, file }) => `${code} ${file}`), isTooLarge }
}

test('gives every file but those of git', () => {
  write('chart/Chart.yaml', 'chart/templates/a.yaml', 'chart/.git/config', 'chart/charts/db/Chart.yaml', 'chart/x.tgz')
  expect(read()).toEqual({
    paths: ['Chart.yaml', 'charts/db/Chart.yaml', 'templates/a.yaml', 'x.tgz'],
    codes: [],
    isTooLarge: false,
  })
})

test('links are followed inside of what is scanned, in no circle, and not out of it', () => {
  write('chart/Chart.yaml', 'common/Chart.yaml')
  mkdirSync(join(root, 'chart/charts'))
  symlinkSync('../../common', join(root, 'chart/charts/common'))
  symlinkSync('..', join(root, 'chart/charts/loop'))
  symlinkSync('/etc', join(root, 'chart/etc'))
  symlinkSync('nowhere', join(root, 'chart/broken'))
  expect(read()).toEqual({
    paths: ['Chart.yaml', 'charts/common/Chart.yaml'],
    codes: ['sources/unreadable chart/broken', 'sources/link-outside chart/etc'],
    isTooLarge: false,
  })
})

test('limits are kept: a large file is left out, and too much of all is no chart', () => {
  write('chart/Chart.yaml')
  writeFileSync(join(root, 'chart/large'), 'x'.repeat(101))
  expect(read()).toEqual({ paths: ['Chart.yaml'], codes: ['sources/too-large chart/large'], isTooLarge: false })
  write('chart/a', 'chart/b', 'chart/c')
  expect(read({ ...LIMITS, files: 2 }).isTooLarge).toBe(true)
  expect(read({ ...LIMITS, chartBytes: 12 }).isTooLarge).toBe(true)
})
