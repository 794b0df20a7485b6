import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { launcher, root, run, type Run } from './kubescape.ts'

const bin = temporaryFolder()
symlinkSync(launcher, join(bin, 'kubescape'))

function read(name: string): string {
  return readFileSync(join(root, 'integrations', name), 'utf8')
}

/** A checkout of somebody else's, with manifests in `kubernetes`. */
function project(): string {
  const folder = temporaryFolder()
  cpSync(join(root, 'examples/shop'), join(folder, 'kubernetes'), { recursive: true })
  return folder
}

/** Runs lines of a pipeline as its runner does, with kubescape on the PATH. */
function runScript(script: string, cwd: string, env: Readonly<Record<string, string>> = {}, shell = 'bash'): Run {
  const path = [bin, process.env['PATH']].join(delimiter)
  return run(shell, ['-e', '-c', script], { cwd, env: { PATH: path, HOME: cwd, ...env } })
}

function expectGate(ended: Run): void {
  expect(ended.stderr).toMatch(/gate failed: --severity-threshold high: [^\n]+\n$/)
  expect(ended.code).toBe(1)
}

describe('integrations', () => {
  test('GitLab: the script runs, fails at its threshold, and leaves the reports that it declares', () => {
    const { kubescape: job } = parse(read('gitlab-ci.yml')) as {
      kubescape: {
        variables: Record<string, string>
        before_script: string[]
        script: string[]
        artifacts: { when: string; paths: string[]; reports: Record<string, string> }
      }
    }
    const folder = project()
    const script = [...job.before_script, ...job.script].join('\n')
    expectGate(runScript(script, folder, { ...job.variables, KUBESCAPE_PATH: 'kubernetes' }))
    expect(job.artifacts.when).toBe('always')
    expect(job.artifacts.paths).toEqual(Object.values(job.artifacts.reports))
    for (const file of job.artifacts.paths) expect(existsSync(join(folder, file)), file).toBe(true)
    expect(readFileSync(join(folder, job.artifacts.reports['junit']!), 'utf8')).toContain('<testsuites')
    expect(JSON.parse(readFileSync(join(folder, job.artifacts.reports['sast']!), 'utf8'))).toHaveProperty(
      'vulnerabilities',
    )
  })

  test('CircleCI: the commands run, and what is stored is there', () => {
    const { jobs, workflows, parameters } = parse(read('circleci.yml')) as {
      parameters: Record<string, { default: string }>
      jobs: Record<
        string,
        { environment: Record<string, string>; steps: (string | Record<string, Record<string, string>>)[] }
      >
      workflows: Record<string, { jobs: string[] }>
    }
    expect(workflows['security']!.jobs).toEqual(Object.keys(jobs))
    const { steps, environment } = jobs['kubescape']!
    const commands = steps.flatMap((step) => (typeof step === 'object' && step['run'] ? [step['run']['command']!] : []))
    expect(environment['KUBESCAPE_SEVERITY']).toBe('<< pipeline.parameters.severity >>')
    const folder = project()
    const env = { KUBESCAPE_PATH: 'kubernetes', KUBESCAPE_SEVERITY: parameters['severity']!.default }
    expectGate(runScript(commands.join('\n'), folder, env))
    const stored = steps.flatMap((step) =>
      typeof step === 'object' ? Object.values(step).map(({ path }) => path) : [],
    )
    for (const path of stored.filter((each) => each !== undefined)) {
      expect(readdirSync(join(folder, path)).toSorted()).toEqual(['kubescape.html', 'kubescape.xml'])
    }
  })

  test('Azure Pipelines: the steps run, and what is published is there', () => {
    const { variables, steps } = parse(read('azure-pipelines.yml')) as {
      variables: { name: string; value: string }[]
      steps: { bash?: string; task?: string; publish?: string; condition?: string; inputs?: Record<string, string> }[]
    }
    const folder = project()
    const env = Object.fromEntries(variables.map(({ name, value }) => [name, value]))
    const script = steps.flatMap(({ bash }) => bash ?? []).join('\n')
    expectGate(runScript(script, folder, { ...env, KUBESCAPE_PATH: 'kubernetes' }))
    const published = steps.filter(({ condition }) => condition === 'always()')
    expect(published).toHaveLength(2)
    for (const { publish, inputs } of published) {
      expect(existsSync(join(folder, publish ?? inputs!['testResultsFiles']!))).toBe(true)
    }
  })

  test('Jenkins: a declarative pipeline whose commands run and whose reports are there', () => {
    const text = read('Jenkinsfile')
    expectBalanced(text)
    for (const block of ['pipeline', 'agent', 'environment', 'stages', 'steps', 'post', 'always']) {
      expect(text).toMatch(new RegExp(String.raw`\b${block}\b`))
    }
    const set = [...text.matchAll(/^\s+(KUBESCAPE_\w+) = '([^']*)'$/gm)].map(([, name, value]) => [name!, value!])
    const commands = [...text.matchAll(/\bsh (?:'''([^]*?)'''|'([^'\n]*)')/g)].map(([, many, one]) => many ?? one)
    expect([set.length, commands.length]).toEqual([3, 2])
    const folder = project()
    const env = { ...Object.fromEntries(set), KUBESCAPE_PATH: 'kubernetes' } as Record<string, string>
    expectGate(runScript(commands.join('\n'), folder, env, 'sh'))
    expect(readdirSync(join(folder, 'kubescape-results')).toSorted()).toEqual(['kubescape.html', 'kubescape.xml'])
  })
})

describe('pre-commit', () => {
  const [hook] = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8')) as [
    { id: string; entry: string; language: string; args: string[]; types_or: string[] },
  ]
  const entry = join(root, hook.entry)
  const path = [join(process.execPath, '..'), process.env['PATH']].join(delimiter)

  function commit(folder: string, ...names: readonly string[]): Run {
    return run(entry, [...hook.args, ...names], { cwd: folder, env: { PATH: path } })
  }

  test('the hook stops a commit with failures, and shows where they are', () => {
    expect(hook).toMatchObject({ id: 'kubescape', language: 'script' })
    const folder = writeFiles(temporaryFolder(), {
      'a; touch x.yaml': podYaml('bad', 'securityContext: {privileged: true}'),
    })
    const { code, stdout, stderr } = commit(folder, 'a; touch x.yaml')
    expect(code).toBe(1)
    expect(stdout).toContain('a; touch x.yaml')
    expect(stderr).toContain('gate failed: --severity-threshold high')
    expect(readdirSync(folder)).toEqual(['a; touch x.yaml'])
  })

  test('files of other kinds pass, alone or beside manifests', () => {
    const good = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: colours, namespace: shop}\n'
    const folder = writeFiles(temporaryFolder(), { 'ci.yml': 'jobs: []\n', 'good.yaml': good, '-x.yaml': 'a: 1\n' })
    expect(commit(folder, 'ci.yml', '-x.yaml')).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(commit(folder, 'ci.yml', 'good.yaml').code).toBe(0)
  })
})

