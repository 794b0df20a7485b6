import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { kubescape, type Run } from './kubescape.ts'

const folder = temporaryFolder()
const HOME = join(folder, 'home')
const CONFIG = join(HOME, '.kubescape/config.json')
const NO_ENV = { KS_LOGGER: '', KS_OFFLINE: '', KS_CACHE_DIR: '', KS_ACCOUNT_ID: '', KS_ACCESS_KEY: '' }

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}, stdin = ''): Run {
  return kubescape(args, { cwd: folder, env: { HOME, ...NO_ENV, ...env }, stdin })
}

describe('config view', () => {
  type View = Record<string, { value: unknown; from: string }>

  test('shows what counts, and where each comes from', () => {
    writeFiles(folder, {
      '.kubescape.yaml': 'view: control\nthresholds:\n  compliance: 80\nformats: [json]\nlabelSelector: app=web\n',
    })
    const args = ['config', 'view', '-o', 'json', '--offline']
    const view = JSON.parse(run(['config', 'view', '-o', 'json'], { KS_OFFLINE: '1' }).stdout) as View
    const file = join(folder, '.kubescape.yaml')
    expect(view).toMatchObject({
      view: { value: 'control', from: `${file}:1` },
      'thresholds.compliance': { value: 80, from: `${file}:3` },
      formats: { value: ['json'], from: `${file}:4` },
      offline: { value: true, from: 'KS_OFFLINE' },
      formatVersion: { value: 'v3', from: 'default' },
      logger: { value: 'info', from: 'default' },
    })
    expect(view).not.toHaveProperty('minSeverity')
    expect(run(args).stderr).toContain("unknown option '--offline'")
  })

  test('also what is not set, when it is asked for', () => {
    const view = JSON.parse(run(['config', 'view', '-o', 'json', '-e', '--no-config']).stdout) as View
    expect(view['minSeverity']).toEqual({ value: null, from: '' })
    expect(view['view']).toEqual({ value: null, from: '' })
    expect(view['accountID']).toEqual({ value: '', from: '' })
  })

  test('is the same as text and YAML', () => {
    expect(run(['config', 'view']).stdout).toMatch(/^view {2,}control {2,}\S+\.kubescape\.yaml:1$/m)
    const [yaml, json] = ['yaml', 'json'].map((format) => run(['config', 'view', '-o', format]).stdout)
    expect(parse(yaml ?? '')).toEqual(JSON.parse(json ?? ''))
    expect(run(['config', 'view', '-o', 'xml'])).toMatchObject({ code: 1, stdout: '' })
  })

  test('says what is wrong with a file as a scan does', () => {
    writeFiles(folder, { 'bad/.kubescape.yaml': 'veiw: control' })
    expect(run(['config', 'view', 'bad']).stderr).toBe(run(['scan', 'bad']).stderr)
  })
})

describe('config set and delete', () => {
  const ID = '11111111-2222-4333-8444-555555555555'

  test('keep values where only their owner may read them, and show no secret', () => {
    expect(run(['config', 'set', 'accessKey', '-'], {}, 's3cr3t\n').code).toBe(0)
    expect(run(['config', 'set', `accountID=${ID}`]).code).toBe(0)
    expect(JSON.parse(readFileSync(CONFIG, 'utf8'))).toEqual({ accessKey: 's3cr3t', accountID: ID })
    expect(statSync(CONFIG).mode & 0o777).toBe(0o600)
    expect(statSync(join(HOME, '.kubescape')).mode & 0o777).toBe(0o700)
    const { stdout, stderr } = run(['config', 'view', '--no-config'])
    expect(stdout).toMatch(/^accessKey {2,}XXXXXX {2,}\S+config\.json$/m)
    expect(stdout + stderr).not.toContain('s3cr3t')
    const other = run(['config', 'view', '--no-config'], { KS_ACCESS_KEY: 'hunter2', KS_ACCOUNT_ID: 'x' }).stdout
    expect(other).toMatch(/^accessKey {2,}XXXXXX {2,}KS_ACCESS_KEY$/m)
    expect(other).toMatch(/^accountID {2,}x {2,}KS_ACCOUNT_ID$/m)
  })

  test('leave what others keep there, and take rights from everybody else', () => {
    writeFiles(HOME, { '.kubescape/config.json': '{"clusterName":"shop"}' })
    chmodSync(CONFIG, 0o644)
    expect(run(['config', 'set', 'cloudAPIURL', 'https://api.example.com']).code).toBe(0)
    expect(JSON.parse(readFileSync(CONFIG, 'utf8'))).toEqual({
      clusterName: 'shop',
      cloudAPIURL: 'https://api.example.com',
    })
    expect(statSync(CONFIG).mode & 0o777).toBe(0o600)
    expect(run(['config', 'set', 'cloudAPIURL', '']).code).toBe(0)
    expect(JSON.parse(readFileSync(CONFIG, 'utf8'))).toEqual({ clusterName: 'shop' })
  })

  test('forget', () => {
    expect(run(['config', 'delete', 'cache']).code).toBe(0)
    expect(existsSync(CONFIG)).toBe(true)
    expect(run(['config', 'delete']).code).toBe(0)
    expect(existsSync(CONFIG)).toBe(false)
    expect(run(['config', 'delete']).code).toBe(0)
  })

  test.each([
    [['set', 'accountId', ID], 'config set does not know "accountId"'],
    [['set', 'accountID', '7'], 'the accountID is no UUID'],
    [['set', 'cloudReportURL', 'ftp://x'], 'the cloudReportURL is no http or https URL'],
    [['set', 'accessKey'], 'config set: there is no value'],
    [['set', '__proto__', 'x'], 'config set does not know "__proto__"'],
    [['delete', 'everything'], 'config delete does not know "everything"'],
  ])('%j is refused', (args, message) => {
    const { code, stderr } = run(['config', ...args])
    expect(code).toBe(1)
    expect(stderr.split('\n')[0]).toBe(`error: ${message}`)
  })

  test('a directory by flag wins over that of the environment, and a broken file is told without its text', () => {
    writeFiles(folder, { 'a/config.json': '{"accessKey": s3cr3t', 'b/config.json': '{}' })
    expect(run(['config', 'view', '--cache-dir', 'b'], { KS_CACHE_DIR: join(folder, 'a') }).code).toBe(0)
    const { code, stderr } = run(['config', 'view'], { KS_CACHE_DIR: join(folder, 'a') })
    expect(code).toBe(1)
    expect(stderr).toMatch(/config\.json cannot be read: it is no JSON\n/)
    expect(stderr).not.toContain('s3cr3t')
  })
})

