import { chmodSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { scanJson, type JsonReport } from './json-report.ts'
import { kubescape } from './kubescape.ts'

const isRoot = process.getuid?.() === 0

function names(report: JsonReport): unknown[] {
  return report.resources.map(({ object }) => object.metadata?.name)
}

function codes(report: JsonReport): unknown[] {
  return report.scanCoverage.problems.map(({ code, file }) => [code, file])
}

describe('links', () => {
  const folder = temporaryFolder()
  writeFiles(folder, {
    'tree/good.yaml': podYaml('good'),
    'outside.yaml': podYaml('outside'),
    'away/a.yaml': podYaml('away'),
  })
  const links = {
    'broken.yaml': 'nowhere.yaml',
    'circle.yaml': 'circle.yaml',
    'again.yaml': 'good.yaml',
    loop: '.',
    'out.yaml': '../outside.yaml',
    outdir: '../away',
    notes: 'nowhere',
    passwd: '/etc/passwd',
  }
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(folder, 'tree', name))

  test('in a directory they are followed inside of it, each target once, and what is not followed is told', () => {
    const { code, stderr, report } = scanJson(['scan', 'tree'], { cwd: folder })
    expect(code).toBe(0)
    expect(codes(report)).toEqual([
      ['sources/broken-link', 'tree/broken.yaml'],
      ['sources/broken-link', 'tree/circle.yaml'],
      ['sources/link-outside', 'tree/out.yaml'],
      ['sources/link-outside', 'tree/outdir'],
    ])
    expect(names(report)).toEqual(['good'])
    expect(stderr).toMatch(/^tree\/out\.yaml {2}a link that leads out of the scanned directory was not followed$/m)
  })

  test('what is left out on purpose is no problem', () => {
    const exclude = ['broken.yaml', 'circle.yaml', 'out.yaml', 'outdir'].flatMap((name) => ['--exclude-path', name])
    const { stderr, report } = scanJson(['scan', 'tree', ...exclude], { cwd: folder })
    expect({ problems: codes(report), stderr }).toEqual({
      problems: [],
      stderr: expect.stringMatching(/^Overall.*\n$/),
    })
  })

  test('named ones are followed wherever they lead', () => {
    const { code, report } = scanJson(['scan', 'tree/out.yaml', 'tree/outdir'], { cwd: folder })
    expect(code).toBe(0)
    expect(names(report)).toEqual(['outside', 'away'])
  })

  test.each([
    ['broken.yaml', 'does not exist'],
    ['circle.yaml', 'circle'],
  ])('named, %s is an error, and the rest is judged', (link, why) => {
    const { code, stderr, report } = scanJson(['scan', `tree/${link}`, 'tree/good.yaml'], { cwd: folder })
    expect(code).toBe(1)
    expect(stderr).toMatch(new RegExp(`^tree/${link} .*${why}`, 'm'))
    expect(names(report)).toEqual(['good'])
  })
})

