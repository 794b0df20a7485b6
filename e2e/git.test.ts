/** Repositories as inputs of a scan: fetched ones, and what git knows of files here. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { kubescape, startKubescape, type Run } from './kubescape.ts'

const folder = temporaryFolder()
const repository = join(folder, 'repository')
const temporary = join(folder, 'tmp')
const ENV = { GIT_CONFIG_GLOBAL: '/dev/null', TMPDIR: temporary, HOME: folder }

beforeEach(() => {
  mkdirSync(temporary, { recursive: true })
  writeFiles(repository, { 'k8s/pod.yaml': podYaml('first'), 'k8s/other.yaml': podYaml('other') })
  git('init', '--quiet', '--initial-branch=main')
  commit('The first')
})

afterEach(() => {
  rmSync(repository, { recursive: true, force: true })
  rmSync(temporary, { recursive: true, force: true })
})

function git(...args: readonly string[]): string {
  const who = ['-c', 'user.name=Jane', '-c', 'user.email=jane@example.com']
  return execFileSync('git', [...who, ...args], { cwd: repository, encoding: 'utf8', env: { ...process.env, ...ENV } })
}

function commit(message: string): string {
  git('add', '--all')
  git('commit', '--quiet', '--message', message)
  return git('rev-parse', 'HEAD').trim()
}

function scan(...args: readonly string[]): Run {
  return kubescape(['scan', ...args], { cwd: repository, env: ENV })
}

/** The parts of the JSON report that tell of repositories. */
interface Report {
  readonly metadata: {
    readonly targetMetadata: { readonly gitRepoContextMetadata?: Record<string, unknown> }
    readonly scanMetadata: { readonly scanningTarget: number }
  }
  readonly resources: readonly {
    readonly source: { readonly relativePath: string; readonly lastCommit?: { readonly message: string } }
  }[]
  readonly scanCoverage: { readonly documents: { readonly files: number; readonly unchangedFiles?: number } }
}

function report(...args: readonly string[]): Report {
  const { code, stdout, stderr } = scan(...args, '--format', 'json')
  expect(stderr).not.toContain('error:')
  expect(code).toBe(0)
  return JSON.parse(stdout) as Report
}

const url = `file://${repository}`

describe('a repository that is named by its URL', () => {
  test('is fetched, judged by its paths, and removed', () => {
    git('checkout', '--quiet', '-b', 'topic/x')
    writeFiles(repository, { 'k8s/only-here.yaml': podYaml('topic') })
    const hash = commit('On the topic')
    const { metadata, resources } = report(`${url}#topic/x:k8s`)
    expect(resources.map(({ source }) => source.relativePath)).toEqual([
      'k8s/only-here.yaml',
      'k8s/other.yaml',
      'k8s/pod.yaml',
    ])
    expect(metadata.scanMetadata.scanningTarget).toBe(2)
    expect(metadata.targetMetadata.gitRepoContextMetadata).toMatchObject({
      repo: 'repository',
      branch: 'topic/x',
      remoteURL: url,
      lastCommit: { hash, message: 'On the topic', committerName: 'Jane' },
      localRootPath: '',
    })
    expect(readdirSync(temporary)).toEqual([])
  })

  test('shows findings at their places in it', () => {
    const { stdout, stderr } = scan(url, '-v')
    expect(stderr).toContain(`Fetched ${url} (main `)
    expect(stdout).toMatch(/ k8s\/pod\.yaml:\d+/)
    expect(stdout).not.toContain(temporary)
  })

  test('may be one of several', () => {
    const { resources } = report(url, join(repository, 'k8s/pod.yaml'))
    expect(resources.map(({ source }) => source.relativePath)).toEqual([
      'repository/k8s/other.yaml',
      'repository/k8s/pod.yaml',
      'k8s/pod.yaml',
    ])
  })

  test('names itself in SARIF', () => {
    const { stdout } = scan(url, '--format', 'sarif')
    const { runs } = JSON.parse(stdout) as { runs: Record<string, unknown>[] }
    expect(runs[0]).toMatchObject({
      versionControlProvenance: [{ repositoryUri: url, branch: 'main', mappedTo: { uriBaseId: 'SRCROOT' } }],
    })
  })

  test.each([
    ['a branch that is not there', `${url}#none`, /has no branch or tag none/],
    ['a path that is not there', `${url}#main:none`, /has no none/],
    ['what is no repository', `file://${folder}/none`, /git could not ask/],
    ['a helper of git', 'ext::sh -c id', /helper of git/],
    ['an option', 'ssh://-oProxyCommand=id/x', /cannot be scanned/],
    [
      'a password that is wrong',
      'https://me:hunter2@127.0.0.1:9/o/r',
      /git could not ask https:\/\/127\.0\.0\.1:9\/o\/r/,
    ],
  ])('is refused where it names %s', (_, named, message) => {
    const { code, stdout, stderr } = scan(named)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(message)
    expect(stderr).not.toContain('hunter2')
    expect(readdirSync(temporary)).toEqual([])
  })

  test('is refused offline, unless it is on this machine', () => {
    expect(scan('https://github.com/org/repo', '--offline').stderr).toContain('a repository is fetched from its server')
    expect(scan(url, '--offline').code).toBe(0)
  })

  test('is given up on Ctrl-C, and nothing stays', async () => {
    const server = createServer()
    const asked = new Promise((resolve) => void server.once('connection', resolve))
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const running = startKubescape(['scan', `git://127.0.0.1:${port}/x`], { cwd: repository, env: ENV })
    await asked
    running.interrupt()
    expect(await running.ended).toMatchObject({ code: 1, stderr: expect.stringContaining('interrupted') as string })
    server.close()
    expect(readdirSync(temporary)).toEqual([])
  })
})

