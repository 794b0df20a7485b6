import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { kubescape, launcher, run, type Run } from './kubescape.ts'

const folder = temporaryFolder()
writeFiles(folder, { 'pod.yaml': podYaml('plain') })

function scan(...args: readonly string[]): Run {
  return kubescape(['scan', 'pod.yaml', ...args], { cwd: folder })
}

describe('--output', () => {
  test('several formats write a file each, with extension, in directories that are made', () => {
    const { code, stdout, stderr } = scan('-f', 'json,pretty-printer', '-o', 'new/deep/report')
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toMatch(/Report written to new\/deep\/report\.json\n[^]*Report written to new\/deep\/report\.txt\n/)
    expect(JSON.parse(readFileSync(join(folder, 'new/deep/report.json'), 'utf8'))).toHaveProperty('summaryDetails')
    expect(readFileSync(join(folder, 'new/deep/report.txt'), 'utf8')).toContain('Overall compliance score')
  })

  test('an extension that is there is not repeated', () => {
    expect(scan('-f', 'json', '-o', 'own.JSON').code).toBe(0)
    expect(existsSync(join(folder, 'own.JSON'))).toBe(true)
    expect(existsSync(join(folder, 'own.JSON.json'))).toBe(false)
  })

  test('a name with the extension of one of several formats names them all', () => {
    expect(scan('-f', 'json,sarif', '-o', 'shared.SARIF').code).toBe(0)
    expect(existsSync(join(folder, 'shared.SARIF'))).toBe(true)
    expect(existsSync(join(folder, 'shared.json'))).toBe(true)
    expect(existsSync(join(folder, 'shared.SARIF.json'))).toBe(false)
  })

  test('YAML keeps .yml, and a directory gets "report"', () => {
    expect(scan('-f', 'yaml,json', '-o', 'short.yml').code).toBe(0)
    expect(['short.yml', 'short.json'].map((name) => existsSync(join(folder, name)))).toEqual([true, true])
    expect(scan('-f', 'yaml', '-o', 'into/').code).toBe(0)
    expect(existsSync(join(folder, 'into/report.yaml'))).toBe(true)
  })

  test.each([
    ['json,gitlab-sast', 'json and gitlab-sast would both be written to both.json'],
    ['pretty-printer,prometheus', 'pretty-printer and prometheus would both be written to both.txt'],
  ])('formats that would write the same file are refused: %s', (formats, message) => {
    const { code, stdout, stderr } = scan('-f', formats, '-o', 'both')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toBe(
      `error: ${message}\nAsk for one of them; a second scan can write the other under another name.\n`,
    )
  })

  test('formats that are meant for files go to one, beside one on standard output', () => {
    const { code, stdout, stderr } = scan('-f', 'html,json,markdown')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toHaveProperty('summaryDetails')
    expect(stderr).toMatch(
      /Report written to report\.html\nReport written to report\.md\nOverall compliance score: \d+%\n$/,
    )
    expect(['report.html', 'report.md'].map((name) => existsSync(join(folder, name)))).toEqual([true, true])
  })

  test('a blank name is "report"', () => {
    expect(scan('-f', 'json', '-o', ' ').code).toBe(0)
    expect(existsSync(join(folder, 'report.json'))).toBe(true)
  })

  test('several formats without it are refused', () => {
    expect(scan('-f', 'json,pretty-printer')).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'error: several formats cannot share standard output\nAdd --output NAME: each format then gets a file of its own.\n',
    })
    expect(scan('-f', 'json,json').code).toBe(0)
  })

  test.each(['pod.yaml/report', 'taken'])('a place that cannot be written is an error before the scan: %s', (place) => {
    mkdirSync(join(folder, 'taken.json'), { recursive: true })
    const { code, stdout, stderr } = scan('-f', 'json', '-o', place)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(
      new RegExp(`^error: cannot write ${place}\\.json: [^\n]+\nChoose another place with --output\\.\n$`),
    )
  })
})

describe('streams', () => {
  test('the report goes to standard output, everything else to standard error', () => {
    const { stdout, stderr } = scan('--format', 'json')
    expect(stdout.endsWith('}\n')).toBe(true)
    expect(stdout.trimEnd()).not.toContain('\n')
    expect(stderr).toMatch(/^Overall compliance score: \d+%\n$/)
  })

  test('the log level silences messages, from the flag or the environment', () => {
    expect(scan('-f', 'json', '-l', 'warning').stderr).toBe('')
    const quiet = kubescape(['scan', 'pod.yaml', 'missing.yaml', '-f', 'json'], {
      cwd: folder,
      env: { KS_LOGGER: 'error' },
    })
    expect(quiet.stderr).toBe('1 problem in what was named on the command line; everything else was judged\n')
  })

  test('there is no colour in a pipe, and there is where it is forced', () => {
    expect(kubescape(['scan', 'pod.yaml'], { cwd: folder, env: { NO_COLOR: '' } }).stdout).not.toContain('\u001B[')
    expect(kubescape(['scan', 'pod.yaml'], { cwd: folder, env: { NO_COLOR: '', FORCE_COLOR: '1' } }).stdout).toContain(
      '\u001B[',
    )
    expect(
      kubescape(['scan', 'pod.yaml'], { cwd: folder, env: { NO_COLOR: '1', FORCE_COLOR: '1' } }).stdout,
    ).not.toContain('\u001B[')
  })

  test('tables are as wide as COLUMNS says', () => {
    const { stdout } = kubescape(['scan', 'pod.yaml'], { cwd: folder, env: { COLUMNS: '80' } })
    const tables = stdout.split('\n').filter((line) => line.startsWith('╭'))
    expect(tables.length).toBeGreaterThan(0)
    expect(Math.max(...tables.map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  test.each(['json', 'pretty-printer'])('a reader that leaves is no error: %s', (format) => {
    const script = `"$0" scan pod.yaml --format ${format} | head -n 1 | head -c 20; exit \${PIPESTATUS[0]}`
    const { code, stdout, stderr } = run('bash', ['-c', script, launcher], { cwd: folder })
    expect({ code, length: stdout.length }).toEqual({ code: 0, length: expect.any(Number) })
    expect(stderr).toMatch(/^(?:Overall compliance score: \d+%\n)?$/)
  })
})

describe('interruption', () => {
  const many = temporaryFolder()
  const text = Array.from({ length: 40 }, (_, at) => podYaml(`pod-${at}`)).join('---\n')
  writeFiles(many, Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`${at}.yaml`, text])))

  test('Ctrl-C ends a long scan soon, with 1 and without a report', async () => {
    const child = spawn(launcher, ['scan', many, '-f', 'json'], { stdio: ['ignore', 'pipe', 'pipe'] })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
    const timer = setInterval(() => child.kill('SIGINT'), 700)
    const code = await ended
    clearInterval(timer)
    // Before the program listens the signal ends it without a word, which is as good.
    expect([1, null]).toContain(code)
    expect(stdout).toBe('')
    expect(stderr).toMatch(code === 1 ? /^error: interrupted\nNothing was reported\.\n$/ : /^$/)
  })
})
