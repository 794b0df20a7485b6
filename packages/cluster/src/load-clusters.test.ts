/** Which clusters a configuration means. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { KubeConfig } from '@kubernetes/client-node/dist/config.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import type { ClusterError } from './errors.ts'
import { loadClusters, type LoadOptions } from './load-clusters.ts'
import type { ClusterTarget } from './target.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubescape-kubeconfig-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

function write(name: string, text: string): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}

/** A kubeconfig with one cluster, user and context of the same name. */
const config = (name: string, server: string, current = ''): string => `apiVersion: v1
kind: Config
current-context: ${current === '' ? '""' : current}
clusters:
- name: ${name}
  cluster: {server: "${server}"}
users:
- name: ${name}
  user: {token: abc}
contexts:
- name: ${name}
  context: {cluster: ${name}, user: ${name}}
`

const load = (options: LoadOptions): Promise<ClusterTarget[]> =>
  loadClusters({ serviceAccountFolder: join(folder, 'none'), ...options, env: { HOME: folder, ...options.env } })

async function errorOf(options: LoadOptions): Promise<Pick<ClusterError, 'code' | 'message' | 'hint'>> {
  try {
    await load(options)
  } catch (error) {
    const { code, message, hint } = error as ClusterError
    return { code, message: message.replaceAll(`${folder}/`, ''), hint: hint?.replaceAll(`${folder}/`, '') }
  }
  throw new Error('it succeeded')
}

describe('the configuration', () => {
  test('is the file asked for, whatever else there is', async () => {
    write('.kube/config', config('home', 'https://home', 'home'))
    const kubeconfig = write('asked', config('asked', 'https://asked/', 'asked'))
    const [target, ...others] = await load({ kubeconfig, env: { KUBECONFIG: join(folder, 'none') } })
    expect(others).toEqual([])
    expect(target).toMatchObject({
      context: 'asked',
      cluster: 'asked',
      server: 'https://asked',
      user: 'asked',
      namespace: 'default',
    })
  })

  test('is that of KUBECONFIG, of which files may be missing', async () => {
    write('.kube/config', config('home', 'https://home', 'home'))
    const listed = [join(folder, 'none'), '', write('a', config('a', 'https://a', 'a'))]
    expect(await load({ env: { KUBECONFIG: listed.join(delimiter) } })).toMatchObject([{ server: 'https://a' }])
  })

  test('is that of the home folder otherwise', async () => {
    write('.kube/config', config('home', 'https://home', 'home'))
    expect(await load({})).toMatchObject([{ server: 'https://home' }])
  })

  test('is merged: the first file has the say about each name, and about the current context', async () => {
    const files = [
      write('a', config('a', 'https://a-of-a')),
      write('b', `${config('a', 'https://a-of-b', 'b')}- name: b\n  context: {cluster: b, user: a}\n`),
      write('c', config('b', 'https://b-of-c', 'a')),
    ]
    const env = { KUBECONFIG: files.join(delimiter) }
    expect(await load({ env })).toMatchObject([{ context: 'b', server: 'https://b-of-c', user: 'a' }])
    expect(await load({ env, contexts: ['a', 'b', 'a'] })).toMatchObject([
      { server: 'https://a-of-a' },
      { context: 'b' },
    ])
  })

  test('may be JSON', async () => {
    const json = { clusters: [{ name: 'a', cluster: { server: 'https://a' } }], users: [{ name: 'a', user: {} }] }
    const contexts = [{ name: 'a', context: { cluster: 'a', user: 'a', namespace: 'shop' } }]
    const kubeconfig = write('config.json', JSON.stringify({ ...json, contexts, 'current-context': 'a' }))
    expect(await load({ kubeconfig })).toMatchObject([{ server: 'https://a', namespace: 'shop' }])
  })

  test('is read as the client library reads it', async () => {
    const kubeconfig = write('deep/config', FULL)
    const library = new KubeConfig()
    library.loadFromFile(kubeconfig)
    for (const { name } of library.getContexts()) {
      const [target] = await load({ kubeconfig, contexts: [name] })
      const { server, user } = target!.access.reveal()
      const { cluster, user: userName, namespace = 'default' } = library.getContextObject(name)!
      const [theirs, them] = [library.getCluster(cluster)!, library.getUser(userName)!]
      expect(target).toMatchObject({ context: name, cluster, user: userName, namespace, server: theirs.server })
      expect(server).toMatchObject({
        server: theirs.server,
        isInsecure: theirs.skipTLSVerify,
        ...defined({ caFile: theirs.caFile, caData: theirs.caData }),
        ...defined({ tlsServerName: theirs.tlsServerName, proxyUrl: theirs.proxyUrl }),
      })
      const { certFile, certData, keyFile, keyData, token, username, password } = them
      expect(user).toMatchObject(defined({ certFile, certData, keyFile, keyData, token, username, password }))
    }
  })

  test('has what the client library leaves out', async () => {
    const kubeconfig = write('deep/config', FULL)
    const [files, plugin] = await load({ kubeconfig, contexts: ['files', 'plugin'] })
    expect(files!.access.reveal().user).toMatchObject({ tokenFile: join(folder, 'deep/tokens/a') })
    expect(plugin!.access.reveal().server).toMatchObject({ refusesCompression: true, execConfig: { audience: 'x' } })
    expect(plugin!.access.reveal().user).toEqual({
      impersonation: [
        ['Impersonate-User', 'jane'],
        ['Impersonate-Uid', '7'],
        ['Impersonate-Group', 'dev'],
        ['Impersonate-Group', 'ops'],
        ['Impersonate-Extra-example.com%2Fscope', 'all'],
      ],
      exec: {
        apiVersion: 'client.authentication.k8s.io/v1',
        command: join(folder, 'deep/bin/plugin'),
        args: ['get', '1'],
        env: { A: 'b' },
        installHint: 'Install it.',
        givesClusterInfo: true,
        interactiveMode: 'Never',
      },
    })
  })
})

