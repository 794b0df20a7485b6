/** `kubescape scan workload` on files, and the commands of the overview that lead to it. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder, writeFiles } from './folder.ts'
import { scanJson, type JsonReport } from './json-report.ts'
import { kubescape, root, type Run } from './kubescape.ts'

const deployment = (name: string, namespace?: string, more = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}${namespace === undefined ? '' : `, namespace: ${namespace}`}${more}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: main, image: nginx, securityContext: {privileged: true}}]}
`
const owned = (
  kind: string,
  name: string,
  ownerKind: string,
  owner: string,
  spec: string,
): string => `apiVersion: ${kind === 'Pod' ? 'v1' : 'apps/v1'}
kind: ${kind}
metadata:
  name: ${name}
  namespace: shop
  labels: {pod-template-hash: abc}
  ownerReferences: [{apiVersion: ${ownerKind === 'Rollout' ? 'argoproj.io/v1alpha1' : 'apps/v1'}, kind: ${ownerKind}, name: ${owner}}]
spec: ${spec}
`
const containers = '{containers: [{name: main, image: nginx}]}'

const folder = temporaryFolder()
writeFiles(folder, {
  'web.yaml': deployment('web', 'shop'),
  'bank.yaml': deployment('web', 'bank'),
  'twice/a.yaml': deployment('twin', 'shop'),
  'twice/b.yaml': deployment('twin', 'shop'),
  'same.yaml': `${deployment('same')}---\n${deployment('same')}`,
  'implicit.yaml': deployment('implicit'),
  'owned.yaml': [
    owned('Pod', 'web-abc-1', 'ReplicaSet', 'web-abc', containers),
    owned('ReplicaSet', 'web-abc', 'Deployment', 'web', `{template: {spec: ${containers}}}`),
    owned('Pod', 'canary-abc-1', 'Rollout', 'canary', containers),
    owned('Pod', 'lost-abc-1', 'ReplicaSet', 'lost-abc', containers),
  ].join('---\n'),
  'service.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {type: NodePort, selector: {app: web}, ports: [{port: 80}]}\n',
  'configmap.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n',
})

function scan(...args: string[]): Run {
  return kubescape(['scan', 'workload', ...args], { cwd: folder })
}

/** Statuses by control of the resource with this name. */
function verdictsOn(report: JsonReport, id: string): Map<string, unknown> {
  return new Map(
    report.results.flatMap((control) =>
      control.resources
        .filter((resource) => resource.resourceID.endsWith(id))
        .map(({ status, findings, relatedResourceIDs }): [string, unknown] => [
          control.controlID,
          { status, findings, relatedResourceIDs },
        ]),
    ),
  )
}

describe('of the example shop', () => {
  const shop = 'examples/shop'
  const all = scanJson(['scan', 'framework', 'workloadscan,allcontrols', shop]).report
  const workloads = globSync('*.yaml', { cwd: join(root, shop) }).flatMap((file) =>
    [
      ...readFileSync(join(root, shop, file), 'utf8').matchAll(
        /^kind: (Deployment|StatefulSet|DaemonSet|CronJob|Pod)\nmetadata:\n {2}name: (\S+)/gm,
      ),
    ].map(([, kind = '', name = '']) => [kind, name] as const),
  )

  test.each(workloads)('%s %s gets the verdicts that a scan of everything gives it', (kind, name) => {
    const { report, code } = scanJson(['scan', 'workload', `${kind}/${name}`, shop])
    expect(code).toBe(0)
    const own = verdictsOn(report, `/${kind}/${name}`)
    expect(own).toEqual(verdictsOn(all, `/${kind}/${name}`))
    expect(own.size).toBeGreaterThan(3)
    const judged = report.results.flatMap(({ resources }) => resources.map(({ resourceID }) => resourceID))
    expect(new Set(judged).size).toBe(1)
  })

  test('there are workloads of every sort', () => {
    expect(new Set(workloads.map(([kind]) => kind)).size).toBeGreaterThan(3)
  })

  test('the overview gives a command for each of the riskiest, which runs', () => {
    const { stdout } = kubescape(['scan', shop])
    const commands = [...stdout.matchAll(/^ +\$ kubescape (scan workload \S+ \S+)$/gm)].map(([, words = '']) => words)
    expect(commands).toHaveLength(3)
    for (const words of commands) {
      const { code, stdout: text } = kubescape(words.split(' '))
      expect([code, text]).toEqual([
        0,
        expect.stringMatching(/^Workload shop\/\w+\/[\w-]+\n1 resource judged in 16 files/),
      ])
    }
  })
})