describe('a pipeline from elsewhere works as it is written', () => {
  test('frameworks, JUnit and a threshold', () => {
    const folder = project()
    const line =
      'kubescape scan framework nsa,cis-v1.23-t1.0.1 ./kubernetes/ --format junit --output kubescape-results.xml --compliance-threshold 80'
    const { code, stderr } = runScript(line, folder)
    expect(code).toBe(1)
    expect(stderr).toMatch(/gate failed: --compliance-threshold 80: [^\n]+\n$/)
    const report = readFileSync(join(folder, 'kubescape-results.xml'), 'utf8')
    expect(report.match(/<testsuite /g)).toHaveLength(2)
    expect(existsSync(join(folder, 'kubescape-results.xml.xml'))).toBe(false)
  })

  test('a SARIF file beside each of several folders, which can be uploaded together', () => {
    const folder = writeFiles(temporaryFolder(), {
      'charts/cart/pod.yaml': podYaml('cart'),
      'charts/web/pod.yaml': podYaml('web'),
    })
    const script =
      'for chart in charts/*/; do kubescape scan "$chart" --format sarif --output "${chart}kubescape.sarif"; done'
    expect(runScript(script, folder).code).toBe(0)
    const ids = ['cart', 'web'].map((name) => {
      const { runs } = JSON.parse(readFileSync(join(folder, `charts/${name}/kubescape.sarif`), 'utf8')) as {
        runs: [{ automationDetails: { id: string } }]
      }
      return runs[0].automationDetails.id
    })
    expect(ids).toEqual(['kubescape/charts/cart/', 'kubescape/charts/web/'])
  })

  test('a shell script that reads JSON', () => {
    const folder = project()
    mkdirSync(join(folder, 'bin'))
    const hasJq = run('jq', ['--version']).code === 0
    const score = hasJq
      ? `jq '.summaryDetails.complianceScore' results.json`
      : `node -p 'JSON.parse(fs.readFileSync("results.json")).summaryDetails.complianceScore'`
    const failures = hasJq
      ? `jq -r '.results[] | select(.resourcesResult.failedResources > 0) | .controlID' results.json`
      : `node -p 'JSON.parse(fs.readFileSync("results.json")).results.filter((each) => each.resourcesResult.failedResources > 0).map((each) => each.controlID).join("\\n")'`
    const script = `kubescape scan kubernetes --format json --output results.json
score=$(${score})
echo "score $score"
${failures}`
    const { code, stdout } = runScript(script, folder)
    expect(code).toBe(0)
    const [first = '', ...ids] = stdout.trim().split('\n')
    expect(Number(first.replace('score ', ''))).toBeGreaterThan(10)
    expect(ids).toContain('C-0057')
    for (const id of ids) expect(id).toMatch(/^C-\d{4}$/)
  })
})

/** Every bracket outside of texts and comments is closed by its own kind. */
function expectBalanced(text: string): void {
  const bare = text.replaceAll(/'''[^]*?'''|'[^'\n]*'|\/\/[^\n]*/g, '')
  const open: string[] = []
  for (const [bracket] of bare.matchAll(/[(){}[\]]/g)) {
    if ('({['.includes(bracket)) open.push(bracket)
    else expect(`${open.pop()}${bracket}`).toMatch(/^(\(\)|\{\}|\[\])$/)
  }
  expect(open).toEqual([])
}