const defined = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null))

const FULL = `
apiVersion: v1
kind: Config
clusters:
- name: plain
  cluster:
    server: https://kube.test:6443/path/
    certificate-authority-data: YWJj
    tls-server-name: other.test
    proxy-url: socks5://127.0.0.1:1080
- name: insecure
  cluster:
    server: https://10.0.0.1
    certificate-authority: ../ca.crt
    insecure-skip-tls-verify: true
    disable-compression: true
    extensions:
    - name: other
      extension: {}
    - name: client.authentication.k8s.io/exec
      extension: {audience: x}
users:
- name: certificate
  user: {client-certificate-data: Y2VydA==, client-key: /absolute/key}
- name: files
  user: {client-certificate: cert, client-key-data: a2V5, tokenFile: tokens/a}
- name: basic
  user: {username: jane, password: "007"}
- name: plugin
  user:
    as: jane
    as-uid: "7"
    as-groups: [dev, ops]
    as-user-extra: {example.com/scope: [all]}
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: bin/plugin
      args: [get, "1"]
      env: [{name: A, value: b}]
      installHint: Install it.
      provideClusterInfo: true
      interactiveMode: Never
contexts:
- name: certificate
  context: {cluster: plain, user: certificate, namespace: shop}
- name: files
  context: {cluster: plain, user: files}
- name: basic
  context: {cluster: insecure, user: basic}
- name: plugin
  context: {cluster: insecure, user: plugin}
`