describe('a workload', () => {
  test('is shown with what it failed, and with what it passed where that is wanted', () => {
    const short = scan('shop/Deployment/web', '.')
    expect(short.code).toBe(0)
    expect(short.stdout).toMatch(/^Workload shop\/Deployment\/web\n1 resource judged in \d+ files of \.\n/)
    expect(short.stdout).toContain('── Deployment shop/web  web.yaml:1')
    expect(short.stdout).toMatch(/High {6}C-0057 Privileged container\n/)
    expect(short.stdout).not.toContain('bank/web')
    expect(short.stdout).not.toContain('\nPassed\n')
    const long = scan('shop/Deployment/web', '.', '-v')
    expect(long.stdout).toMatch(/\nPassed\n(?: {2}\w+ +C-\d{4} .*\n)+/)
    expect(long.stdout).not.toMatch(/\nPassed\n[^]*C-0057 Privileged/)
  })

  test('is joined with objects of other files', () => {
    const { stdout } = scan('shop/Deployment/web', '.', '--as-cluster')
    expect(stdout).toMatch(/C-0256 External facing[^]*?With: Service shop\/web \(service\.yaml\)/)
  })

  test('that is judged in another view is the only one there', () => {
    const { stdout } = scan('shop/Deployment/web', '.', '--view', 'control')
    expect(stdout).toMatch(/│ Privileged container +│ +1 │ +0 │ +1 │/)
  })

  test('passes its namespace by prefix or flag, and needs none where its name is the only one', () => {
    const [prefix, flag] = [scan('shop/deploy/web', '.'), scan('deploy/web', '.', '-n', 'shop')]
    expect(prefix).toEqual(flag)
    expect(scan('Deployment/implicit', '.').code).toBe(0)
    expect(scan('default/Deployment/implicit', '.').code).toBe(0)
  })

  test('is found by its file', () => {
    const beside = scan('Deployment/twin', '.', '--file-path', 'twice/b.yaml')
    expect(beside.stdout).toContain('Deployment shop/twin  twice/b.yaml:1')
    const alone = scan('Deployment/twin', '--file-path', './twice/a.yaml')
    expect(alone.stdout).toMatch(/1 resource judged in 1 file of/)
  })

  test('is found on standard input', () => {
    const { code, stdout } = kubescape(['scan', 'workload', 'Deployment/web', '-'], { stdin: deployment('web') })
    expect([code, stdout]).toEqual([0, expect.stringContaining('1 resource judged in 1 file of standard input')])
  })

  test('is held against gates', () => {
    expect(scan('shop/Deployment/web', '.', '--severity-threshold', 'high')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('gate failed: --severity-threshold high') as string,
    })
    expect(scan('shop/Deployment/web', '.', '--compliance-threshold', '99')).toMatchObject({ code: 1 })
  })

  test('that is made by something that nobody judges speaks for itself', () => {
    expect(scan('shop/Pod/canary-abc-1', 'owned.yaml', '--as-cluster').stdout).toContain('1 resource judged')
  })

  test('leaves the rest of the report about it too', () => {
    const { report } = scanJson(['scan', 'workload', 'shop/Deployment/web', '.'], { cwd: folder })
    expect(report.summaryDetails.ResourceCounters).toMatchObject({ failedResources: 1, passedResources: 0 })
    expect(report.workloads).toHaveLength(1)
    expect(Object.keys(report.summaryDetails.controls)).not.toContain('C-0035')
  })
})

describe('in the overview', () => {
  test('workloads of the same name are told apart', () => {
    const commandsOf = (...paths: string[]): string[] =>
      [...kubescape(['scan', ...paths], { cwd: folder }).stdout.matchAll(/\$ kubescape scan workload (.*)$/gm)].map(
        ([, words = '']) => words,
      )
    expect(commandsOf('web.yaml', 'bank.yaml').toSorted()).toEqual([
      'bank/Deployment/web web.yaml bank.yaml',
      'shop/Deployment/web web.yaml bank.yaml',
    ])
    expect(commandsOf('twice').toSorted()).toEqual([
      'shop/Deployment/twin --file-path twice/a.yaml twice',
      'shop/Deployment/twin --file-path twice/b.yaml twice',
    ])
    expect(commandsOf('implicit.yaml', 'web.yaml')).toContain('Deployment/implicit implicit.yaml web.yaml')
    expect(commandsOf('same.yaml')).toEqual([])
  })
})

