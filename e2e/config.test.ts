import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { kubescape, root, type Run } from './kubescape.ts'

const folder = temporaryFolder()
const FILE = '.kubescape.yaml'

/** Scans a pod in a folder of its own with this configuration. */
function scanWith(
  config: string,
  args: readonly string[] = ['scan', 'pod.yaml'],
  env: Record<string, string> = {},
): Run {
  writeFiles(folder, { [FILE]: config, 'pod.yaml': podYaml('plain') })
  return kubescape(args, { cwd: folder, env })
}

function lastLine({ stderr }: Run): string {
  return stderr.trimEnd().split('\n').at(-1) ?? ''
}

const schema = JSON.parse(readFileSync(join(root, 'docs/kubescape-config.schema.json'), 'utf8')) as object
const isValid = new Ajv2020({ strict: true, strictRequired: 'log', allowUnionTypes: true, logger: false }).compile(
  schema,
)

/** Configurations that are refused: where, what is said of them, what is advised, and whether only the reader can know. */
const refused: readonly (readonly [text: string, place: string, message: string, hint: RegExp, onlyReader?: true])[] = [
  ['veiw: control', '1:1', 'there is no setting "veiw"', /Did you mean "view"\?/],
  ['zzz: 1', '1:1', 'there is no setting "zzz"', /There are frameworks, .*thresholds/],
  ['thresholds:\n  complience: 80', '2:3', 'there is no setting "thresholds.complience"', /"thresholds\.compliance"/],
  ['thresholds: 80', '1:1', 'thresholds is no map', /compliance, severity, coverage/],
  ['thresholds:\n  compliance: "80"', '2:3', 'thresholds.compliance is "80"', /number from 0 to 100/],
  ['thresholds: {compliance: 101}', '1:14', 'thresholds.compliance is 101', /number from 0 to 100/],
  ['thresholds: {severity: hihg}', '1:14', 'thresholds.severity does not know "hihg"', /Did you mean "high"\?/],
  ['thresholds:\n  frameworks:\n    NSAA: 80', '3:5', 'unknown framework "NSAA"', /Did you mean "NSA"\?/, true],
  ['thresholds:\n  frameworks: {all: 80}', '2:16', '"all" is no framework', /thresholds\.compliance/, true],
  ['thresholds:\n  controls: {C-9999: 80}', '2:14', 'unknown control "C-9999"', /list controls/, true],
  ['thresholds:\n  controls: {C-0057: -1}', '2:14', 'thresholds.controls.C-0057 is -1', /0 to 100/],
  ['frameworks: nsa', '1:1', 'frameworks is "nsa"', /Give a list/],
  ['frameworks:\n  - nsa\n  - mtre', '3:5', 'unknown framework "mtre"', /MITRE/, true],
  ['controls: [C-0057, 7]', '1:20', 'controls is 7', /Give a text/],
  ['frameworks: [nsa]\ncontrols: [C-0057]', '2:1', 'frameworks and controls are both set', /Keep one/],
  ['excludeControls: [C-9999]', '1:19', 'unknown control "C-9999"', /list controls/, true],
  ['inputs:\n  sensitiveKeyNam: [a]', '2:3', 'unknown control input', /"sensitiveKeyNames"/],
  ['inputs: {sensitiveKeyNames: a}', '1:10', 'the control input "sensitiveKeyNames" is not a list', /Write it as/],
  ['formats: [jsn]', '1:11', 'formats does not know "jsn"', /Did you mean "json"\?/],
  ['verbose: 1', '1:1', 'verbose is 1', /true or false/],
  ['view: [control]', '1:1', 'view is a list', /security, control, resource/],
  ['view:', '1:1', 'view is empty', /security, control, resource/],
  ['exitCodes: {threshold: 0}', '1:13', '--exit-code-map: the code of threshold is 0', /1 to 125/],
  ['exitCodes: {thrshold: 3}', '1:13', '--exit-code-map does not know "thrshold=3"', /threshold/],
  ['exitCodes: 3', '1:1', 'exitCodes is 3', /default/],
  ['- view', '1:1', 'this is no map of settings', /names with values/],
  ['view: control\n---\nview: resource', '2:1', 'a second document begins here', /Keep one/, true],
  ['a: [', '1:', '', /\S/, true],
  ['view: control\nview: resource', '2:1', '', /\S/, true],
]

