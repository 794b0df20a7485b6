import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { kubescape, type Run } from './kubescape.ts'

const folder = temporaryFolder()
const USES = join(folder, 'uses')
writeFiles(folder, {
  'pod.yaml': podYaml('plain'),
  kubeconfig: `apiVersion: v1
kind: Config
current-context: there
contexts: [{name: there, context: {cluster: there, user: me}}]
clusters: [{name: there, cluster: {server: 'http://127.0.0.1:9'}}]
users: [{name: me, user: {token: abc}}]
`,
})

/** A run that is watched, with how often it used a network. */
function watch(args: readonly string[], env: Readonly<Record<string, string>> = {}): Run & { uses: number } {
  rmSync(USES, { force: true })
  const watched = {
    NODE_OPTIONS: `--import=${join(import.meta.dirname, 'network-uses.ts')}`,
    NETWORK_USES: USES,
    KUBECONFIG: join(folder, 'kubeconfig'),
    HOME: folder,
    ...env,
  }
  const run = kubescape(args, { cwd: folder, env: watched })
  return { ...run, uses: existsSync(USES) ? readFileSync(USES, 'utf8').trim().split('\n').length : 0 }
}

const COLLECTOR = { OTEL_SDK_DISABLED: '', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.invalid:4318' }
const SUBMIT = ['scan', 'pod.yaml', '--submit', '--server', 'http://127.0.0.1:9/reports']

describe('what would use a network is refused before it does', () => {
  test.each([
    ['a scan of a cluster', ['scan'], {}, 'a cluster is reached through its API'],
    ['of one on this machine, by framework', ['scan', 'framework', 'nsa'], {}, 'a cluster is reached through its API'],
    ['of a workload', ['scan', 'workload', 'Pod/plain'], {}, 'a cluster is reached through its API'],
    ['asking for rights', ['scan', '--dry-run'], {}, 'a cluster is reached through its API'],
    ['asking the cloud', ['scan', '--cloud-describe'], {}, 'a cluster is reached through its API'],
    ['submitting', SUBMIT, {}, '--submit sends the report'],
    ['telemetry', ['scan', 'pod.yaml'], COLLECTOR, 'the environment names a collector of telemetry'],
  ] as const)('%s', (_, args, env, why) => {
    const run = watch([...args, '--offline', '--exit-code-map'], env)
    expect(run).toMatchObject({ code: 2, stdout: '', uses: 0 })
    expect(run.stderr).toContain(`error: --offline (or KS_OFFLINE) rules out any network, and ${why}\n`)
    expect(watch(args, { ...env, KS_OFFLINE: '1' })).toMatchObject({ code: 1, stdout: '', stderr: run.stderr, uses: 0 })
  })

  test.each([
    ['publishing facts of a node', ['--publish', 'kubescape/node']],
    ['asking the metadata service of a cloud', ['--metadata-service']],
  ])('%s', (_, flags) => {
    const run = watch(['node-facts', '--root', '/', ...flags], { KS_OFFLINE: 'true' })
    expect(run).toMatchObject({ code: 1, uses: 0 })
    expect(run.stderr).toContain(`rules out any network, and ${flags[0]}`)
  })
})

test('files are scanned, and nothing is looked up', () => {
  expect(watch(['scan', 'pod.yaml', '--offline'])).toMatchObject({ code: 0, uses: 0 })
  expect(watch(['scan', 'pod.yaml', '--offline', '--keep-local'], COLLECTOR)).toMatchObject({ code: 0, uses: 0 })
})

test('the watch sees what uses a network', () => {
  expect(watch(SUBMIT).uses).toBeGreaterThan(0)
  expect(watch(['scan']).uses).toBeGreaterThan(0)
  expect(watch(['scan', 'pod.yaml', '--offline=false'], { ...COLLECTOR, KS_OFFLINE: '1' }).uses).toBeGreaterThan(0)
})
