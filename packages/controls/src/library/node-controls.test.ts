/** What the controls of nodes, clouds and components say of single objects, where no published case shows it. */
import { identityOf, matches, type Value, type ValueMap } from '@kubescape/resources'
import { describe, expect, test } from 'vitest'

import type { Judgement } from '../check.ts'
import type { ControlDeclaration } from '../control.ts'
import { DEFAULT_INPUTS } from '../inputs.ts'
import { LIBRARY } from './index.ts'

function controlOf(id: string): ControlDeclaration {
  const control = LIBRARY.find((each) => each.id === id)
  if (control === undefined) throw new Error(`no control ${id}`)
  return control
}

/** What the local checks of a control say of an object, first to last. */
function judge(id: string, object: ValueMap): Judgement[] {
  const identity = identityOf(object)
  if (identity === undefined) throw new Error('no identity')
  return controlOf(id).checks.flatMap((check) =>
    check.shape === 'local' && matches(check.match, identity)
      ? [check.judge({ identity, object }, DEFAULT_INPUTS)]
      : [],
  )
}

const facts = (kind: string, data: Value): ValueMap => ({
  apiVersion: 'hostdata.kubescape.cloud/v1beta0',
  kind,
  metadata: { name: 'n' },
  data,
})
const cluster = (group: string, data: Value): ValueMap => ({
  apiVersion: `${group}/v1`,
  kind: 'ClusterDescribe',
  metadata: { name: 'c' },
  data,
})
const kubelet = (cmdLine: string, config?: string): ValueMap =>
  facts('KubeletInfo', { cmdLine, ...(config === undefined ? {} : { configFile: { content: btoa(config) } }) })
const apiServer = (...command: string[]): ValueMap => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'kube-apiserver-n', namespace: 'kube-system' },
  spec: { containers: [{ command: ['kube-apiserver', ...command] }] },
})

const PASSES = [undefined]
const FAILS = [[]]
const UNTESTED = ['not-tested']

describe('kubelets', () => {
  test.each<[string, string, string | undefined, unknown]>([
    ['C-0070', 'kubelet --client-ca-file=', undefined, FAILS],
    ['C-0175', 'kubelet', undefined, FAILS],
    ['C-0175', 'kubelet --config=/c', 'readOnlyPort: 0', PASSES],
    ['C-0175', 'kubelet --read-only-port=0123', undefined, FAILS],
    ['C-0175', 'kubelet --read-only-port=0 --config=/c', 'readOnlyPort: 10255', PASSES],
    ['C-0176', 'kubelet --streaming-connection-idle-timeout=0', undefined, FAILS],
    ['C-0176', 'kubelet --streaming-connection-idle-timeout=0h0m0s', undefined, FAILS],
    ['C-0176', 'kubelet --streaming-connection-idle-timeout=05m', undefined, PASSES],
    ['C-0177', 'kubelet --protect-kernel-defaults', undefined, PASSES],
    ['C-0178', 'kubelet --config=/c', 'a: 1', PASSES],
    ['C-0179', 'kubelet --hostname-override=x', undefined, FAILS],
    ['C-0179', 'kubelet --hostname-override-x', undefined, PASSES],
    ['C-0180', 'kubelet --event-qps=0', undefined, FAILS],
    ['C-0180', 'kubelet --event-qps=5 --config=/c', 'eventRecordQPS: 0', PASSES],
    ['C-0181', 'kubelet', undefined, FAILS],
    ['C-0181', 'kubelet --tls-cert-file=/a --tls-private-key-file=/b', undefined, PASSES],
    ['C-0181', 'kubelet --config=/c --tls-cert-file=/a', 'tlsPrivateKeyFile: /b', PASSES],
    ['C-0181', 'kubelet --config=/c', 'tlsPrivateKeyFile: /b', FAILS],
    ['C-0181', 'kubelet --config=/c', undefined, UNTESTED],
    ['C-0182', 'kubelet --rotate-certificates', undefined, PASSES],
    ['C-0183', 'kubelet', undefined, FAILS],
    ['C-0183', 'kubelet --rotate-server-certificates', undefined, PASSES],
    ['C-0183', 'kubelet --rotate-server-certificates=false', 'serverTLSBootstrap: true', FAILS],
    ['C-0183', 'kubelet', 'serverTLSBootstrap: true', PASSES],
    ['C-0183', 'kubelet --feature-gates=A=false,RotateKubeletServerCertificate=true', undefined, PASSES],
    [
      'C-0184',
      'kubelet --tls-cipher-suites=TLS_RSA_WITH_AES_128_GCM_SHA256,TLS_RSA_WITH_RC4_128_SHA',
      undefined,
      FAILS,
    ],
    ['C-0184', 'kubelet --tls-cipher-suites=', undefined, FAILS],
    ['C-0184', 'kubelet --config=/c', 'tlsCipherSuites: [TLS_AES_128_GCM_SHA256]', PASSES],
    ['C-0184', 'kubelet --config=/c', undefined, UNTESTED],
    ['C-0284', 'kubelet --pod-max-pids=4096', undefined, PASSES],
    ['C-0284', 'kubelet --pod-max-pids=-1', undefined, FAILS],
    ['C-0284', 'kubelet', 'podPidsLimit: 100', PASSES],
    ['C-0284', 'kubelet', 'podPidsLimit: -1', FAILS],
    ['C-0284', 'kubelet', 'a: 1', FAILS],
    ['C-0284', 'kubelet', undefined, FAILS],
    ['C-0284', 'kubelet --config=/c', undefined, UNTESTED],
  ])('%s: %s with %j', (id, cmdLine, config, judgement) => {
    expect(judge(id, kubelet(cmdLine, config))).toEqual(judgement)
  })

  test('C-0184 names the list that holds a weak suite', () => {
    expect(judge('C-0184', kubelet('kubelet --config=/c', 'tlsCipherSuites: [TLS_RSA_WITH_RC4_128_SHA]'))).toEqual([
      [{ role: 'failed', path: 'tlsCipherSuites' }],
    ])
  })
})

