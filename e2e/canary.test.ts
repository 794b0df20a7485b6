import { describe, expect, test } from 'vitest'
import { temporaryFolder, writeFiles } from './folder.ts'
import { kubescape, startKubescape, type Run } from './kubescape.ts'
import { startReceiver } from './receiver.ts'

/** What is planted; each is unique, so that its mere presence in an output is a leak. */
const CANARIES = {
  secretText: 'canary-secret-text-7f3a',
  secretBinary: 'canary-secret-binary-19bd',
  secretBlock: 'canary-secret-block-c204',
  configValue: 'canary-config-value-55e1',
  configFirstLine: 'canary-config-first-8a90',
  configLastLine: 'canary-config-last-e7c3',
  configKey: 'AKIAIOSFODNN7CANARY1',
  envPlain: 'canary-env-plain-03f6',
  envQuoted: 'canary-env "quoted"-b1d8',
  envFirstLine: 'canary-env-first-4be2',
  envLastLine: 'canary-env-last-97aa',
  envNumber: '918273645546372819',
  envAnchored: 'canary-env-anchored-6d0c',
  envFolded: 'canary-env-folded-2f71',
  envInit: 'canary-env-init-d94e',
  annotation: 'canary-annotation-a3b5',
} as const

const base64 = (text: string): string => Buffer.from(text).toString('base64')

const MANIFEST = `# the manifest of a careless person
apiVersion: v1
kind: Secret
metadata:
  name: secret
stringData:
  password: ${CANARIES.secretText}
  block: |
    ${CANARIES.secretBlock}
data:
  token: ${base64(CANARIES.secretBinary)}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: config
data:
  password: ${CANARIES.configValue}
  aws_secret_access_key: ${CANARIES.configKey}
  settings.ini: |
    password=${CANARIES.configFirstLine}
    # nothing here
    token = ${CANARIES.configLastLine}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: careless
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {"apiVersion":"apps/v1","spec":{"template":{"spec":{"containers":[{"env":[{"name":"PASSWORD","value":"${CANARIES.annotation}"}]}]}}}}
spec:
  replicas: 2
  selector: {matchLabels: {app: careless}}
  template:
    metadata: {labels: {app: careless}}
    spec:
      hostNetwork: true
      initContainers:
        - name: init
          image: busybox
          env: [{name: INIT_PASSWORD, value: ${CANARIES.envInit}}]
          command: [sh, -c, "login ${CANARIES.envInit}"]
      containers:
        - name: main
          image: nginx
          securityContext: {privileged: true}
          env:
            - name: DB_PASSWORD
              value: ${CANARIES.envPlain}
            - name: QUOTED_SECRET
              value: "${CANARIES.envQuoted.replaceAll('"', '\\"')}"
            - name: PRIVATE_KEY
              value: |
                ${CANARIES.envFirstLine}
                ${CANARIES.envLastLine}
            - name: PIN_TOKEN
              value: ${CANARIES.envNumber}
            - name: FOLDED_TOKEN
              value: >-
                ${CANARIES.envFolded}
            - name: FIRST_TOKEN
              value: &token ${CANARIES.envAnchored}
            - name: SECOND_TOKEN
              value: *token
          args: ["--password=${CANARIES.envPlain}", *token]
          command: ["run", "-p${CANARIES.envFolded}", "${CANARIES.envQuoted.replaceAll('"', '\\"')}"]
        - name: second
          image: nginx
          securityContext: {privileged: true}
          args: ["${CANARIES.envPlain}"]
`

const folder = temporaryFolder()
writeFiles(folder, {
  'careless.yaml': MANIFEST,
  // The same objects once more: as a list, in JSON, and in a document that cannot be read to its end.
  'list.json': JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: [
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'listed' }, stringData: { password: CANARIES.secretText } },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'listed' }, data: { password: CANARIES.configValue } },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'listed' },
        spec: {
          containers: [
            {
              name: 'main',
              image: 'nginx',
              securityContext: { privileged: true },
              env: [{ name: 'PASSWORD', value: CANARIES.envPlain }],
            },
          ],
        },
      },
    ],
  }),
  'broken.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: broken}\nstringData:\n  password: "${CANARIES.secretText}\n  token: ${CANARIES.secretBlock}: x\n`,
  'duplicate.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: twice}\ndata:\n  password: ${CANARIES.configValue}\n  password: ${CANARIES.configKey}\n`,
  'inputs.yaml': 'sensitiveValues: [canary]\n',
})

