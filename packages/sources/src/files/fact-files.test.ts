/** Files with facts: what is given, what is left out and said so. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { FactFiles } from './fact-files.ts'

let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kubescape-facts-'))
})
afterEach(() => rmSync(root, { recursive: true }))

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

const manifest = (kind: string, name: string): string => `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n`

interface Read {
  readonly names: string[]
  readonly files: FactFiles
  readonly problems: ReturnType<FactFiles['coverage']>['problems']
}

async function read(...paths: readonly string[]): Promise<Read> {
  const files = new FactFiles({
    paths: paths.length === 0 ? [root] : paths,
    isFact: ({ kind }) => kind.endsWith('Info'),
  })
  const names = (await Array.fromAsync(files.resources())).map(({ identity }) => `${identity.kind}/${identity.name}`)
  return { names, files, problems: files.coverage().problems }
}

test('facts are given with the place that they came from', async () => {
  write({
    'a/one.yaml': `# first\n---\n${manifest('KubeletInfo', 'one')}`,
    'b.json': '{"apiVersion":"v1","kind":"CNIInfo","metadata":{"name":"two"}}',
  })
  const { names, files, problems } = await read()
  expect(names).toEqual(['KubeletInfo/one', 'CNIInfo/two'])
  expect(problems).toEqual([])
  expect(files.namedProblems).toBe(0)
  const [resource] = await Array.fromAsync(new FactFiles({ paths: [root], isFact: () => true }).resources())
  expect(files.text(resource!.origin!)).toContain('kind: KubeletInfo')
  expect(files.document(resource!.origin!)?.value).toMatchObject({ kind: 'KubeletInfo' })
})

test('other objects are left out, with one line that says how many of what', async () => {
  const others = ['Deployment', 'Deployment', 'Pod', 'CustomResourceDefinition'].map((kind) => manifest(kind, 'x'))
  write({ 'a.yaml': [...others, manifest('KubeletInfo', 'one')].join('---\n') })
  const { names, problems, files } = await read()
  expect(names).toEqual(['KubeletInfo/one'])
  expect(problems).toMatchObject([
    {
      code: 'sources/no-fact',
      message:
        '4 objects are no facts of nodes or clouds and were not judged: Deployment (2), Pod (1), CustomResourceDefinition (1)',
      file: join(root, 'a.yaml'),
    },
  ])
  expect(files.namedProblems).toBe(0)
})

test('a folder without any facts is the wrong one, and counts as a problem with what was named', async () => {
  write({ 'a.yaml': manifest('Pod', 'x') })
  const { problems, files } = await read()
  expect(problems.map(({ code }) => code)).toEqual(['sources/no-fact', 'sources/no-facts'])
  expect(files.namedProblems).toBe(1)
})

test('a path that does not exist is a problem, too', async () => {
  write({ 'a.yaml': manifest('KubeletInfo', 'x') })
  const { names, problems, files } = await read(join(root, 'a.yaml'), join(root, 'missing'))
  expect(names).toEqual(['KubeletInfo/x'])
  expect(problems).toMatchObject([{ code: 'sources/not-found' }])
  expect(files.namedProblems).toBe(1)
})