describe('clouds', () => {
  const arn = { KeyArn: 'arn:x' }
  test.each<[string, string, Value, unknown]>([
    [
      'C-0066',
      'management.azure.com',
      { properties: { securityProfile: { azureKeyVaultKms: { enabled: true } } } },
      PASSES,
    ],
    [
      'C-0066',
      'management.azure.com',
      { properties: { agentPoolProfiles: [{ enableEncryptionAtHost: true }] } },
      PASSES,
    ],
    [
      'C-0066',
      'management.azure.com',
      { properties: { agentPoolProfiles: [{ enableEncryptionAtHost: true }, {}] } },
      FAILS,
    ],
    ['C-0066', 'management.azure.com', { properties: { agentPoolProfiles: [] } }, FAILS],
    ['C-0066', 'management.azure.com', null, UNTESTED],
    [
      'C-0066',
      'eks.amazonaws.com',
      { Cluster: { EncryptionConfig: [{ Provider: arn, Resources: ['secrets'] }] } },
      PASSES,
    ],
    [
      'C-0066',
      'eks.amazonaws.com',
      { cluster: { encryptionConfig: [{ provider: { keyArn: 'x' }, resources: ['secrets'] }] } },
      PASSES,
    ],
    ['C-0066', 'eks.amazonaws.com', { Cluster: { EncryptionConfig: [{ Provider: arn, Resources: [] }] } }, FAILS],
    ['C-0066', 'eks.amazonaws.com', { Cluster: { EncryptionConfig: null } }, FAILS],
    ['C-0066', 'container.googleapis.com', { database_encryption: { state: 1 } }, PASSES],
    [
      'C-0066',
      'container.googleapis.com',
      { database_encryption: { state: 'DECRYPTED' } },
      [[{ role: 'review', path: 'data.database_encryption.state' }]],
    ],
    ['C-0068', 'eks.amazonaws.com', {}, PASSES],
    ['C-0088', 'container.googleapis.com', {}, PASSES],
    ['C-0285', 'eks.amazonaws.com', { Cluster: { AccessConfig: { AuthenticationMode: 'CONFIG_MAP' } } }, FAILS],
    ['C-0285', 'eks.amazonaws.com', { Cluster: { AccessConfig: { AuthenticationMode: 'API' } } }, PASSES],
    ['C-0285', 'eks.amazonaws.com', {}, UNTESTED],
  ])('%s of %s: %j', (id, group, data, judgement) => {
    expect(judge(id, cluster(group, data))).toEqual(judgement)
  })

  test('C-0052 judges what pods can reach', () => {
    expect(judge('C-0052', facts('cloudProviderInfo', { providerMetaDataAPIAccess: true }))).toEqual(FAILS)
    expect(judge('C-0052', facts('cloudProviderInfo', { providerMetaDataAPIAccess: false }))).toEqual(PASSES)
    expect(judge('C-0052', facts('cloudProviderInfo', []))).toEqual(UNTESTED)
  })
})