describe('files and folders', () => {
  const folder = temporaryFolder()
  writeFiles(folder, {
    'good.yaml': podYaml('good'),
    'tree/good.yaml': podYaml('good'),
    'tree/dir.yaml/in.yml': podYaml('inner'),
  })

  test('a folder that is named like a file is a folder', () => {
    expect(names(scanJson(['scan', 'tree'], { cwd: folder }).report)).toEqual(['inner', 'good'])
    expect(names(scanJson(['scan', 'tree/dir.yaml'], { cwd: folder }).report)).toEqual(['inner'])
  })

  test.each([
    ['missing.yaml', 'missing.yaml does not exist'],
    ['missing/*.yaml', 'nothing matches missing/*.yaml'],
    ['good.yaml/below.yaml', 'good.yaml/below.yaml does not exist'],
    [`${'x'.repeat(300)}.yaml`, 'ENAMETOOLONG'],
  ])('%s is an error that names it, and the rest is judged', (path, message) => {
    const { code, stderr, report } = scanJson(['scan', path, 'good.yaml'], { cwd: folder })
    expect(code).toBe(1)
    expect(stderr).toContain(message)
    expect(stderr.split('\n').length).toBeLessThanOrEqual(5)
    expect(stderr).toMatch(/1 problem in what was named on the command line; everything else was judged\n$/)
    expect(names(report)).toEqual(['good'])
  })

  test('a missing file alone ends with what was looked at', () => {
    const { code, stdout, stderr } = kubescape(['scan', 'missing.yaml'], { cwd: folder })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/missing\.yaml does not exist[^]*no Kubernetes resource was found: looked at 0 files/)
  })

  test.runIf(process.platform === 'linux')('a file that fails while it is read is told with the reason', () => {
    // The memory of a process begins with a page that nobody may read, whoever asks.
    const { code, stderr, report } = scanJson(['scan', '/proc/self/mem', 'good.yaml'], { cwd: folder })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^\/proc\/self\/mem {2}cannot be read: EIO/m)
    expect(names(report)).toEqual(['good'])
  })

  test(`a file and a folder without permission to read${isRoot ? ' (skipped: root may read everything)' : ''}`, ({
    skip,
  }) => {
    skip(isRoot, 'root may read everything')
    writeFiles(folder, {
      'closed/file.yaml': podYaml('closed'),
      'closed/dir/a.yaml': podYaml('a'),
      'closed/good.yaml': podYaml('good'),
    })
    chmodSync(join(folder, 'closed/file.yaml'), 0)
    chmodSync(join(folder, 'closed/dir'), 0)
    const inside = scanJson(['scan', 'closed'], { cwd: folder })
    chmodSync(join(folder, 'closed/dir'), 0o700)
    expect({ code: inside.code, names: names(inside.report) }).toEqual({ code: 0, names: ['good'] })
    expect(inside.stderr).toMatch(/^closed\/file\.yaml {2}cannot be read: permission denied$/m)
    expect(inside.stderr).toMatch(/^closed\/dir {2}cannot be read: permission denied$/m)
    const named = scanJson(['scan', 'closed/file.yaml', 'good.yaml'], { cwd: folder })
    expect({ code: named.code, names: names(named.report) }).toEqual({ code: 1, names: ['good'] })
  })
})

describe('the size limit', () => {
  const folder = temporaryFolder()
  writeFiles(folder, {
    'tree/small.yaml': podYaml('small'),
    'tree/large.yaml': `${podYaml('large')}# ${'x'.repeat(2000)}\n`,
  })
  const env = { KUBESCAPE_MAX_FILE_SIZE: '1000' }

  test('files above it are left out and told', () => {
    const inside = scanJson(['scan', 'tree'], { cwd: folder, env })
    expect({ code: inside.code, names: names(inside.report) }).toEqual({ code: 0, names: ['small'] })
    expect(inside.stderr).toMatch(/^tree\/large\.yaml {2}is larger than 1000 bytes and was not read$/m)
    const named = scanJson(['scan', 'tree/large.yaml', 'tree/small.yaml'], { cwd: folder, env })
    expect({ code: named.code, names: names(named.report) }).toEqual({ code: 1, names: ['small'] })
  })

  test('standard input has it too', () => {
    const { code, stderr } = kubescape(['scan', '-'], { cwd: folder, env, stdin: 'x'.repeat(2000) })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^- {2}is larger than 1000 bytes and was not read$/m)
  })

  test.each(['abc', '-5', '1.5', '0'])('%s is no limit', (value) => {
    const { code, stderr } = kubescape(['scan', 'tree'], { cwd: folder, env: { KUBESCAPE_MAX_FILE_SIZE: value } })
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining(`KUBESCAPE_MAX_FILE_SIZE is "${value}"`),
    })
  })
})

describe('nothing to judge', () => {
  const folder = temporaryFolder()
  writeFiles(folder, { 'notes/a.yaml': 'a: b\n', 'notes/b.txt': podYaml('text') })
  mkdirSync(join(folder, 'empty'))

  test('an empty directory says what was looked at', () => {
    const { code, stdout, stderr } = kubescape(['scan', 'empty'], { cwd: folder })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('no Kubernetes resource was found: looked at 0 files in 1 directory (.yaml, .yml, .json)')
  })

  test('files without objects say that they have none', () => {
    const { code, stderr } = kubescape(['scan', 'notes'], { cwd: folder })
    expect(code).toBe(1)
    expect(stderr).toContain(
      'looked at 1 file in 1 directory (.yaml, .yml, .json); 1 document without a Kubernetes object',
    )
  })
})
