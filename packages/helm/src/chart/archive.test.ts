import { gzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'

import { packed, tar } from '../../testing/archives.ts'
import { readChartArchive } from './archive.ts'
import { readTar } from './tar.ts'

const LONG = `${'folder/'.repeat(18)}file.yaml`

function namesIn(archive: Uint8Array): string[] | string {
  const { files, problem } = readChartArchive(archive)
  return files === undefined ? problem : [...files.keys()]
}

describe('a packed chart', () => {
  test('has its files below the folder that was packed', () => {
    const archive = packed([
      { name: 'web/', type: '5' },
      { name: 'web/Chart.yaml', content: 'name: web' },
      { name: 'web/templates/a.yaml', content: 'kind: A' },
    ])
    const { files } = readChartArchive(archive)
    expect([...(files ?? [])].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)])).toEqual([
      ['Chart.yaml', 'name: web'],
      ['templates/a.yaml', 'kind: A'],
    ])
  })

  test('may have been packed on Windows', () => {
    expect(namesIn(packed([{ name: 'web\\templates\\a.yaml' }]))).toEqual(['templates/a.yaml'])
  })

  test.each([
    ['web//etc/passwd', 'chart illegally contains absolute paths'],
    ['web/../../etc/passwd', 'chart illegally references parent directory'],
    ['web/c:/windows', 'chart contains illegally named files'],
    ['Chart.yaml', 'chart illegally contains content outside the base directory: "Chart.yaml"'],
  ])('is refused for an entry %s', (name, problem) => {
    expect(namesIn(packed([{ name }]))).toBe(problem)
  })

  test('is refused for a link', () => {
    expect(namesIn(packed([{ name: 'web/secret', type: '2' }]))).toContain('no file: web/secret')
  })

  test('is refused when it is no gzip, broken off or empty', () => {
    const archive = packed([{ name: 'web/Chart.yaml', content: 'name: web' }])
    expect(namesIn(new Uint8Array([1, 2, 3]))).toBe('gzip: invalid header')
    expect(namesIn(archive.subarray(0, archive.length - 20))).toMatch(/unexpected EOF/i)
    expect(namesIn(packed([]))).toBe('no files in chart archive')
  })

  test('is not unpacked beyond its limit', () => {
    const bomb = gzipSync(new Uint8Array(20_000_000))
    expect(readChartArchive(bomb, { chartBytes: 1_000_000 }).problem).toBe(
      'decompressed chart is larger than the maximum size 1000000',
    )
    const large = packed([{ name: 'web/values.yaml', content: 'a'.repeat(2000) }])
    expect(readChartArchive(large, { fileBytes: 1000 }).problem).toContain('larger than the maximum file size 1000')
  })
})

describe('a tar archive', () => {
  test('has long names in two halves, in extended headers or in an entry of their own', () => {
    const record = `${`path=${LONG}\n`.length + 4} path=${LONG}\n`
    const entries = [
      { name: LONG, content: 'a' },
      { name: 'PaxHeaders/x', type: 'x', content: record },
      { name: 'short', content: 'b' },
      { name: '././@LongLink', type: 'L', content: `${LONG}\0` },
      { name: 'short', content: 'c' },
      { name: 'last', content: 'd' },
    ]
    const read = readTar(tar(entries))
    expect('entries' in read && read.entries.map(({ name }) => name)).toEqual([LONG, LONG, LONG, 'last'])
  })

  test('is refused for headers that do not add up and sizes that lead out of it', () => {
    const archive = tar([{ name: 'a', content: 'b' }])
    expect(readTar(archive.with(0, 0x7a))).toEqual({ problem: 'archive/tar: invalid tar header' })
    expect(readTar(tar([{ name: 'a', content: 'b'.repeat(2000) }]).subarray(0, 1024))).toEqual({
      problem: 'unexpected EOF',
    })
  })
})