describe('the API server', () => {
  const item = 'spec.containers[0].command[1]'
  test('C-0277 suggests to take weak suites out, and strong ones where none is named', () => {
    const [weak] = judge('C-0277', apiServer('--tls-cipher-suites=TLS_RSA_WITH_RC4_128_SHA,TLS_AES_128_GCM_SHA256'))
    expect(weak).toEqual([
      {
        role: 'failed',
        path: item,
        fix: { action: 'set', path: item, value: '--tls-cipher-suites=TLS_AES_128_GCM_SHA256' },
      },
    ])
    expect(judge('C-0277', apiServer('--tls-cipher-suites=TLS_AES_128_GCM_SHA256'))).toEqual(PASSES)
    expect(JSON.stringify(judge('C-0277', apiServer()))).not.toMatch(/RC4|3DES|CBC/)
  })

  test.each<[string, string, unknown]>([
    [
      'C-0118',
      '--authorization-mode',
      [
        [
          {
            role: 'failed',
            path: 'spec.containers[0].command[2]',
            fix: { action: 'set', path: 'spec.containers[0].command[2]', value: 'RBAC' },
          },
        ],
      ],
    ],
    ['C-0128', '--secure-port=0443', PASSES],
    ['C-0130', '--audit-log-path=-', PASSES],
    ['C-0131', '--audit-log-maxage=365', PASSES],
    ['C-0131', '--audit-log-maxage=never', PASSES],
    [
      'C-0141',
      '--encryption-provider-config-automatic-reload=true',
      [
        [
          {
            role: 'missing',
            path: 'spec.containers[0].command[3]',
            fix: {
              action: 'set',
              path: 'spec.containers[0].command[3]',
              value: '--encryption-provider-config=<path/to/encryption-config.yaml>',
            },
          },
        ],
      ],
    ],
  ])('%s: %s', (id, flag, judgement) => {
    expect(judge(id, apiServer(flag, 'AlwaysAllow'))).toEqual(judgement)
  })

  test('an aggregated API server is not taken for it', () => {
    const other: ValueMap = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'metrics-apiserver', namespace: 'kube-system' },
      spec: { containers: [{ command: ['/metrics'] }] },
    }
    expect(judge('C-0066', other)).toEqual(UNTESTED)
    expect(judge('C-0066', apiServer('--encryption-provider-config=/x'))).toEqual(PASSES)
  })
})

describe('network plug-ins', () => {
  test.each<[string, Value, unknown]>([
    ['C-0205', ['Flannel'], FAILS],
    ['C-0205', ['flannel', 'Cilium'], PASSES],
    ['C-0205', [], PASSES],
    ['C-0205', 'Flannel', UNTESTED],
    ['C-0230', ['Cilium'], PASSES],
    ['C-0230', [], FAILS],
    ['C-0230', null, UNTESTED],
  ])('%s: %j', (id, CNINames, judgement) => {
    expect(judge(id, facts('CNIInfo', { CNINames }))).toEqual(judgement)
  })
})

describe('metrics of kube-proxy', () => {
  test.each<[string, Value, unknown]>([
    ['a loopback address', { 'config.conf': 'metricsBindAddress: 127.0.0.1:10249' }, PASSES],
    [
      'every address of IPv6',
      { 'config.conf': "metricsBindAddress: '[::]:10249'" },
      [[{ role: 'failed', path: 'data' }]],
    ],
    ['IPv6 loopback', { 'config.conf': "metricsBindAddress: '[::1]:10249'" }, PASSES],
    ['only a port', { 'config.conf': "metricsBindAddress: ':10249'" }, [[{ role: 'failed', path: 'data' }]]],
    ['another key', { config: 'metricsBindAddress: 0.0.0.0' }, [[{ role: 'failed', path: 'data' }]]],
    ['no configuration', {}, UNTESTED],
    ['broken YAML', { 'config.conf': 'a: [' }, UNTESTED],
    ['no data', null, UNTESTED],
  ])('%s', (_what, data, judgement) => {
    const object: ValueMap = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'kube-proxy', namespace: 'kube-system' },
      data,
    }
    expect(judge('C-0291', object)).toEqual(judgement)
  })
})

describe('audit policies', () => {
  const server = (cmdLine: Value, policy?: string): ValueMap =>
    facts('ControlPlaneInfo', {
      APIServerInfo: { cmdLine, ...(policy === undefined ? {} : { auditPolicyFile: { content: btoa(policy) } }) },
    })
  const rule = (level: string, resources: string): string =>
    `{level: ${level}, resources: [{resources: [${resources}]}]}`
  const rest = rule('Request', 'pods, deployments, pods/exec, pods/portforward, pods/proxy, services/proxy')
  const flag = 'kube-apiserver --audit-policy-file=/p'

  test.each<[string, ValueMap, unknown]>([
    ['no flag', server('kube-apiserver'), FAILS],
    ['no command line', server(null), UNTESTED],
    ['no file', server(flag), UNTESTED],
    ['no rules', server(flag, 'kind: Policy'), FAILS],
    ['full cover', server(flag, `rules: [${rule('Metadata', 'secrets, configmaps, tokenreviews')}, ${rest}]`), PASSES],
    [
      'bodies of secrets',
      server(flag, `rules: [${rule('Request', 'secrets, configmaps, tokenreviews')}, ${rest}]`),
      FAILS,
    ],
    ['odd rules', server(flag, 'rules: [null, x, {resources: x}, {resources: [x, {resources: x}]}]'), FAILS],
  ])('%s', (_what, object, judgement) => {
    expect(judge('C-0161', object)).toEqual(judgement)
  })
})
