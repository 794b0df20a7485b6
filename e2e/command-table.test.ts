/** table: every command of Kubescape and what it does here: it works, or is refused by name, with the reason and what to do instead. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { kubescape, type Run } from './kubescape.ts'

const folder = temporaryFolder()
writeFiles(folder, {
  'pod.yaml': podYaml('plain', 'securityContext:', '  privileged: true'),
  'exceptions.json':
    '{"exceptions":[{"name":"accepted","controls":["C-0057"],"resources":[{"kind":"Pod","name":"plain"}]}]}',
  'deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: nginx}]}
`,
})
const env = { HOME: join(folder, 'home'), KUBECONFIG: '' }

function run(typed: string, stdin?: string): Run {
  return kubescape(typed.split(' '), { cwd: folder, env, ...(stdin === undefined ? {} : { stdin }) })
}

/** A command line that works, and what its output has. */
const working: readonly (readonly [typed: string, output: RegExp, stdin: string | undefined])[] = [
  ['scan pod.yaml', /Overall compliance score/, undefined],
  ['scan pod.yaml - -f json', /"typed"/, podYaml('typed')],
  ['scan -', /Overall compliance score/, podYaml('typed')],
  ['scan framework nsa pod.yaml', /NSA/, undefined],
  ['scan framework NSA,mitre pod.yaml', /NSA[^]*MITRE/, undefined],
  ['scan framework all pod.yaml', /AllControls/, undefined],
  ['scan framework nsa -', /NSA/, podYaml('typed')],
  ['scan control C-0057 pod.yaml', /Privileged container/, undefined],
  ['scan control c-0057,C-0013 -', /Privileged container/, podYaml('typed', 'securityContext: {privileged: true}')],
  ['scan workload Deployment/web deployment.yaml', /Deployment[^]*web/, undefined],
  ['scan workload shop/Deployment.v1.apps/web --file-path deployment.yaml', /Deployment[^]*web/, undefined],
  ['scan workload Deployment/web deployment.yaml -n shop --api-version apps/v1', /Deployment[^]*web/, undefined],
  ['list frameworks', /^NSA$/m, undefined],
  ['list controls', /^C-0057/m, undefined],
  ['list controls -f json', /^\[\{"id":"C-/, undefined],
  ['list controls -f yaml', /^- id: "C-/, undefined],
  ['list controls -f csv', /^id,name,frameworks$/m, undefined],
  ['list frameworks -f pretty-print', /^NSA$/m, undefined],
  ['list exceptions exceptions.json', /accepted/, undefined],
  ['exceptions list exceptions.json', /accepted/, undefined],
  ['config view', /./, undefined],
  ['config view -o json', /^\{/, undefined],
  ['config view -o yaml -e', /./, undefined],
  ['completion bash', /complete .*kubescape/, undefined],
  ['completion zsh', /#compdef kubescape/, undefined],
  ['completion fish', /complete -c kubescape/, undefined],
  ['completion powershell', /Register-ArgumentCompleter/, undefined],
  ['update', /^kubescape v\d[^]*npm install/, undefined],
  ['version', /^kubescape v\d/, undefined],
  ['version -f text', /^kubescape v\d/, undefined],
  ['version -f json', /^\{"version":"v\d.*"commit":.*"date":/, undefined],
  ['help', /Commands:/, undefined],
  ['vap deploy-library', /^kind: "?ValidatingAdmissionPolicy"?$/m, undefined],
  ['vap create-policy-binding -n no-privileged -c C-0057', /^kind: "?ValidatingAdmissionPolicyBinding"?$/m, undefined],
  ['policy eval 1+1 -f raw', /^2$/m, undefined],
]

describe('a command that works', () => {
  test.each(working)('kubescape %s', (typed, output, stdin) => {
    const { code, stdout } = run(typed, stdin)
    expect(code).toBe(0)
    expect(stdout).toMatch(output)
  })

  test('config set keeps a value that config delete forgets', () => {
    expect(run('config set accountID 2ce5daf4-e28d-4e6e-a239-03fda048070b').code).toBe(0)
    expect(run('config delete').code).toBe(0)
    expect(run('config delete cache').code).toBe(0)
  })

  test('diff compares two reports', () => {
    for (const name of ['a', 'b']) expect(run(`scan pod.yaml -f json -o ${name}.json`).code).toBe(0)
    const formats = ['pretty-printer', 'json', 'yaml', 'markdown', 'sarif', 'junit', 'gitlab-sast']
    for (const format of formats) {
      const { code, stderr } = run(`diff a.json b.json -f ${format}`)
      expect({ format, code, stderr }).toEqual({ format, code: 0, stderr: '' })
    }
    expect(run('diff a.json b.json --fail-on-new --severity-threshold low --granularity control').code).toBe(0)
    expect(run('diff a.json b.json -o c').stderr).toContain('c.txt')
  })
})

/** Command lines that are refused, by the name that the refusal has. */
const refused: readonly (readonly [typed: string, name: string])[] = [
  ['scan image nginx', 'scan image'],
  ['scan image nginx:1 -u me -p secret --platform linux/arm64', 'scan image'],
  ['scan image saved.tar -f json', 'scan image'],
  ['fix report.json', 'fix'],
  ['fix report.json --no-confirm --dry-run --skip-user-values --base-path . --container-profile x', 'fix'],
  ['patch -i nginx:1 -t patched', 'patch'],
  ['patch --image nginx --timeout 5m --push', 'patch'],
  ['vap deploy-library --from-release v1', '--from-release'],
  ['operator scan configurations --frameworks all', 'operator scan'],
  ['operator scan vulnerabilities --namespace kubescape', 'operator scan'],
  ['operator remediate annotate --kind Deployment --name web', 'operator remediate'],
  ['operator remediate quarantine --confirm', 'operator remediate'],
  ['operator remediate revert', 'operator remediate'],
  ['prerequisites --kubeconfig x', 'prerequisites'],
  ['mcpserver -t stdio -p 8080', 'mcpserver'],
  ['decrypt report.json', 'decrypt'],
  ['submit results report.json', 'submit'],
  ['delete exceptions x', 'delete'],
  ['list frameworks --account x', '--account'],
  ['list controls --access-key x', '--access-key'],
]

describe('a command that is refused', () => {
  test.each(refused)('kubescape %s', (typed, name) => {
    const { code, stdout, stderr } = run(typed)
    const [first = '', hint = '', ...rest] = stderr.split('\n')
    expect({ code, stdout, rest }).toEqual({ code: 1, stdout: '', rest: [''] })
    expect(first).toMatch(new RegExp(`^error: ${RegExp.escape(name)} is refused: \\S.{20,}$`))
    expect(hint).toMatch(/^[A-Zk].{20,}$/)
  })

  test('stays out of help, completion and suggestions', () => {
    const help = `${run('help').stdout}${run('scan --help').stdout}`
    const completion = run('completion bash').stdout
    for (const name of ['fix', 'patch', 'operator', 'mcpserver', 'image']) {
      expect(help).not.toMatch(new RegExp(`^ {2}${name} `, 'm'))
      expect(completion).not.toMatch(new RegExp(`'(?:scan )?${name}'`))
    }
    expect(run('scn').stderr).toContain('Did you mean scan?')
    expect(run('patsh').stderr).not.toContain('patch')
  })
})

describe('flags that every command takes', () => {
  const commands = ['list frameworks', 'version -f json', 'completion bash', 'update', 'scan pod.yaml -f json -o out']

  test.each(commands)('--logger before and after: %s', (typed) => {
    const quiet = run(`${typed} -l fatal`)
    expect({ code: quiet.code, stderr: quiet.stderr }).toEqual({ code: 0, stderr: '' })
    expect(run(`--logger fatal ${typed}`)).toEqual(quiet)
    expect(run(`${typed} --logger loud`).stderr).toContain('--logger does not know "loud"')
  })

  test.each(commands)('--environment and --env have no effect, and say so: %s', (typed) => {
    const plain = run(typed)
    for (const flag of ['--environment', '--env']) {
      for (const line of [`${flag} prod ${typed}`, `${typed} ${flag} prod`]) {
        const { code, stderr } = run(line)
        expect(code).toBe(0)
        expect(stderr).toContain(`${flag} has no effect`)
        expect(stderr.replace(/^.*has no effect.*\n/, '')).toBe(plain.stderr)
      }
    }
  })

  test('--logger-name json writes messages as JSON', () => {
    const { code, stderr } = run('scan pod.yaml -f json -o out --logger-name zap')
    expect(code).toBe(0)
    for (const line of stderr.trimEnd().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow()
  })

  test('--cache-dir says where values are kept', () => {
    const cache = join(folder, 'cache')
    expect(run(`config set accessKey secret --cache-dir ${cache}`).code).toBe(0)
    expect(run(`config delete --cache-dir ${cache}`).code).toBe(0)
  })

  test.each([
    ['--kube-context nowhere scan', /nowhere|kubeconfig/],
    ['scan --kube-context nowhere', /nowhere|kubeconfig/],
    ['--server http://localhost/ scan pod.yaml', /--server does nothing without --submit/],
    ['list frameworks --server http://localhost/', /--server is refused: only scan sends reports/],
  ])('%s', (typed, message) => {
    const { code, stderr } = run(typed)
    expect(code).toBe(1)
    expect(stderr).toMatch(message)
  })
})