describe('a repository on this machine', () => {
  test('is told of with the commits of its files', () => {
    git('remote', 'add', 'origin', 'git@gitlab.com:group/sub/shop.git')
    writeFiles(repository, { 'k8s/pod.yaml': podYaml('changed') })
    const hash = commit('The second')
    writeFiles(repository, { 'new.yaml': podYaml('new') })
    const { metadata, resources } = report('.')
    expect(metadata.scanMetadata.scanningTarget).toBe(3)
    expect(metadata.targetMetadata.gitRepoContextMetadata).toMatchObject({
      provider: 'gitlab',
      owner: 'group/sub',
      repo: 'shop',
      branch: 'main',
      remoteURL: 'ssh://gitlab.com/group/sub/shop.git',
      lastCommit: { hash },
      localRootPath: repository,
    })
    expect(resources.map(({ source }) => [source.relativePath, source.lastCommit?.message])).toEqual([
      ['k8s/other.yaml', 'The first'],
      ['k8s/pod.yaml', 'The second'],
      ['new.yaml', undefined],
    ])
  })

  test('runs no program of its own', () => {
    const mark = join(folder, 'mark')
    writeFiles(repository, { 'evil.sh': `#!/bin/sh\ntouch ${mark}\n` })
    git('config', 'core.fsmonitor', `touch ${mark}; false`)
    git('config', 'core.pager', `touch ${mark}`)
    git('config', 'diff.external', `touch ${mark}`)
    expect(scan('.', '--format', 'json', '--changed-since', 'HEAD').code).toBe(0)
    expect(existsSync(mark)).toBe(false)
  })
})

describe('--changed-since', () => {
  test('scans what has changed, and says how much was left out', () => {
    git('checkout', '--quiet', '-b', 'topic')
    writeFiles(repository, { 'k8s/pod.yaml': podYaml('changed') })
    commit('Changed')
    writeFiles(repository, { 'new.yaml': podYaml('new') })
    const { resources, scanCoverage } = report('.', '--changed-since', 'main')
    expect(resources.map(({ source }) => source.relativePath)).toEqual(['k8s/pod.yaml', 'new.yaml'])
    expect(scanCoverage.documents).toMatchObject({ files: 2, unchangedFiles: 1 })
    const { stdout, stderr } = scan('.', '--changed-since', 'main')
    expect(stdout).toContain('2 resources judged in 2 files (1 unchanged file left out)')
    expect(stderr).toContain('1 file left out: not changed since main')
  })

  test.each(['pretty-printer', 'json', 'sarif', 'junit', 'csv'])('of nothing is no failure: %s', (format) => {
    const { code, stderr } = scan('.', '--changed-since', 'main', '--format', format)
    expect(code).toBe(0)
    expect(stderr).toContain('Nothing to scan: no manifest has changed since main; 2 files left out')
  })

  test.each([
    ['a revision that is not there', ['.', '--changed-since', 'none'], /no commit, branch or tag none/],
    ['an option', ['.', '--changed-since=--output=x'], /no commit, branch or tag --output=x/],
    ['standard input', ['-', '--changed-since', 'main'], /not for standard input/],
    ['a repository elsewhere', [url, '--changed-since', 'main'], /not for a repository that is fetched/],
    ['a cluster', ['--changed-since', 'main'], /no path is named/],
    ['files of no repository', ['/proc/version', '--changed-since', 'main'], /is in no repository/],
  ])('is refused for %s', (_, args, message) => {
    const { code, stderr } = scan(...args)
    expect(code).toBe(1)
    expect(stderr).toMatch(message)
  })
})