describe('init', () => {
  test('writes settings that a scan takes, and never over others', () => {
    writeFiles(folder, { 'project/pod.yaml': podYaml('plain'), 'project/charts/web/Chart.yaml': 'name: web' })
    const first = run(['init', 'project'])
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toBe(
      'project/.kubescape.yaml is written: 1 file with Kubernetes objects, judged by nsa, mitre\n',
    )
    const text = readFileSync(join(folder, 'project/.kubescape.yaml'), 'utf8')
    expect(parse(text)).toEqual({ frameworks: ['nsa', 'mitre'], thresholds: { severity: 'critical' } })
    expect(run(['scan', 'project']).stderr).toContain('Settings: project/.kubescape.yaml\n')
    const second = run(['init', 'project'])
    expect(second).toMatchObject({ code: 1, stdout: '' })
    expect(second.stderr).toBe('error: project/.kubescape.yaml is there already\nAdd --force to replace it.\n')
    expect(run(['init', 'project', '--force']).code).toBe(0)
  })

  test('every comment that is a setting is one when it is uncommented', () => {
    const text = readFileSync(join(folder, 'project/.kubescape.yaml'), 'utf8')
    writeFiles(folder, {
      'all/.kubescape.yaml': text.replaceAll(/^#(?=[a-z]| {2})/gm, ''),
      'all/exceptions.yaml': 'exceptions: []',
      'all/pod.yaml': podYaml('plain'),
    })
    const baseline = ['--no-config', '--write-baseline', 'all/.kubescape-baseline.json']
    expect(run(['scan', 'all', ...baseline]).code).toBe(0)
    expect(parse(readFileSync(join(folder, 'all/.kubescape.yaml'), 'utf8'))).toMatchObject({
      thresholds: { severity: 'critical', compliance: 80, coverage: 90 },
      baseline: { failOnNew: true },
      view: 'resource',
      verbose: true,
    })
    expect(run(['scan', 'all']).stderr).toContain('Settings: all/.kubescape.yaml')
  })

  test('keeps a baseline, so that only new failures fail', () => {
    writeFiles(folder, { 'grown/pod.yaml': podYaml('bad', 'securityContext:', '  privileged: true') })
    expect(run(['init', 'grown', '--baseline'])).toMatchObject({ code: 0 })
    expect(run(['scan', 'grown']).code).toBe(0)
    writeFiles(folder, { 'grown/new.yaml': podYaml('new') })
    const { code, stderr } = run(['scan', 'grown'])
    expect(code).toBe(1)
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^gate failed: --baseline-fail-on-new: /)
    expect(run(['init', 'grown', '--baseline', '--force'])).toMatchObject({ code: 0 })
    expect(run(['scan', 'grown']).code).toBe(0)
  })

  test('adds frameworks of clusters where facts of one lie', () => {
    writeFiles(folder, {
      'node/facts.yaml': 'apiVersion: hostdata.kubescape.cloud/v1beta1\nkind: KubeletInfo\nmetadata: {name: a}\n',
    })
    expect(run(['init', 'node']).stdout).toContain('judged by nsa, mitre, cis-v1.12.0')
    expect(run(['scan', 'node']).stderr).toContain('Settings: node/.kubescape.yaml')
  })

  test('needs a directory', () => {
    expect(run(['init', 'nowhere'])).toMatchObject({ code: 1, stdout: '' })
    expect(existsSync(join(folder, 'nowhere'))).toBe(false)
  })
})
