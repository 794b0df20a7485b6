import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { kubescape, root, type Run } from './kubescape.ts'

const [read = '', ignored = ''] = readFileSync(join(root, 'docs/environment.md'), 'utf8').split('\n## What others read')
const documented = { read: variables(read), ignored: variables(ignored) }

/** The variables that the published command reads. */
const PUBLISHED = `
KS_LOGGER KS_LOGGER_NAME KS_CACHE_DIR KS_ACCOUNT_ID
KS_ACCESS_KEY KS_CLOUD_API_URL KS_CLOUD_REPORT_URL KS_DEFAULT_CONFIGMAP_NAMESPACE
KS_SKIP_UPDATE_CHECK KS_OFFLINE KUBESCAPE_MAX_FILE_SIZE LARGE_CLUSTER_SIZE
HOSTSENSOR_CACHE_TTL POLICIES_CACHE_TTL KUBESCAPE_MASTER_KEY KUBESCAPE_MASTER_KEY_HEX
ATTACK_TREE_TOP_RESOURCES ATTACK_TREE_TOP_VECTORS KUBESCAPE_REGISTRY_USERNAME KUBESCAPE_REGISTRY_PASSWORD
KUBESCAPE_REGISTRY_TOKEN
`
  .trim()
  .split(/\s+/)

function variables(text: string): string[] {
  const cells = text.split('\n').flatMap((line) => /^\| (`[^|]*) \|/.exec(line)?.[1] ?? [])
  return cells.flatMap((cell) => [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, name = '']) => name))
}

/** Everything that the sources take from the environment. */
function used(): Set<string> {
  const files = globSync('packages/{cli,cluster,sources}/src/**/*.ts', { cwd: root }).filter(
    (file) => !/test|mock/.test(file),
  )
  const texts = files.map((file) => readFileSync(join(root, file), 'utf8'))
  return new Set(
    texts.flatMap((text) => [
      ...[...text.matchAll(/env\['([A-Z_]+)'\]/g)].map(([, name = '']) => name),
      ...[...text.matchAll(/\{ ([^}]*) \} = process\.env/g)].flatMap(
        ([, names = '']) => names.match(/[A-Z_]{2,}/g) ?? [],
      ),
      ...[...text.matchAll(/'((?:KS|KUBESCAPE)_[A-Z_]+)'/g)].map(([, name = '']) => name),
    ]),
  )
}

describe('docs/environment.md', () => {
  test('names every variable of the published command, once', () => {
    const all = [...documented.read, ...documented.ignored]
    expect(PUBLISHED.filter((name) => !all.includes(name))).toEqual([])
    expect(new Set(all).size).toBe(all.length)
  })

  test('names every variable that the sources read, and reads none that it calls ignored', () => {
    const names = used()
    expect([...names].filter((name) => !documented.read.includes(name))).toEqual([])
    expect(documented.ignored.filter((name) => names.has(name))).toEqual([])
  })
})

const folder = temporaryFolder()
writeFiles(folder, { 'pod.yaml': podYaml('plain') })

function scan(env: Readonly<Record<string, string>>, ...args: readonly string[]): Run {
  return kubescape(['scan', 'pod.yaml', ...args], { cwd: folder, env })
}

describe('what is read does something', () => {
  test.each([
    ['KS_LOGGER', 'warning', ['-f', 'json'], 0, /^$/],
    ['KS_LOGGER', 'loud', [], 1, /--logger does not know "loud"/],
    [
      'KS_LOGGER_NAME',
      'zap',
      ['-f', 'json'],
      0,
      /^\{"level":"info","ts":"[^"]+","msg":"Overall compliance score: \d+%"\}\n$/,
    ],
    ['KS_LOGGER_NAME', 'zap', ['--nosuch'], 1, /^\{"level":"fatal",.*unknown option '--nosuch'/],
    ['KS_LOGGER_NAME', 'none', ['-f', 'json', '--severity-threshold', 'low'], 1, /^$/],
    ['KS_LOGGER_NAME', 'icon', ['-f', 'json'], 0, /^Overall compliance score/],
    ['KS_LOGGER_NAME', 'paper', [], 1, /--logger-name does not know "paper"/],
    ['KUBESCAPE_MAX_FILE_SIZE', '10', [], 1, /pod\.yaml/],
    ['KUBESCAPE_MAX_FILE_SIZE', 'big', [], 1, /KUBESCAPE_MAX_FILE_SIZE is "big"/],
    ['KS_OFFLINE', '1', ['--submit', '--server', 'http://localhost:1'], 1, /--offline \(or KS_OFFLINE\)/],
  ] as const)('%s=%s', (name, value, args, code, told) => {
    const ended = scan({ [name]: value }, ...args)
    expect(ended.stderr).toMatch(told)
    expect(ended.code).toBe(code)
  })

  test('flags win', () => {
    const env = { KS_LOGGER: 'loud', KS_LOGGER_NAME: 'paper' }
    expect(scan(env, '-l', 'info', '--logger-name', 'pretty')).toMatchObject({ code: 0, stderr: '' })
  })
})

test('what is ignored changes nothing', () => {
  const plain = scan({})
  expect(scan(Object.fromEntries(documented.ignored.map((name) => [name, '1'])))).toEqual(plain)
})

test.each(['--encrypt', '--scan-images'])('%s is refused by name, as the page says', (flag) => {
  expect(scan({}, flag)).toMatchObject({ code: 1, stdout: '' })
  expect(scan({}, flag).stderr).toContain(`error: ${flag} is refused: `)
})