describe('what makes no sense is told with its place, and the schema knows it too', () => {
  test.each(
    refused.map(([text, place, message, hint, onlyReader = false]) => ({ text, place, message, hint, onlyReader })),
  )('$text', ({ text, place, message, hint, onlyReader }) => {
    const { code, stdout, stderr } = scanWith(text)
    const [first = '', second = ''] = stderr.split('\n')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(first.startsWith(`error: ${join(folder, FILE)}:${place}`)).toBe(true)
    expect(first).toContain(message)
    expect(second).toMatch(hint)
    if (!onlyReader) expect(isValid(parse(text))).toBe(false)
  })
})

describe('what makes sense', () => {
  const ALL = `
frameworks: [nsa, cis-v1.23-t1.0.1]
includeControls: [C-0057, 5.2.1]
excludeControls: [C-0016]
inputs:
  imageRepositoryAllowList: [registry.example.com/]
excludePaths: ['*.json', link, deep]
ignoreFile: false
asCluster: false
includeNamespaces: [default]
excludeNamespaces: [kube-system]
includeKinds: [Pod]
excludeKinds: [Deployment]
labelSelector: app!=test
thresholds:
  compliance: 1.5
  severity: critical
  coverage: 1
  frameworks: {nsa: 1}
  controls: {Privileged container: 1}
failOnDegradedConfig: true
exceptions: []
auditExceptions: true
honorInlineExceptions: true
baseline: {granularity: control, severity: high, failOnNew: false, file: base.json}
explainScore: false
showEvidence: false
omitRawResources: true
labelsToCopy: [team]
printAttackTree: false
exitCodes: {threshold: 9}
formats: [json]
formatVersion: v2
view: control
verbose: false
minSeverity: low
maxSeverity: critical
keepLocal: true
offline: true
scanTimeout: 10m
controlTimeout: 10s
clusterName: shop
`

  test('is every setting at once', () => {
    expect(isValid(parse(ALL))).toBe(true)
    scanWith('', ['scan', 'pod.yaml', '--write-baseline', 'base.json'])
    const { code, stderr, stdout } = scanWith(ALL)
    expect(stderr).toContain(`Settings: ${FILE}\n`)
    expect(code).toBe(0)
    const { clusterName, metadata } = JSON.parse(stdout) as {
      clusterName: string
      metadata: { scanMetadata: Record<string, unknown> }
    }
    expect(clusterName).toBe('shop')
    expect(metadata.scanMetadata).toMatchObject({
      formatVersion: 'v2',
      targetNames: ['nsa', 'cis-v1.23-t1.0.1'],
      includeNamespaces: ['default'],
      excludedNamespaces: ['kube-system'],
      complianceThreshold: 1.5,
    })
  })

  test.each(['', '# nothing yet\n', '---\n', '{}\n'])('is nothing: %j', (text) => {
    expect(isValid(parse(text))).toBe(true)
    expect(scanWith(text)).toMatchObject({ code: 0, stderr: `Settings: ${FILE}\n` })
  })
})

