/** Reading a folder of manifests: what is given, what is left unread, and what can be read again. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { hasUnknownPodTemplate, type Resource } from '@kubescape/resources'

import { FileSource, type FileSourceOptions } from './file-source.ts'
import { OpenDocuments } from './open-documents.ts'

let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kubescape-source-'))
})

afterEach(() => {
  rmSync(root, { recursive: true })
})

function write(path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

interface Read {
  readonly source: FileSource
  readonly resources: Resource[]
  readonly names: string[]
  readonly documents: Partial<ReturnType<FileSource['coverage']>['documents']>
  readonly codes: string[]
}

async function read(needed: readonly string[], options: Partial<FileSourceOptions> = {}): Promise<Read> {
  const source = new FileSource({ paths: [root], ...options })
  const resources = await Array.fromAsync(source.resources({ kind: (kind) => needed.includes(kind) }))
  const { documents, problems } = source.coverage()
  const names = resources.map(({ identity }) => `${identity.kind}/${identity.name}`)
  return { source, resources, names, documents, codes: problems.map(({ code }) => code) }
}

const manifest = (kind: string, name: string, rest = ''): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${rest}`

describe('documents', () => {
  test('of kinds that nobody needs are left unread, and counted', async () => {
    write('a.yaml', [manifest('Pod', 'a'), manifest('Secret', 'b'), manifest('Pod', 'c')].join('---\n'))
    const { names, documents } = await read(['Pod'])
    expect(names).toEqual(['Pod/a', 'Pod/c'])
    expect(documents).toEqual({ files: 1, unreadableFiles: 0, read: 2, unread: 0, notNeeded: 1, ignored: 0 })
  })

  test('are all read where everything is asked for', async () => {
    write('a.yaml', [manifest('Pod', 'a'), manifest('Secret', 'b')].join('---\n'))
    expect(await read(['Pod'], { readEverything: true })).toMatchObject({
      names: ['Pod/a', 'Secret/b'],
      documents: { read: 2, notNeeded: 0 },
    })
  })

  test('that are lists are read, since they may hold what is needed', async () => {
    const items = `items:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n- metadata: {name: b}\n`
    write('a.yaml', `apiVersion: v1\nkind: List\n${items}---\napiVersion: v1\nkind: PodList\n${items}`)
    expect((await read(['Pod'])).names).toEqual(['Pod/a', 'Pod/a', 'Pod/b'])
  })

  test('of custom kinds with containers are read, as pod templates that nobody knows', async () => {
    const spec = 'spec:\n  template:\n    spec:\n      containers:\n      - name: web\n'
    write('a.yaml', [manifest('Rollout', 'a', spec), manifest('Rollout', 'b', 'spec: {}\n')].join('---\n'))
    write(
      'b.json',
      JSON.stringify({ apiVersion: 'v1', kind: 'Rollout', spec: { template: { spec: { containers: [] } } } }),
    )
    const { resources, names, documents } = await read(['Pod'])
    expect(names).toEqual(['Rollout/a', 'Rollout/'])
    expect(resources.map(hasUnknownPodTemplate)).toEqual([true, true])
    expect(documents).toMatchObject({ read: 2, notNeeded: 1 })
  })

  test('that define custom kinds are left unread, although they mention containers', async () => {
    write(
      'a.yaml',
      manifest('CustomResourceDefinition', 'a', 'spec:\n  properties:\n    containers:\n      type: array\n'),
    )
    expect(await read(['Pod'])).toMatchObject({ names: [], documents: { read: 0, notNeeded: 1 }, codes: [] })
  })

  test('that are no Kubernetes objects are ignored', async () => {
    write('values.yaml', 'replicas: 3\nimage: nginx\n')
    write('package.json', '{"name": "web"}')
    write('empty.yaml', '# nothing\n---\n')
    expect(await read(['Pod'])).toMatchObject({ names: [], documents: { files: 3, read: 0, ignored: 2 }, codes: [] })
  })

  test('that cannot be read cost only themselves', async () => {
    write(
      'a.yaml',
      [manifest('Pod', 'a'), 'a: [b\n', manifest('Pod', 'c'), 'apiVersion: v1\nmetadata: {}\n'].join('---\n'),
    )
    const { source, names, documents, codes } = await read(['Pod'])
    expect(names).toEqual(['Pod/a', 'Pod/c'])
    expect(documents).toMatchObject({ read: 2, unread: 2 })
    expect(codes).toHaveLength(2)
    expect(codes).toContain('sources/no-kind')
    expect(source.coverage().problems.map(({ file }) => file)).toEqual([join(root, 'a.yaml'), join(root, 'a.yaml')])
    expect(source.namedProblems).toBe(0)
  })

  test('in too many lists are named', async () => {
    let text = JSON.stringify({ apiVersion: 'v1', kind: 'Pod' })
    for (let depth = 0; depth < 6; depth++) text = `{"apiVersion": "v1", "kind": "List", "items": [${text}]}`
    write('a.json', text)
    expect(await read(['Pod'])).toMatchObject({
      names: [],
      documents: { unread: 1, ignored: 0 },
      codes: ['sources/too-deep'],
    })
  })
})

describe('files', () => {
  test('over the limit are not read, which is said', async () => {
    write('a.yaml', manifest('Pod', 'a'))
    write('b.yaml', manifest('Pod', 'b').padEnd(201, '#'))
    const { names, documents, codes } = await read(['Pod'], { maxFileBytes: 200 })
    expect(names).toEqual(['Pod/a'])
    expect(documents).toMatchObject({ files: 2, unreadableFiles: 1 })
    expect(codes).toEqual(['sources/too-large'])
  })

  test('of exactly the limit are read', async () => {
    write('b.yaml', manifest('Pod', 'b').padEnd(200, '#'))
    expect(await read(['Pod'], { maxFileBytes: 200 })).toMatchObject({ names: ['Pod/b'], codes: [] })
  })

  test('that are larger than the buffer are read whole, and the next one is not mixed with them', async () => {
    write('a.yaml', manifest('Pod', 'large').padEnd(400_000, '#x\n'))
    write('b.yaml', manifest('Pod', 'small'))
    expect(await read(['Pod'])).toMatchObject({ names: ['Pod/large', 'Pod/small'], documents: { read: 2, ignored: 0 } })
  })

  test('that are no text are problems', async () => {
    write('a.yaml', Uint8Array.from([0x61, 0xff, 0xfe, 0x62]))
    expect(await read(['Pod'])).toMatchObject({ documents: { unreadableFiles: 1 }, codes: ['yaml/encoding'] })
  })

  test('that were named count when something is wrong with them', async () => {
    write('a.yaml', 'a: [b\n')
    const paths = [join(root, 'a.yaml'), join(root, 'gone.yaml')]
    const { source, codes } = await read(['Pod'], { paths })
    expect(source.namedProblems).toBe(2)
    expect(codes).toContain('sources/not-found')
    expect(source.directories).toBe(0)
  })

  test('are counted as they are read', async () => {
    write('a.yaml', manifest('Pod', 'a'))
    write('b.yaml', manifest('Pod', 'b'))
    const calls: number[][] = []
    const { source } = await read(['Pod'], { onProgress: (done, all) => void calls.push([done, all]) })
    expect(calls).toEqual([
      [1, 2],
      [2, 2],
    ])
    expect(source.directories).toBe(1)
  })
})

describe('the origin of an object', () => {
  test('has the place of its document, and counts the objects before it, read or not', async () => {
    const list =
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: b}}\n- {apiVersion: v1, kind: Pod, metadata: {name: c}}\n'
    write(
      'sub/a.yaml',
      ['# first\n' + manifest('Pod', 'a'), manifest('Secret', 's'), 'no: object\n', list].join('---\n'),
    )
    const { resources } = await read(['Pod'])
    expect(resources.map(({ origin }) => [origin?.ordinal, origin?.line, origin?.itemPath])).toEqual([
      [0, 1, ''],
      [2, 13, 'items[0]'],
      [3, 13, 'items[1]'],
    ])
    expect(resources[0]?.origin).toMatchObject({ file: join(root, 'sub/a.yaml'), fileType: 'YAML' })
  })

  test.each([
    ['a.json', '{"apiVersion": "v1", "kind": "Pod"}', 'JSON'],
    ['a.yaml', '{"apiVersion": "v1", "kind": "Pod"}', 'YAML'],
    ['a.json', 'apiVersion: v1\nkind: Pod\n', 'YAML'],
  ])('tells what %s with %j is: %s', async (path, text, fileType) => {
    write(path, text)
    expect((await read(['Pod'])).resources[0]?.origin?.fileType).toBe(fileType)
  })
})

describe('what was read', () => {
  test('can be asked again, as text and as document', async () => {
    write('a.yaml', [manifest('Pod', 'a'), manifest('Pod', 'b')].join('---\n'))
    const { source, resources } = await read(['Pod'])
    const origin = resources[1]!.origin!
    const text = source.text(origin)!
    expect(text.slice(origin.start, origin.end)).toContain('name: b')
    expect(source.document(origin)?.value).toEqual(resources[1]?.object)
    expect(source.document(origin)).toBe(source.document(origin))
    expect(source.document(origin)?.locate(['metadata.name'])).toMatchObject([{ line: origin.line + 4, exists: true }])
  })

  test('is at hand after its file has gone where it was needed, and read again otherwise', async () => {
    const spec = 'spec: {template: {spec: {containers: []}}}\n# containers: here\n'
    write('a.yaml', manifest('Pod', 'a'))
    write('b.yaml', manifest('Rollout', 'b', spec))
    const { source, resources } = await read(['Pod'])
    const [pod, rollout] = resources.map(({ origin }) => origin!)
    expect(source.document(rollout!)?.value).toEqual(resources[1]?.object)
    rmSync(join(root, 'a.yaml'))
    expect(source.document(pod!)?.value).toEqual(resources[0]?.object)
    expect(source.text(pod!)).toBeUndefined()
  })

  test('is nothing where the file has gone', async () => {
    write('b.yaml', manifest('Rollout', 'b', 'spec:\n  template: {spec: {containers: []}}\n# containers: here\n'))
    const { source, resources } = await read(['Pod'])
    rmSync(join(root, 'b.yaml'))
    expect(resources).toHaveLength(1)
    expect(source.document(resources[0]!.origin!)).toBeUndefined()
    expect(source.text(resources[0]!.origin!)).toBeUndefined()
  })

  test('is kept up to a total length of text, and beyond that only the last', () => {
    const opened = new OpenDocuments()
    const document = (value: string): Parameters<OpenDocuments['keep']>[2] => ({
      value,
      problems: [],
      locate: () => [],
      comments: () => [],
    })
    const half = { start: 0, end: 4 * 1024 * 1024, line: 1 }
    const [first, second, third] = ['first', 'second', 'third'].map(document)
    opened.keep('a.yaml', half, first!)
    opened.keep('b.yaml', half, second!)
    expect(opened.find('a.yaml', half)).toBe(first)
    expect(opened.find('b.yaml', half)).toBeUndefined()
    opened.last('b.yaml', half, second!)
    expect(opened.find('b.yaml', half)).toBe(second)
    opened.last('c.yaml', half, third!)
    expect(opened.find('b.yaml', half)).toBeUndefined()
    expect(opened.find('c.yaml', half)).toBe(third)
    expect(opened.find('a.yaml', { ...half, start: 1 })).toBeUndefined()
  })
})
