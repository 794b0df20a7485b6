import fc from 'fast-check'
import { expect, test } from 'vitest'

import { tar } from '../../testing/archives.ts'
import { parseGlob } from '../render/glob.ts'
import { readChartArchive } from './archive.ts'
import { parsePathPattern } from './path-pattern.ts'
import { readTar } from './tar.ts'

const ARCHIVE = tar([
  { name: 'web/Chart.yaml', content: 'name: web' },
  { name: `${'folder/'.repeat(18)}file`, content: 'a'.repeat(600) },
  { name: 'x', type: 'x', content: '12 path=a/b\n' },
  { name: 'last', content: 'b' },
])

test('an archive with any bytes changed is read or refused', () => {
  const change = fc.tuple(fc.nat(ARCHIVE.length - 1), fc.nat(255))
  fc.assert(
    fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
      const archive = ARCHIVE.slice()
      for (const [at, byte] of changes) archive[at] = byte
      const read = readTar(archive)
      expect('entries' in read || read.problem !== '').toBe(true)
    }),
  )
})

test('any bytes are refused as an archive', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
      const gzip = Uint8Array.of(0x1f, 0x8b, 8, 0, ...bytes)
      expect(readChartArchive(gzip).problem).toBeTypeOf('string')
    }),
  )
})

test('any pattern is read, and matches itself where it has no signs of its own', () => {
  const path = fc.stringMatching(/^[a-z./-]{1,20}$/)
  fc.assert(
    fc.property(path, fc.string(), (text, pattern) => {
      expect(parsePathPattern(text)?.(text)).toBe(true)
      expect(parseGlob(text)(text)).toBe(true)
      parsePathPattern(pattern)?.(text)
      parseGlob(pattern)(text)
    }),
  )
})