describe('flags win over the environment, that over the file, that over defaults', () => {
  /** The last line of standard error tells which view, format or threshold counted. */
  const cases: readonly (readonly [
    file: string,
    env: Record<string, string>,
    flags: string[],
    code: number,
    told: RegExp,
  ])[] = [
    ['thresholds: {compliance: 100}', {}, [], 1, /--compliance-threshold 100:/],
    ['thresholds: {compliance: 100}', {}, ['--compliance-threshold', '0'], 0, /^Settings/],
    ['thresholds: {compliance: 1}', {}, ['--compliance-threshold', '99'], 1, /--compliance-threshold 99:/],
    ['thresholds: {severity: low}', {}, ['--severity-threshold', 'critical'], 0, /^Settings/],
    ['offline: true', {}, ['--submit', '--server', 'http://127.0.0.1:1/'], 1, /^Leave one of the two out/],
    ['offline: true', { KS_OFFLINE: 'false' }, ['--submit', '--server', 'no'], 1, /^Write it out/],
    [
      'offline: false',
      { KS_OFFLINE: '1' },
      ['--submit', '--server', 'http://127.0.0.1:1/'],
      1,
      /^Leave one of the two/,
    ],
    ['', { KS_OFFLINE: '1' }, ['--offline=false', '--submit', '--server', 'no'], 1, /^Write it out/],
    ['exitCodes: {threshold: 9}\nthresholds: {compliance: 100}', {}, [], 9, /--compliance-threshold 100:/],
    [
      'exitCodes: {threshold: 9}\nthresholds: {compliance: 100}',
      {},
      ['--exit-code-map'],
      3,
      /--compliance-threshold 100:/,
    ],
    ['thresholds: {frameworks: {NSA: 100}}', {}, [], 1, /thresholds\.frameworks\.NSA 100: this scan does not judge/],
    [
      'frameworks: [NSA]\nthresholds: {frameworks: {NSA: 100}}',
      {},
      [],
      1,
      /frameworks\.NSA 100: its compliance score is/,
    ],
    ['excludeControls: [C-0057]', {}, ['--include-controls', 'C-0057'], 1, /exclude-controls/],
    ['excludeControls: [C-0057]', {}, ['--include-controls', 'C-0057', '--skip-controls', 'C-0016'], 0, /^Settings/],
    ['formats: [json]', {}, [], 0, /^Overall compliance score/],
    ['formats: [json]', {}, ['-f', 'pretty-printer'], 0, /^Settings/],
    [
      'inputs: {imageRepositoryAllowList: [a]}',
      {},
      ['--controls-config', 'no.json'],
      1,
      /JSON or YAML file of control/,
    ],
    ['', { KS_LOGGER: 'warning' }, [], 0, /^$/],
    ['', { KS_LOGGER: 'warning' }, ['-l', 'info'], 0, /^Settings/],
    ['', { KS_LOGGER: 'loud' }, [], 1, /^Use one of debug/],
  ]

  test.each(cases)('%j, %j, %j', (file, env, flags, code, told) => {
    const ended = scanWith(file, ['scan', 'pod.yaml', ...flags], { KS_LOGGER: '', KS_OFFLINE: '', ...env })
    expect(lastLine(ended)).toMatch(told)
    expect(ended.code).toBe(code)
  })

  test('for switches too: what a file switches on, =false switches off', () => {
    const plain = scanWith('verbose: false')
    const verbose = scanWith('verbose: true')
    expect(verbose.stdout.length).toBeGreaterThan(plain.stdout.length)
    expect(scanWith('verbose: true', ['scan', 'pod.yaml', '--verbose=false'])).toEqual(plain)
    expect(scanWith('verbose: false', ['scan', 'pod.yaml', '-v'])).toEqual(verbose)
  })

  test('what a command names to judge by wins, and thresholds of the file for anything else are named', () => {
    const file = 'frameworks: [NSA]\nthresholds: {frameworks: {NSA: 100}, controls: {C-0016: 100}}'
    const ended = scanWith(file, ['scan', 'control', 'C-0016', 'pod.yaml'])
    expect(ended.stderr).toContain('Thresholds not checked, as this scan was told to judge by something else: NSA\n')
    expect(lastLine(ended)).toMatch(/^gate failed: thresholds\.controls\.C-0016 100: its compliance score is 0\.00$/)
    expect(scanWith(file, ['scan', 'control', 'C-0057', 'pod.yaml']).code).toBe(0)
  })

  test('--no-config leaves all of it out, even what cannot be read', () => {
    expect(scanWith('a: [', ['scan', 'pod.yaml', '--no-config'])).toMatchObject({ code: 0, stderr: '' })
  })
})

