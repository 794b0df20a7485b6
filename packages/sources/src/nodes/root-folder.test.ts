import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { RootFolder } from './root-folder.ts'
import { Unread } from './unread.ts'

let outside = ''
let root = ''

beforeAll(() => {
  outside = realpathSync(mkdtempSync(join(tmpdir(), 'kubescape-root-')))
  root = join(outside, 'node')
  write('../secret', 'outside')
  write('etc/file', 'inside')
  write('etc/other/deep', 'deep')
  mkdirSync(join(root, 'empty'))
  for (const [path, target] of Object.entries(LINKS)) symlinkSync(target, join(root, path))
  execFileSync('sh', ['-c', 'mkfifo "$0"', join(root, 'fifo')])
})

afterAll(() => rmSync(outside, { recursive: true }))

const LINKS = {
  relative: 'etc/file',
  absolute: '/etc/file',
  'etc/up': '../etc/other/../file',
  'etc/absolute': '/etc/file',
  folder: '/etc/other',
  chain: 'folder/../up',
  leaving: '../secret',
  'leaving-far': '../../../../../../../../secret',
  'to-loop': 'loop',
  loop: 'to-loop',
  itself: 'itself/x',
  dangling: '/nowhere',
  'out-by-name': '/tmp',
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

/** The text of a file, or why there is none. */
function read(path: string, maxBytes = 100): string {
  const bytes = new RootFolder(root).read(path, maxBytes)
  return bytes instanceof Unread ? bytes.why : bytes.toString()
}

describe('links are followed inside the root, as after chroot', () => {
  test.each([
    ['/etc/file', 'inside'],
    ['etc/./file', 'inside'],
    ['//etc//other/../file', 'inside'],
    ['/../../etc/file', 'inside'],
    ['/relative', 'inside'],
    ['/absolute', 'inside'],
    ['/etc/up', 'inside'],
    ['/etc/absolute', 'inside'],
    ['/folder/deep', 'deep'],
    ['/chain', 'inside'],
    ['/folder/../file', 'inside'],
  ])('%s', (path, text) => {
    expect(read(path)).toBe(text)
  })

  test.each([
    ['/leaving', 'does not exist'],
    ['/leaving-far', 'does not exist'],
    ['/out-by-name', 'does not exist'],
    ['/dangling', 'does not exist'],
    ['/loop', 'too many symbolic links'],
    ['/itself', 'too many symbolic links'],
    ['/etc', 'is a directory'],
    ['/', 'is a directory'],
    ['', 'is a directory'],
    ['/fifo', 'is a FIFO'],
    ['/nothing', 'does not exist'],
    ['/nothing/below', 'does not exist'],
    ['/etc/file/below', 'a part of the path is no directory'],
    [`/${'x'.repeat(300)}`, 'the name is too long'],
    ['/etc/fi\0le', 'cannot be read (ERR_INVALID_ARG_VALUE)'],
  ])('%s cannot be read: %s', (path, why) => {
    expect(read(path)).toBe(why)
  })

  test('only what does not exist is missing', () => {
    const missing = (path: string): unknown => new RootFolder(root).look(path)
    expect(missing('/dangling')).toEqual(new Unread('does not exist', true))
    expect(missing('/loop')).toEqual(new Unread('too many symbolic links', false))
  })

  test('whatever is asked for, nothing outside is read', () => {
    const part = fc.constantFrom('..', '.', 'etc', 'other', 'secret', 'node', ...Object.keys(LINKS))
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        expect(read(`/${parts.join('/')}`)).not.toBe('outside')
      }),
    )
  })

  test('a directory that is exchanged for a link after it was looked at does not lead out', () => {
    const files = new RootFolder(root)
    write('changing/secret', 'inside')
    expect(files.read('/changing/secret', 100)).toEqual(Buffer.from('inside'))
    rmSync(join(root, 'changing'), { recursive: true })
    symlinkSync('..', join(root, 'changing'))
    expect(files.read('/changing/secret', 100)).toEqual(new Unread('changed while it was read'))
  })
})

describe('sizes', () => {
  test('a file as large as allowed is read, a larger one is not, or up to there', () => {
    expect(read('/etc/file', 6)).toBe('inside')
    expect(read('/etc/file', 5)).toBe('larger than 5 bytes')
    const files = new RootFolder(root)
    expect(files.readBeginning('/etc/file', 2)).toEqual({ bytes: Buffer.from('in'), isCut: true })
    expect(files.readBeginning('/etc/file', 6)).toEqual({ bytes: Buffer.from('inside'), isCut: false })
  })

  test('a file of several buffers arrives whole', () => {
    const text = 'abcdefg'.repeat(40_000)
    write('large', text)
    expect(read('/large', text.length)).toBe(text)
    expect(read('/large', text.length - 1)).toBe(`larger than ${text.length - 1} bytes`)
  })

  test('files of the kernel have no size and are read to their end', () => {
    const status = new RootFolder('/').read('/proc/self/status', 100_000)
    expect(status instanceof Unread ? status.why : status.toString()).toMatch(/^Name:/)
  })
})

describe('directories', () => {
  test('names are sorted, and no more than asked for', () => {
    const files = new RootFolder(root)
    for (const name of ['c', 'a', 'b']) write(`three/${name}`, '')
    expect(files.list('/three', 3)).toEqual({ names: ['a', 'b', 'c'], isCut: false })
    expect(files.list('/three', 2)).toMatchObject({ names: { length: 2 }, isCut: true })
    expect(files.list('/empty', 0)).toEqual({ names: [], isCut: false })
    expect(files.list('/etc/file', 3)).toEqual(new Unread('is no directory'))
    expect(files.list('/nothing', 3)).toEqual(new Unread('does not exist', true))
  })

  test('a link to a directory is none when it counts', () => {
    const files = new RootFolder(root)
    expect(files.isDirectory('/etc/other')).toBe(true)
    expect(files.isDirectory('/folder')).toBe(false)
    expect(files.isDirectory('/loop/x')).toBe(false)
  })

  test.skipIf(process.getuid?.() === 0)('a closed directory says so', () => {
    write('closed/file', '')
    chmodSync(join(root, 'closed'), 0)
    expect(read('/closed/file')).toBe('permission denied')
    chmodSync(join(root, 'closed'), 0o700)
  })
})