/** Names of the canaries that are in an output, as they are or in base64. */
function leaks({ stdout, stderr }: Run): string[] {
  const text = stdout + stderr
  return Object.entries(CANARIES)
    .filter(([, canary]) => [canary, base64(canary), canary.replaceAll('"', '\\"')].some((form) => text.includes(form)))
    .map(([name]) => name)
}

describe('secrets never leave', () => {
  const files = ['careless.yaml', 'list.json', 'broken.yaml', 'duplicate.yaml']

  test.each([
    ['pretty'],
    ['pretty, verbose', '--verbose'],
    ['control view, verbose', '--view', 'control', '--verbose'],
    ['resource view', '--view', 'resource'],
    ['resource view, verbose', '--view', 'resource', '--verbose'],
    ['JSON', '--format', 'json'],
    ['JSON, v2', '--format', 'json', '--format-version', 'v2'],
    ['JSON, as a cluster', '--format', 'json', '--as-cluster'],
    ['JSON, with inputs that look for them', '--format', 'json', '--controls-config', 'inputs.yaml'],
    ['debug messages', '--logger', 'debug', '--verbose'],
  ])('%s', (_, ...flags) => {
    const ended = kubescape(['scan', ...files, ...flags], { cwd: folder })
    // Two files are broken, and they were named.
    expect(ended.code).toBe(1)
    expect(ended.stdout).toContain('careless')
    expect(ended.stdout.length).toBeGreaterThan(3000)
    expect(leaks(ended)).toEqual([])
  })

  test('the controls that look for credentials, resource by resource', () => {
    const ended = kubescape(['scan', 'control', 'C-0012,C-0207,C-0259,C-0057,C-0041', ...files, '--verbose'], {
      cwd: folder,
    })
    expect(ended.stdout).toContain('C-0012')
    expect(leaks(ended)).toEqual([])
  })

  test('to a server, in body and headers', async () => {
    const server = await startReceiver(() => ({ status: 201 }))
    const flags = ['--submit', '--server', server.url, '--logger', 'debug', '--verbose']
    const ended = await startKubescape(['scan', ...files, ...flags], { cwd: folder }).ended
    const sent = server.received.map(({ url, headers, body }) => `${url} ${JSON.stringify(headers)} ${body}`).join('')
    expect(sent).toContain('careless')
    expect(sent.length).toBeGreaterThan(10_000)
    expect(leaks({ ...ended, stdout: ended.stdout + sent })).toEqual([])
  })

  test('from standard input', () => {
    expect(leaks(kubescape(['scan', '-', '-f', 'json'], { stdin: MANIFEST }))).toEqual([])
    expect(leaks(kubescape(['scan', '-', '-v'], { stdin: MANIFEST }))).toEqual([])
  })
})

test('a number that is secret in a variable is masked in arguments too', () => {
  const stdin = MANIFEST.replace('*token]', `"--pin=${CANARIES.envNumber}"]`)
  const ended = kubescape(['scan', '-', '-f', 'json'], { stdin })
  expect(ended.stdout).toContain('"--pin=')
  expect(leaks(ended)).toEqual([])
})

test('a mask stands where the secrets were, and what is harmless is still there', () => {
  const { stdout } = kubescape(['scan', 'careless.yaml', '-f', 'json'], { cwd: folder })
  expect(stdout).toContain('"name":"DB_PASSWORD","value":"XXXXXX"')
  expect(stdout).toContain('"--password=XXXXXX"')
  expect(stdout).not.toContain('last-applied-configuration')
  expect(stdout).toContain('busybox')
})