describe('what is wrong with a configuration is said:', () => {
  test.each<[string, () => LoadOptions, Awaited<ReturnType<typeof errorOf>>]>([
    [
      'there is none',
      () => ({}),
      {
        code: 'cluster/no-configuration',
        message: 'there is no kubeconfig, so no cluster is known',
        hint: 'Name a kubeconfig (the flag, KUBECONFIG, or ~/.kube/config), or give files to scan.',
      },
    ],
    [
      'the file asked for does not exist',
      () => ({ kubeconfig: join(folder, 'none') }),
      {
        code: 'cluster/unreadable-configuration',
        message: 'the kubeconfig none does not exist',
        hint: 'Check the path, and that you may read it.',
      },
    ],
    [
      'the file asked for is empty',
      () => ({ kubeconfig: write('empty', '') }),
      {
        code: 'cluster/no-configuration',
        message: 'the kubeconfig empty is empty',
        hint: 'Name a kubeconfig (the flag, KUBECONFIG, or ~/.kube/config), or give files to scan.',
      },
    ],
    [
      'a file is a folder',
      () => ({ env: { KUBECONFIG: folder } }),
      {
        code: 'cluster/unreadable-configuration',
        message: `the kubeconfig FOLDER cannot be read (EISDIR)`,
        hint: 'Check the path, and that you may read it.',
      },
    ],
    [
      'it is no YAML',
      () => ({ kubeconfig: write('bad', 'clusters:\n- name: a\n  cluster: {server: [}\n') }),
      {
        code: 'cluster/malformed-configuration',
        message: expect.stringMatching(/^bad:3: the file is no kubeconfig: /) as string,
        hint: 'kubectl config view --kubeconfig with this file shows whether kubectl can read it.',
      },
    ],
    [
      'it is no mapping',
      () => ({ kubeconfig: write('bad', '- a\n') }),
      {
        code: 'cluster/malformed-configuration',
        message: 'bad:1: the file is no kubeconfig: it is no mapping.',
        hint: 'kubectl config view --kubeconfig with this file shows whether kubectl can read it.',
      },
    ],
    [
      'a text is none',
      () => ({
        kubeconfig: write('config', config('a', 'https://a', 'a').replace('user: a}', 'user: a, namespace: n}')),
      }),
      {
        code: 'cluster/malformed-configuration',
        message: 'config: a value of namespace is no text',
        hint: 'Put it in quotes: YAML takes words such as y, n, on and no, and what looks like a number, for something else.',
      },
    ],
    [
      'no context is current',
      () => ({ kubeconfig: write('config', config('a', 'https://a')) }),
      {
        code: 'cluster/no-current-context',
        message: 'config names no current context',
        hint: 'Choose a context: a.',
      },
    ],
    [
      'a context does not exist, but one like it does',
      () => ({ kubeconfig: write('config', config('production', 'https://a')), contexts: ['porduction'] }),
      { code: 'cluster/unknown-context', message: 'there is no context porduction', hint: 'Did you mean production?' },
    ],
    [
      'a context does not exist, but one that ends so does',
      () => ({ kubeconfig: write('config', config('arn:aws:eks:eu:1:cluster/shop', 'https://a')), contexts: ['shop'] }),
      {
        code: 'cluster/unknown-context',
        message: 'there is no context shop',
        hint: 'Did you mean arn:aws:eks:eu:1:cluster/shop?',
      },
    ],
    [
      'a context does not exist, nor anything like it',
      () => ({ kubeconfig: write('config', config('a', 'https://a')), contexts: ['something'] }),
      { code: 'cluster/unknown-context', message: 'there is no context something', hint: 'There are: a.' },
    ],
    [
      'the cluster of a context is not there',
      () => ({ kubeconfig: write('config', config('a', 'https://a', 'a').replace('cluster: a,', 'cluster: b,')) }),
      {
        code: 'cluster/unknown-cluster',
        message: 'the context a is for the cluster b, which is not there',
        hint: 'Complete config.',
      },
    ],
    [
      'a context names no cluster',
      () => ({ kubeconfig: write('config', config('a', 'https://a', 'a').replace('cluster: a, ', '')) }),
      { code: 'cluster/unknown-cluster', message: 'the context a names no cluster', hint: 'Complete config.' },
    ],
    [
      'a cluster has no server',
      () => ({ kubeconfig: write('config', config('a', '', 'a')) }),
      {
        code: 'cluster/unknown-cluster',
        message: 'the context a is for the cluster a, which has no server',
        hint: 'Complete config.',
      },
    ],
    [
      'the user of a context is not there',
      () => ({ kubeconfig: write('config', config('a', 'https://a', 'a').replace('user: a}', 'user: b}')) }),
      {
        code: 'cluster/unknown-user',
        message: 'the context a is for the user b, who is not there',
        hint: 'Complete config, or log in again with the tool that wrote this context.',
      },
    ],
    [
      'a service account was asked for',
      () => ({ inCluster: true }),
      {
        code: 'cluster/no-configuration',
        message: 'there is no service account here: this is no Pod of a cluster',
        hint: undefined,
      },
    ],
  ])('%s', async (_, options, expected) => {
    const error = await errorOf(options())
    expect({ ...error, message: error.message.replace(folder, 'FOLDER') }).toEqual(expected)
  })
})

describe('in a cluster', () => {
  const env = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' }

  function account(): string {
    write('account/token', 'abc')
    write('account/ca.crt', 'certificate')
    write('account/namespace', 'kubescape\n')
    return join(folder, 'account')
  }

  test('the service account is the way in', async () => {
    const [target] = await load({ env, serviceAccountFolder: account() })
    expect(target).toMatchObject({ context: 'in-cluster', server: 'https://[fd00::1]:443', namespace: 'kubescape' })
    expect(target!.access.reveal()).toMatchObject({
      server: { caFile: join(folder, 'account/ca.crt') },
      user: { tokenFile: join(folder, 'account/token') },
    })
  })

  test('a kubeconfig comes first, unless the service account is asked for', async () => {
    write('.kube/config', config('home', 'https://home', 'home'))
    const serviceAccountFolder = account()
    expect(await load({ env, serviceAccountFolder })).toMatchObject([{ context: 'home' }])
    expect(await load({ env, serviceAccountFolder, inCluster: true })).toMatchObject([{ context: 'in-cluster' }])
  })

  test('the service account may be left aside', async () => {
    const options = { env, serviceAccountFolder: account(), inCluster: false }
    expect(await errorOf(options)).toMatchObject({ code: 'cluster/no-configuration' })
  })

  test('there are no other contexts', async () => {
    const options = { env, serviceAccountFolder: account(), contexts: ['in-cluster', 'other'] }
    expect(await errorOf(options)).toMatchObject({
      message: 'there is no context other',
      hint: 'There are: in-cluster.',
    })
  })
})