/** What is typed, the first line, and what the second one advises. */
const refused: readonly (readonly [args: readonly string[], message: RegExp, hint: RegExp])[] = [
  [
    ['Deployment/web', '.'],
    /^error: Deployment web is there 2 times: bank\/Deployment\/web in bank\.yaml:1, shop\/Deployment\/web in web\.yaml:1$/,
    /Give its namespace.*, or its file with --file-path/,
  ],
  [
    ['shop/Deployment/twin', '.'],
    /^error: Deployment twin is there 2 times: .*twice\/a\.yaml:1.*twice\/b\.yaml:1$/,
    /Give its file with --file-path/,
  ],
  [
    ['Deployment/same', '.'],
    /^error: Deployment same is there 2 times: .*same\.yaml:1, .*same\.yaml:9$/,
    /remove one of them/,
  ],
  [
    ['Deployment/webb', '.'],
    /^error: there is no Deployment webb$/,
    /^Did you mean (?:shop|bank)\/Deployment\/web or (?:shop|bank)\/Deployment\/web\?$/,
  ],
  [['StatefulSet/web', '.'], /^error: there is no StatefulSet web$/, /^Did you mean (?:shop|bank)\/Deployment\/web/],
  [
    ['StatefulSet/far-from-all', '.'],
    /^error: there is no StatefulSet far-from-all$/,
    /^No StatefulSet is there at all\.$/,
  ],
  [
    ['Deployment/far-from-all', 'implicit.yaml'],
    /^error: there is no Deployment far-from-all$/,
    /^There is Deployment\/implicit\.$/,
  ],
  [
    ['wrong/Deployment/implicit', '.'],
    /^error: there is no Deployment implicit in namespace wrong$/,
    /Deployment\/implicit\?/,
  ],
  [['Deployment.v1beta1.apps/implicit', '.'], /^error: there is no Deployment implicit$/, /Deployment\/implicit/],
  [
    ['Deployment/web', '.', '--file-path', 'service.yaml'],
    /^error: there is no Deployment web in that file$/,
    /Did you mean/,
  ],
  [
    ['shop/Pod/web-abc-1', '.'],
    /^error: Pod web-abc-1 was made by ReplicaSet web-abc of Deployment web, and changes with it$/,
    /kubescape scan workload shop\/Deployment\/web$/,
  ],
  [
    ['shop/ReplicaSet/web-abc', '.', '--as-cluster'],
    /^error: ReplicaSet web-abc was made by Deployment web,/,
    /shop\/Deployment\/web$/,
  ],
  [
    ['shop/Pod/lost-abc-1', '.'],
    /^error: Pod lost-abc-1 was made by ReplicaSet lost-abc,/,
    /shop\/ReplicaSet\/lost-abc$/,
  ],
  [['Secret/web', '.'], /^error: a Secret is no workload/, /Scan the workload that uses it/],
  [['Flower/web', '.'], /^error: unknown kind "Flower"$/, /Workloads are Pod/],
  [['web', '.'], /^error: "web" names no workload$/, /Kind/],
  [
    ['Deployment/web', '.', '-l', 'info', '--label-selector', 'a=b'],
    /^error: --label-selector is for scans of many/,
    /Leave it out/,
  ],
  [['Deployment/web', 'configmap.yaml'], /^error: there is no Deployment web$/, /No Deployment is there at all/],
  [['Deployment/web', 'missing.yaml'], /^missing\.yaml {2}missing\.yaml does not exist$/, /spelling/],
  [
    ['Deployment/web', '.', '--include-controls', 'C-0035'],
    /^error: none of these controls looks at objects of kind Deployment$/,
    /Choose other/,
  ],
  [
    ['Deployment/web', '.', '--dry-run'],
    /^error: --dry-run asks a cluster for rights; files need none$/,
    /Leave it out/,
  ],
  [['Deployment/web', '--file-path', 'web.yaml', '--dry-run'], /^error: --dry-run asks a cluster/, /Leave it out/],
]

test.each(refused)('%o is refused', (args, message, hint) => {
  const { code, stdout, stderr } = scan(...args)
  const [first, second] = stderr.split('\n')
  expect([code, stdout]).toEqual([1, ''])
  expect(first).toMatch(message)
  expect(second?.trim()).toMatch(hint)
})

test.each([
  ['scan', '.'],
  ['scan', 'framework', 'nsa', '.'],
  ['scan', 'control', 'C-0057', '-'],
])('--dry-run is refused for files: %s', (...args) => {
  const { code, stderr } = kubescape([...args, '--dry-run'], { cwd: folder })
  expect([code, stderr]).toEqual([1, expect.stringContaining('--dry-run asks a cluster for rights; files need none')])
})