describe('a file that was found, and not named', () => {
  test('is that of the first path, and need not be where the command runs', () => {
    writeFiles(folder, {
      'project/.kubescape.yaml': 'thresholds: {compliance: 100}',
      'project/a/pod.yaml': podYaml('p'),
    })
    mkdirSync(join(folder, 'empty'), { recursive: true })
    const ended = kubescape(['scan', '../project/a', 'pod.yaml'], { cwd: join(folder, 'empty') })
    expect(ended.stderr).toContain(`Settings: ${join(folder, 'project', FILE)}\n`)
    expect(lastLine(ended)).toMatch(/^gate failed: --compliance-threshold 100/)
  })

  test.each([
    ['output: report', /output writes outside of this file, so it counts only where the file is named/],
    ['submit: true', /there is no setting "submit"/],
    ['server: https://reports.example', /there is no setting "server"/],
    ['kubeconfig: /etc/kubeconfig', /there is no setting "kubeconfig"/],
    ['cloudDescribe: true', /there is no setting "cloudDescribe"/],
    ['enableHostScan: true', /there is no setting "enableHostScan"/],
    ['showSecrets: true', /there is no setting "showSecrets"/],
    ['logger: fatal', /there is no setting "logger"/],
    ['formats: [html]', /asks for the format html, which is written to a file\nSay where with --output/],
    ['exceptions: [../outside.yaml]', /:1:14: \.\.\/outside\.yaml is not below the directory of this file/],
    ['exceptions: [/etc/passwd]', /:1:14: \/etc\/passwd is not below the directory of this file/],
    ['exceptions: [link/outside.yaml]', /:1:14: link\/outside\.yaml is not below the directory of this file/],
    ['baseline: {file: /etc/passwd}', /:1:12: \/etc\/passwd is not below the directory of this file/],
    ['writeBaseline: x', /there is no setting "writeBaseline"/],
  ])('may not say %s', (config, message) => {
    if (!existsSync(join(folder, 'link'))) symlinkSync('/', join(folder, 'link'))
    const ended = scanWith(config)
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 1, stdout: '' })
    expect(ended.stderr).toMatch(message)
  })

  test('may ask for files beside an --output, and for exceptions below its directory', () => {
    writeFiles(folder, {
      'deep/exceptions.yaml': 'exceptions: [{name: all, controls: [C-0016], resources: [{kind: Pod}]}]',
    })
    const config = 'formats: [json]\nexceptions: [deep/exceptions.yaml]\nauditExceptions: true\nframeworks: [nsa]'
    const { code, stdout } = scanWith(config)
    expect(code).toBe(0)
    expect(stdout).toContain('"exceptions":[{"name":"all"')
    const out = join(folder, 'written')
    expect(scanWith('formats: [html]', ['scan', 'pod.yaml', '-o', out]).code).toBe(0)
    expect(existsSync(`${out}.html`)).toBe(true)
  })

  test('may say where to write when it is named, from its own directory', () => {
    writeFiles(folder, { 'ci/settings.yaml': 'formats: [json]\noutput: report', 'pod.yaml': podYaml('plain') })
    const ended = kubescape(['scan', 'pod.yaml', '--config', 'ci/settings.yaml'], { cwd: folder })
    expect(ended.stderr).toContain('Settings: ci/settings.yaml\n')
    expect(JSON.parse(readFileSync(join(folder, 'ci/report.json'), 'utf8'))).toHaveProperty('summaryDetails')
  })
})

describe('hostile files', () => {
  test.each([
    ['long', `# ${'x'.repeat(1024 * 1024)}\n`, /is longer than 1048576 bytes/],
    ['deep', `inputs: ${'['.repeat(5000)}${']'.repeat(5000)}`, /:1:/],
    [
      'bomb of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x,x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h']
        .map(
          (key, at) =>
            `${key}: &${key} [${Array(10)
              .fill(`*${String.fromCodePoint(97 + at)}`)
              .join(',')}]`,
        )
        .join('\n')}`,
      /:\d+:\d+: /,
    ],
    ['prototype', '__proto__: {view: control}', /there is no setting "__proto__"/],
    ['prototype below', 'thresholds:\n  __proto__: 1', /there is no setting "thresholds\.__proto__"/],
    ['constructor', 'constructor: 1', /there is no setting "constructor"/],
    ['control characters', '"\\e[31mred": 1', /there is no setting "�\[31mred"/],
  ])('%s', (_, text, message) => {
    const { code, stdout, stderr } = scanWith(text)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(message)
  })

  test.each([
    ['a directory', 'folder'],
    ['a device without an end', '/dev/zero'],
    ['nothing', 'missing.yaml'],
  ])('named, %s is no configuration', (_, path) => {
    writeFiles(folder, { 'pod.yaml': podYaml('plain') })
    mkdirSync(join(folder, 'folder'), { recursive: true })
    const { code, stderr } = kubescape(['scan', 'pod.yaml', '--config', path], { cwd: folder })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^error: the configuration \S+ cannot be read: /)
  })

  test('a link that leads nowhere is no configuration', () => {
    const other = temporaryFolder()
    writeFiles(other, { 'pod.yaml': podYaml('plain') })
    symlinkSync(join(other, 'missing'), join(other, FILE))
    expect(kubescape(['scan', 'pod.yaml'], { cwd: other })).toMatchObject({ code: 0, stderr: '' })
  })
})
