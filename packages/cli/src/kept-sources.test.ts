import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { KeptSources } from './kept-sources.ts'

const LATER = (): number => Date.now() + 60_000

let folder: string
let cache: string
let source: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubescape-kept-'))
  cache = join(folder, 'cache')
  source = join(folder, 'a.ts')
  writeFileSync(source, 'let a: 1')
})

afterEach(() => rmSync(folder, { recursive: true }))

/** What a start gets for the source, when it would make `made` of it. */
function start(made: string, now: () => number = LATER, files: readonly string[] = [source]): string {
  const kept = new KeptSources(cache, 'sources v1 /home/me', now)
  const code = kept.code('a', files, () => made)
  kept.save()
  return code
}

test('what was made of a file is there for the next start', () => {
  expect(start('first')).toBe('first')
  expect(start('second')).toBe('first')
  expect(readdirSync(cache)).toEqual(['sources-v1-home-me.json'])
})

test('a changed file is made anew, even with its old size and times', () => {
  start('first')
  const { atime, mtime } = statSync(source)
  writeFileSync(source, 'let b: 1')
  utimesSync(source, atime, mtime)
  expect(start('second')).toBe('second')
})

test('one changed file of several is enough', () => {
  const other = join(folder, 'b.ts')
  writeFileSync(other, 'let b: 1')
  start('first', LATER, [source, other])
  writeFileSync(other, 'let b: 12')
  expect(start('second', LATER, [source, other])).toBe('second')
})

test('a file that has only just been written is not kept: its times could hide the next change', () => {
  start('first', Date.now)
  expect(existsSync(cache)).toBe(false)
  expect(start('second')).toBe('second')
})

test.each(['', '{', '[1]', 'null'])('a spoilt cache of %j is no cache', (text) => {
  start('first')
  writeFileSync(join(cache, 'sources-v1-home-me.json'), text)
  expect(start('second')).toBe('second')
  expect(start('third')).toBe('second')
})

test('with a folder that cannot be made, everything is made anew', () => {
  const impossible = new KeptSources(join(source, 'below'), 'sources', LATER)
  expect(impossible.code('a', [source], () => 'made')).toBe('made')
  impossible.save()
})
