/** Repositories brought here, and what is known of files in repositories here. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { changedFiles } from './changed-files.ts'
import { cloneRepository, type ClonedRepository } from './clone.ts'
import { lastCommits } from './last-commits.ts'
import { MockRepository } from './mock-repository.ts'
import { parseRemote, type RemoteRepository } from './remote-url.ts'
import { gitEnvironment, maskCredentials } from './run-git.ts'
import { findWorkTree, type WorkTree } from './work-tree.ts'

let repository: MockRepository
const removals: (() => void)[] = []

beforeEach(() => {
  repository = new MockRepository()
})

afterEach(() => {
  repository.remove()
  for (const remove of removals.splice(0)) remove()
})

const ENV = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' }
const GIT = { env: gitEnvironment(ENV, false) }

function remoteOf(tail = ''): RemoteRepository {
  const remote = parseRemote(`file://${repository.root}${tail}`)
  if (remote === undefined) throw new Error('no remote')
  return remote
}

async function clone(
  remote: RemoteRepository,
  options: { readonly maxBytes?: number; readonly signal?: AbortSignal } = {},
): Promise<ClonedRepository> {
  const cloned = await cloneRepository(remote, {
    env: ENV,
    hasTerminal: false,
    signal: new AbortController().signal,
    ...options,
  })
  removals.push(cloned.remove)
  return cloned
}

function tree(path = repository.root): WorkTree {
  const found = findWorkTree(path)
  if (found === undefined) throw new Error('no work tree')
  return found
}

function clones(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('kubescape-git-'))
}

describe('a clone', () => {
  test('has the files and the commit of the default branch, without history', async () => {
    repository.commit('one', { 'a.yaml': '1' })
    const hash = repository.commit('two', { 'a.yaml': '2' })
    const { folder, path, branch, defaultBranch, commit, remove } = await clone(remoteOf())
    expect(readFileSync(join(folder, 'a.yaml'), 'utf8')).toBe('2')
    expect({ branch, defaultBranch, path, hash: commit?.hash, message: commit?.message }).toEqual({
      branch: 'main',
      defaultBranch: 'main',
      path: folder,
      hash,
      message: 'two',
    })
    remove()
    remove()
    expect(existsSync(folder)).toBe(false)
  })

  test('takes a branch with slashes out of the path of a page', async () => {
    repository.commit('one', { 'a.yaml': 'main' })
    repository.git('checkout', '--quiet', '-b', 'feature/x')
    repository.commit('two', { 'k8s/prod/a.yaml': 'branch' })
    const { folder, path, branch } = await clone({ ...remoteOf(), revisionAndPath: 'feature/x/k8s/prod' })
    expect({ branch, path }).toEqual({ branch: 'feature/x', path: join(folder, 'k8s/prod') })
  })

  test('takes a tag, and a commit', async () => {
    const hash = repository.commit('one', { 'a.yaml': 'old' })
    repository.git('tag', 'v1')
    repository.commit('two', { 'a.yaml': 'new' })
    for (const revision of ['v1', hash]) {
      const { folder, commit } = await clone(remoteOf(`#${revision}`))
      expect(readFileSync(join(folder, 'a.yaml'), 'utf8')).toBe('old')
      expect(commit?.hash).toBe(hash)
    }
  })

  test.each([
    ['#none', /has no branch or tag none/],
    ['#main:none', /has no none/],
    ['#main:.git', /has no \.git/],
    ['#main:out', /has no out/],
  ])('of %s is refused', async (tail, message) => {
    repository.commit('one', { 'a.yaml': '1' })
    symlinkSync('/etc', join(repository.root, 'out'))
    repository.commit('two')
    const before = clones()
    await expect(clone(remoteOf(tail))).rejects.toThrow(message)
    expect(clones()).toEqual(before)
  })

  test('of what is no repository, is empty or is not there says so', async () => {
    await expect(clone(remoteOf())).rejects.toThrow(/is empty/)
    await expect(clone({ ...remoteOf(), url: `file://${repository.root}/none` })).rejects.toThrow(
      /does not (?:exist|appear)/,
    )
  })

  test('that is too large is refused, and nothing of it stays', async () => {
    repository.commit('one', { 'a.yaml': 'x'.repeat(2_000_000) })
    const before = clones()
    await expect(clone(remoteOf(), { maxBytes: 1_000_000 })).rejects.toThrow(/larger than 1 MiB/)
    expect(clones()).toEqual(before)
  })

  test('runs nothing of the repository', async () => {
    const mark = join(repository.root, '../kubescape-ran')
    rmSync(mark, { force: true })
    repository.commit('one', {
      '.gitattributes': '* filter=evil\n*.bin filter=lfs\n',
      '.gitmodules': '[submodule "x"]\n\tpath = x\n\turl = ext::touch ' + mark + '\n',
      'a.bin': 'version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n',
    })
    const hooks = join(repository.root, '.git/hooks')
    mkdirSync(hooks, { recursive: true })
    for (const name of ['post-checkout', 'pre-upload']) {
      writeFileSync(join(hooks, name), `#!/bin/sh\ntouch ${mark}\n`)
      chmodSync(join(hooks, name), 0o755)
    }
    const { folder } = await clone(remoteOf())
    expect(readFileSync(join(folder, 'a.bin'), 'utf8')).toContain('oid sha256:1')
    expect(existsSync(mark)).toBe(false)
  })

  test('ends when it is aborted', async () => {
    repository.commit('one', { 'a.yaml': '1' })
    const before = clones()
    await expect(clone(remoteOf(), { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
    expect(clones()).toEqual(before)
  })
})

describe('the environment of git', () => {
  test('asks nobody where nobody is, and forgets the repository of a hook', () => {
    const env = gitEnvironment({ PATH: '/bin', GIT_DIR: '/x', GIT_INDEX_FILE: '/y', GIT_SSH_COMMAND: 'mine' }, false)
    expect(env).toMatchObject({ PATH: '/bin', GIT_TERMINAL_PROMPT: '0', GIT_SSH_COMMAND: 'mine' })
    expect(env).not.toHaveProperty('GIT_DIR')
    expect(gitEnvironment({}, true)).not.toHaveProperty('GIT_TERMINAL_PROMPT')
  })

  test('shows no credentials', () => {
    expect(maskCredentials("fatal: 'https://me:secret@host/x' and ssh://git@host/y")).toBe(
      "fatal: 'https://***@host/x' and ssh://***@host/y",
    )
  })
})

describe('a work tree', () => {
  test('knows its branch and its server', () => {
    repository.commit('one', { 'k8s/a.yaml': '1' })
    repository.git('remote', 'add', 'origin', 'https://me:secret@gitlab.com/g/sub/repo.git')
    expect(tree(join(repository.root, 'k8s/a.yaml'))).toMatchObject({
      root: repository.root,
      branch: 'main',
      remote: { shown: 'https://gitlab.com/g/sub/repo.git', provider: 'gitlab', owner: 'g/sub', name: 'repo' },
    })
    repository.git('checkout', '--quiet', '--detach')
    expect(tree().branch).toBe('')
  })

  test('may be a linked one', () => {
    repository.commit('one', { 'a.yaml': '1' })
    repository.git('remote', 'add', 'origin', 'https://host/o/r')
    repository.git('worktree', 'add', '--quiet', '-b', 'other', 'linked')
    expect(tree(join(repository.root, 'linked'))).toMatchObject({ branch: 'other', remote: { name: 'r' } })
  })

  test('is not everywhere', () => {
    expect(findWorkTree('/proc')).toBeUndefined()
  })
})

describe('the last commits of files', () => {
  test('are found in one walk', async () => {
    const one = repository.commit('one', { 'a.yaml': '1', 'b b.yaml': '1' })
    const two = repository.commit('two\n\nmore', { 'a.yaml': '2', 'ü.yaml': '1' })
    repository.write({ 'new.yaml': '1' })
    const commits = await lastCommits(tree(), new Set(['a.yaml', 'b b.yaml', 'ü.yaml', 'new.yaml']), GIT)
    expect(new Map([...commits].map(([file, { hash }]) => [file, hash]))).toEqual(
      new Map([
        ['a.yaml', two],
        ['b b.yaml', one],
        ['ü.yaml', two],
      ]),
    )
    expect(commits.get('a.yaml')).toMatchObject({
      committerName: 'Jane',
      committerEmail: 'jane@example.com',
      message: 'two',
      date: '2026-01-02T00:00:00+00:00',
    })
  })

  test('are found of many files', async () => {
    const names = Array.from({ length: 600 }, (_, at) => `f${at}.yaml`)
    repository.commit('one', Object.fromEntries(names.map((name) => [name, '1'])))
    expect((await lastCommits(tree(), new Set(names), GIT)).size).toBe(600)
  })

  test('are not made up where the history is cut off', async () => {
    repository.commit('one', { 'a.yaml': '1' })
    repository.commit('two', { 'b.yaml': '1' })
    const { folder } = await clone(remoteOf())
    expect(await lastCommits(tree(folder), new Set(['a.yaml', 'b.yaml']), GIT)).toEqual(new Map())
  })

  test('are none in a repository without a commit', async () => {
    repository.write({ 'a.yaml': '1' })
    expect(await lastCommits(tree(), new Set(['a.yaml']), GIT)).toEqual(new Map())
  })
})

describe('changed files', () => {
  const changed = async (revision: string): Promise<string[]> =>
    [...(await changedFiles(tree(), revision, GIT)).paths]
      .map((path) => path.slice(repository.root.length + 1))
      .toSorted()

  test('are those that were committed, staged, changed, added or removed since the last common commit', async () => {
    const files = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [`${name}.yaml`, '1']))
    repository.commit('one', { ...files, '.gitignore': 'ignored.yaml\n' })
    repository.git('checkout', '--quiet', '-b', 'topic')
    repository.commit('two', { 'a.yaml': '2' })
    repository.git('mv', 'e.yaml', 'sub e.yaml')
    repository.write({ 'b.yaml': '2', 'new.yaml': '1', 'ignored.yaml': '1', 'c.yaml': '2' })
    repository.git('add', 'b.yaml')
    rmSync(join(repository.root, 'd.yaml'))
    repository.git('stash', '--quiet', '--include-untracked')
    repository.git('checkout', '--quiet', 'main')
    repository.commit('three', { 'f.yaml': 'only on main' })
    repository.git('checkout', '--quiet', 'topic')
    repository.git('stash', 'pop', '--quiet', '--index')
    expect(await changed('main')).toEqual(['a.yaml', 'b.yaml', 'c.yaml', 'd.yaml', 'e.yaml', 'new.yaml', 'sub e.yaml'])
  })

  test('are none where nothing changed', async () => {
    repository.commit('one', { 'a.yaml': '1' })
    expect(await changed('HEAD')).toEqual([])
  })

  test.each(['none', '--output=/tmp/x', ''])('since %j cannot be told', async (revision) => {
    repository.commit('one', { 'a.yaml': '1' })
    await expect(changed(revision)).rejects.toThrow(/has no commit, branch or tag/)
  })

  test('cannot be told without anything in common', async () => {
    repository.commit('one', { 'a.yaml': '1' })
    repository.git('checkout', '--quiet', '--orphan', 'other')
    repository.commit('two')
    await expect(changed('main')).rejects.toThrow(/no commit in common/)
  })
})
