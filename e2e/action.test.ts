import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { error } from '@actions/core'
import { Ajv } from 'ajv'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { DEFAULTS } from '../action/src/inputs.ts'
import { workflowCommand } from '../action/src/workflow.ts'
import { actionFiles } from '../tools/build-action.ts'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { kubescape, root, run, type Run } from './kubescape.ts'

interface Metadata {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>
  readonly outputs: Readonly<Record<string, object>>
  readonly runs: { readonly using: string; readonly main: string }
}

interface Step extends Run {
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  /** Everything that the runner would have obeyed or shown. */
  readonly lines: readonly string[]
}

const SECRET = 'not-for-logs-7f3a'
const metadata = parse(readFileSync(join(root, 'action/action.yml'), 'utf8')) as Metadata
// The action as a runner has it: its folder, and nothing that a build or an installation has left around it.
const action = join(temporaryFolder(), 'checkout/action')
let built: ReadonlyMap<string, string>

beforeAll(async () => {
  built = await actionFiles()
  mkdirSync(action, { recursive: true })
  copyFileSync(join(root, 'action/action.yml'), join(action, 'action.yml'))
  writeFileSync(join(action, metadata.runs.main), built.get(`action/${metadata.runs.main}`) ?? '')
})

/** Runs the step as a runner does: inputs with their defaults in the environment, files for outputs and summary. */
function step(
  folder: string,
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Step {
  const runner = temporaryFolder()
  const [output, summary, temporary] = ['output', 'summary', 'temp'].map((name) => join(runner, name)) as [
    string,
    string,
    string,
  ]
  writeFiles(runner, { output: '', summary: '' })
  mkdirSync(temporary)
  const given = Object.entries(inputs).map(([name, value]) => [name.toUpperCase(), value])
  const defaults = Object.entries(metadata.inputs).map(([name, input]) => [name.toUpperCase(), input.default ?? ''])
  const handed = Object.entries({ ...Object.fromEntries(defaults), ...Object.fromEntries(given) } as Record<
    string,
    string
  >)
  const ended = run(process.execPath, [join(action, metadata.runs.main)], {
    cwd: folder,
    env: {
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_WORKSPACE: folder,
      RUNNER_TEMP: temporary,
      ...Object.fromEntries(handed.map(([name, value]) => [`INPUT_${name}`, value])),
      ...env,
    },
  })
  expect(readdirSync(temporary), 'nothing is left behind').toEqual([])
  const lines = ended.stdout.split('\n')
  return { ...ended, lines, outputs: readOutputs(readFileSync(output, 'utf8')), summary: readFileSync(summary, 'utf8') }
}

/** Reads `name<<delimiter`, lines, `delimiter`. */
function readOutputs(text: string): Record<string, string> {
  const found = text.matchAll(/^([\w-]+)<<(\S+)\n([^]*?)\n\2$/gm)
  return Object.fromEntries([...found].map(([, name = '', , value = '']) => [name, value]))
}

function commands({ lines }: Step, name: string): string[] {
  return lines.filter((line) => line.startsWith(`::${name} `) || line.startsWith(`::${name}::`))
}

const shop = temporaryFolder()
writeFiles(shop, {
  'your-k8s-files/pod.yaml': podYaml('plain', 'securityContext:', '  privileged: true'),
  'a; touch x': podYaml('odd'),
  'with space.yaml': podYaml('spaced'),
  '-dash.yaml': podYaml('dashed'),
  '$(touch y).yaml': podYaml('substituted'),
})

describe('metadata', () => {
  test('action.yml follows the metadata syntax', () => {
    const schema = JSON.parse(readFileSync(join(root, 'e2e/fixtures/action-metadata.schema.json'), 'utf8')) as object
    const validate = new Ajv({ strict: true }).compile(schema)
    expect(validate(metadata), JSON.stringify(validate.errors)).toBe(true)
    expect(metadata.runs.using).toBe('node24')
  })

  test('it has the inputs and defaults that the code has', () => {
    const declared = Object.entries(metadata.inputs).map(([name, input]) => [name, input.default ?? ''])
    expect(Object.fromEntries(declared)).toEqual(DEFAULTS)
  })

  test('the committed file is what the sources give: npm run build:action writes it', () => {
    for (const [path, text] of built) expect(readFileSync(join(root, path), 'utf8') === text, path).toBe(true)
  })
})

describe('a scan', () => {
  test('files and format are all it needs', () => {
    const { code, outputs, summary, lines } = step(shop, {
      files: 'your-k8s-files',
      format: 'json',
      outputFile: 'plain',
    })
    const report = JSON.parse(readFileSync(join(shop, 'plain.json'), 'utf8')) as {
      summaryDetails: { complianceScore: number; controlsSeverityCounters: Record<string, number> }
      results: { status: string }[]
    }
    expect(code).toBe(1)
    const { complianceScore, controlsSeverityCounters: counters } = report.summaryDetails
    expect(outputs).toEqual({
      'exit-code': '1',
      'compliance-score': String(complianceScore),
      'failed-controls': String(report.results.filter(({ status }) => status === 'failed').length),
      critical: String(counters['criticalSeverity']),
      high: String(counters['highSeverity']),
      medium: String(counters['mediumSeverity']),
      low: String(counters['lowSeverity']),
      'results-path': 'plain.json',
      'sarif-path': '',
    })
    expect(new Set(Object.keys(outputs))).toEqual(new Set(Object.keys(metadata.outputs)))
    expect(summary).toContain('# Kubescape report')
    expect(lines.findLast(Boolean)).toMatch(/^::error title=kubescape::gate failed: --severity-threshold high: /)
  })

  test('it judges as the command does', () => {
    step(shop, { files: 'your-k8s-files', format: 'junit' })
    const own = ['scan', 'framework', 'all', 'your-k8s-files', '--format=junit', '--output=own.xml']
    kubescape(own, { cwd: shop })
    const [ours, theirs] = ['results.xml', 'own.xml'].map((name) =>
      readFileSync(join(shop, name), 'utf8').replaceAll(/(timestamp|time)="[^"]*"/g, ''),
    )
    expect(ours).toBe(theirs)
  })

  test('without any input it scans the folder and writes JUnit', () => {
    const folder = writeFiles(temporaryFolder(), { 'pod.yaml': podYaml('plain') })
    const { outputs } = step(folder, {})
    expect(outputs['results-path']).toBe('results.xml')
    expect(readFileSync(join(folder, 'results.xml'), 'utf8')).toContain('<testsuites')
  })

  test('it ends with 0 where nothing misses a threshold', () => {
    const { code, outputs } = step(shop, { files: 'your-k8s-files', severityThreshold: 'critical', format: 'json' })
    expect([code, outputs['exit-code']]).toEqual([0, '0'])
    const none = step(shop, { files: 'your-k8s-files', severityThreshold: '', format: 'json' })
    expect(none.code).toBe(0)
  })

  test('complianceThreshold is a gate', () => {
    const { code, lines } = step(shop, {
      files: 'your-k8s-files',
      severityThreshold: '',
      complianceThreshold: '99',
      jobSummary: 'false',
      annotations: 'false',
    })
    expect(code).toBe(1)
    expect(lines.findLast(Boolean)).toMatch(/gate failed: --compliance-threshold/)
  })

  test('several formats at once are files beside each other, and SARIF has the category', () => {
    const { outputs } = step(shop, {
      files: 'your-k8s-files',
      format: 'JSON, sarif,html,pdf',
      outputFile: 'out/all',
      sarifCategory: 'production',
    })
    expect(outputs['results-path']).toBe('out/all.json\nout/all.sarif\nout/all.html\nout/all.pdf')
    expect(outputs['sarif-path']).toBe('out/all.sarif')
    expect(readdirSync(join(shop, 'out')).toSorted()).toEqual(['all.html', 'all.json', 'all.pdf', 'all.sarif'])
    expect(readFileSync(join(shop, 'out/all.pdf'), 'latin1')).toMatch(/^%PDF-/)
    const { runs } = JSON.parse(readFileSync(join(shop, 'out/all.sarif'), 'utf8')) as {
      runs: [{ automationDetails: { id: string }; results: unknown[] }]
    }
    expect(runs[0].automationDetails.id).toBe('production/')
    expect(runs[0].results.length).toBeGreaterThan(5)
  })

  test('frameworks and controls choose what is judged', () => {
    const named = step(shop, { files: 'your-k8s-files', frameworks: 'nsa', format: 'json', outputFile: 'nsa' })
    expect(named.code).toBe(1)
    expect(frameworksOf('nsa.json')).toEqual(['NSA'])
    const single = step(shop, { files: 'your-k8s-files', controls: 'C-0057', format: 'json', outputFile: 'one' })
    expect(single.outputs['failed-controls']).toBe('1')
    step(shop, { files: 'your-k8s-files', frameworks: 'all', format: 'json', outputFile: 'every' })
    expect(frameworksOf('every.json').length).toBeGreaterThan(10)
  })

  test('control inputs and exceptions are handed on', () => {
    writeFiles(shop, {
      'accepted.json':
        '{"exceptions":[{"name":"all of it","description":"known","controls":["*"],"resources":[{"name":"*"}]}]}',
    })
    const { outputs } = step(shop, { files: 'your-k8s-files', exceptions: 'accepted.json' })
    expect(outputs).toMatchObject({ 'exit-code': '0', 'failed-controls': '0' })
    expect(step(shop, { files: 'your-k8s-files', controlsConfig: 'missing.json' }).stdout).toContain(
      '--controls-config',
    )
  })
})

describe('names that shells would obey', () => {
  test.each(['a; touch x', 'with space.yaml', '-dash.yaml', '$(touch y).yaml', '"with space.yaml"', "'-dash.yaml'"])(
    '%s is a file',
    (files) => {
      const { code, outputs } = step(shop, { files, format: 'json', outputFile: 'odd', severityThreshold: 'critical' })
      expect([code, outputs['results-path']]).toEqual([0, 'odd.json'])
      const { resources } = JSON.parse(readFileSync(join(shop, 'odd.json'), 'utf8')) as { resources: unknown[] }
      expect(resources).toHaveLength(1)
      expect(['x', 'y'].filter((name) => existsSync(join(shop, name)))).toEqual([])
    },
  )

  test('several are named between spaces, globs or on lines of their own', () => {
    for (const files of [
      'your-k8s-files "with space.yaml"',
      'your-k8s-files\n\n  with space.yaml\n',
      'your-k8s-files/*.yaml with*',
    ]) {
      step(shop, { files, format: 'json', outputFile: 'several' })
      const { resources } = JSON.parse(readFileSync(join(shop, 'several.json'), 'utf8')) as { resources: unknown[] }
      expect(resources, files).toHaveLength(2)
    }
  })

  test('a value never becomes a flag or a command', () => {
    for (const name of ['frameworks', 'controls', 'exceptions', 'complianceThreshold', 'baseline'] as const) {
      const { code, outputs } = step(shop, { files: 'your-k8s-files', [name]: '--help; touch x' })
      expect([name, code, outputs['exit-code']]).toEqual([name, 1, '1'])
    }
    expect(existsSync(join(shop, 'x'))).toBe(false)
  })

  test('what a scan prints of hostile files commands nothing', () => {
    const folder = writeFiles(temporaryFolder(), {
      'k/::set-env name=A::b.yaml': 'kind: [\n::add-mask::hello\n',
      'k/fine.yaml': podYaml('fine', `env: [{name: "::error::x", value: "%0A::notice::y"}]`),
    })
    const { lines } = step(folder, { files: 'k', format: 'junit' })
    const begin = lines.findIndex((line) => line.startsWith('::stop-commands::'))
    const token = lines[begin]?.slice('::stop-commands::'.length)
    const end = lines.indexOf(`::${token}::`)
    expect([begin, end > begin]).toEqual([0, true])
    const obeyed = lines.slice(end + 1).filter((line) => line.startsWith('::'))
    expect(obeyed.filter((line) => !/^::(error|warning|notice) (file=k\/fine\.yaml,|title=)/.test(line))).toEqual([])
  })
})

describe('annotations', () => {
  test('they have file, line and column, the worst first, and at most 50', () => {
    const ended = step(root, { files: 'examples/shop', outputFile: join(shop, 'elsewhere') })
    const marks = ended.lines.filter((line) => /^::(error|warning|notice) file=/.test(line))
    expect(marks).toHaveLength(50)
    for (const mark of marks)
      expect(mark).toMatch(/^::\w+ file=examples\/shop\/[\w-]+\.yaml,line=[1-9]\d*,col=[1-9]\d*,title=C-\d{4} /)
    const levels = marks.map((mark) =>
      ['error', 'warning', 'notice'].findIndex((level) => mark.startsWith(`::${level} `)),
    )
    expect(levels).toEqual(levels.toSorted((a, b) => a - b))
    expect(commands(ended, 'notice').at(-1)).toMatch(/The worst 50 of \d+ failures are marked/)
  })

  test('they and the summary can be left out', () => {
    const ended = step(shop, { files: 'your-k8s-files', annotations: 'false', jobSummary: 'False' })
    expect(ended.lines.filter((line) => line.includes(' file='))).toEqual([])
    expect(ended.summary).toBe('')
  })

  test("commands are spelt as GitHub's own toolkit spells them", () => {
    const [title, message] = ['100%: a,b\nc', 'first\r\nsecond: 5%, ::x::']
    const print = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    error(message, { title, file: 'a:b,c', startLine: 3 })
    const printed = print.mock.calls.map(([text]) => String(text)).join('')
    print.mockRestore()
    expect(workflowCommand('error', { title, file: 'a:b,c', line: 3 }, message)).toBe(printed)
  })
})

describe('baseline', () => {
  test('failOnNewOnly forgives what was there before, and nothing else', () => {
    const folder = writeFiles(temporaryFolder(), { 'k/pod.yaml': podYaml('plain') })
    step(folder, { files: 'k', format: 'json', outputFile: 'before' })
    const inputs = { files: 'k', baseline: 'before.json', failOnNewOnly: 'true' }
    expect(step(folder, inputs).outputs['exit-code']).toBe('0')
    writeFiles(folder, { 'k/new.yaml': podYaml('worse', 'securityContext:', '  privileged: true') })
    const worse = step(folder, inputs)
    expect(worse.code).toBe(1)
    expect(worse.lines.findLast(Boolean)).toMatch(/gate failed: --baseline-fail-on-new/)
  })
})

describe('secrets', () => {
  test('they are masked first, and appear nowhere else', () => {
    const ended = step(shop, { files: 'your-k8s-files', accessKey: SECRET, server: 'http://reports.example.com/' })
    // The scan refuses to send a token in the clear: it has it.
    expect(ended.lines.findLast(Boolean)).toContain('KUBESCAPE_SERVER_TOKEN')
    expect(ended.lines[0]).toBe(`::add-mask::${SECRET}`)
    expect(ended.stdout.split(SECRET)).toHaveLength(2)
    expect([ended.stderr, ended.summary, JSON.stringify(ended.outputs)].join('')).not.toContain(SECRET)
    const refused = step(shop, { image: 'nginx', registryUsername: 'me', registryPassword: SECRET })
    expect(refused.lines[0]).toBe(`::add-mask::${SECRET}`)
    expect(refused.stdout.split(SECRET)).toHaveLength(2)
  })
})

describe('refused by name, before anything is scanned', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8')) as { version: string }

  test.each([
    ['image', { image: 'nginx:1.27' }],
    ['registryUsername', { registryUsername: 'me' }],
    ['registryUsername and registryPassword', { registryPassword: SECRET }],
    ['fixFiles', { fixFiles: 'true' }],
    ['account', { account: '5d817063-096f-4d91-b39b-8665240080af' }],
    ['accessKey', { accessKey: SECRET }],
    ['version', { version: 'v99.0.0' }],
    ['frameworks and controls', { frameworks: 'nsa', controls: 'C-0057' }],
    ['failOnNewOnly', { failOnNewOnly: 'true' }],
    ['failOnNewOnly and complianceThreshold', { failOnNewOnly: 'true', baseline: 'b.json', complianceThreshold: '5' }],
    ['sarifCategory', { sarifCategory: 'x' }],
    ['verbose', { verbose: 'maybe' }],
    ['format', { format: 'gitlab-sast' }],
    ['--format', { format: 'nonsense' }],
    ['files', { files: 'a "b' }],
  ])('%s', (name, inputs) => {
    const { code, outputs, lines } = step(shop, inputs)
    expect([code, outputs]).toEqual([1, { 'exit-code': '1' }])
    expect(lines.findLast(Boolean)).toMatch(/^::error title=kubescape::/)
    expect(lines.findLast(Boolean)).toContain(`::${name}`)
  })

  test('the version that it carries is fine', () => {
    for (const given of [version, `v${version}`]) {
      expect(step(shop, { files: 'your-k8s-files', severityThreshold: '', version: given }).code).toBe(0)
    }
  })

  test('failedThreshold is told to have no effect', () => {
    const ended = step(shop, { files: 'your-k8s-files', severityThreshold: '', failedThreshold: '0' })
    expect(ended.code).toBe(0)
    expect(commands(ended, 'warning')[0]).toContain('failedThreshold has no effect')
  })

  test('a file that is not there is an error with its name', () => {
    const { code, lines } = step(shop, { files: 'nowhere.yaml' })
    expect(code).toBe(1)
    expect(lines.findLast(Boolean)).toMatch(/^::error title=kubescape::.*nowhere\.yaml/)
  })
})

function frameworksOf(file: string): string[] {
  const report = JSON.parse(readFileSync(join(shop, file), 'utf8')) as {
    summaryDetails: { frameworks: { name: string }[] }
  }
  return report.summaryDetails.frameworks.map(({ name }) => name)
}
