/** Published controls are fetched from a server, only when asked for by name. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder, writeFiles } from './folder.ts'
import { kubescape, startKubescape, type Run } from './kubescape.ts'
import { startReceiver, type Receiver, type Reply } from './receiver.ts'

const CONTROL = { controlID: 'C-9001', name: 'Own label', baseScore: 5, rules: [] }
const SHOP = { name: 'Shop', controls: [CONTROL] }
const PUBLISHED: Readonly<Record<string, unknown>> = {
  default_config_inputs: { name: 'default', settings: { postureControlInputs: { wanted: ['a'] } } },
  exceptions: [],
  attack_tracks: [],
  frameworks: [{ name: 'Shop' }, { name: '../evil' }],
  shop: SHOP,
  allcontrols: { name: 'AllControls', controls: [CONTROL] },
}

function published(overrides: Readonly<Record<string, Reply>> = {}): Promise<Receiver> {
  return startReceiver(({ url }) => {
    const name = decodeURIComponent(url.split('/').at(-1) ?? '')
    const value = PUBLISHED[name]
    return overrides[name] ?? (value === undefined ? { status: 404 } : { status: 200, body: JSON.stringify(value) })
  })
}

function download(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
  return startKubescape(['download', ...args], { cwd: folder, env: { HOME: folder, ...env } }).ended
}

function json(...path: readonly string[]): unknown {
  return JSON.parse(readFileSync(join(...path), 'utf8'))
}

describe('what is published is written', () => {
  test('all artifacts, into the cache, under the names that scans look for', async () => {
    const folder = temporaryFolder()
    const server = await published()
    const { code, stderr } = await download(folder, ['artifacts', '--from', server.url])
    expect({ code, stderr: stderr.replaceAll(/[\da-f]{64}/g, 'DIGEST').replaceAll(folder, '') }).toEqual({
      code: 0,
      stderr: ['controls-inputs', 'exceptions', 'attack-tracks', 'shop']
        .map((name) => `Downloaded: /.kubescape/${name}.json (sha256:DIGEST)\n`)
        .join(''),
    })
    const cache = join(folder, '.kubescape')
    expect(readdirSync(cache).toSorted()).toEqual([
      'attack-tracks.json',
      'controls-inputs.json',
      'exceptions.json',
      'shop.json',
    ])
    expect(json(cache, 'controls-inputs.json')).toEqual({ wanted: ['a'] })
    expect(json(cache, 'shop.json')).toEqual(SHOP)
    expect(server.received.every(({ headers }) => headers['user-agent']?.startsWith('kubescape/'))).toBe(true)

    writeFiles(cache, { 'mine.json': '{}', 'config.json': '{}' })
    const gone = kubescape(['config', 'delete', 'cache'], { env: { HOME: folder } })
    expect(gone).toMatchObject({ code: 0, stdout: `4 entries of ${cache} are gone.\n` })
    expect(readdirSync(cache).toSorted()).toEqual(['config.json', 'mine.json'])
  })

  test('a framework into a file, a control into a folder, a release into a folder of its own', async () => {
    const folder = temporaryFolder()
    const server = await published()
    const from = ['--from', server.url]
    expect((await download(folder, ['framework', 'SHOP', '-o', 'own/shop.json', ...from])).code).toBe(0)
    expect(json(folder, 'own/shop.json')).toEqual(SHOP)
    expect((await download(folder, ['control', 'c-9001', '-o', 'own', ...from])).code).toBe(0)
    expect(json(folder, 'own/c-9001.json')).toEqual(CONTROL)
    const tagged = ['exceptions', '--controls-version', 'v2.0.1', '--cache-dir', join(folder, 'cache'), ...from]
    expect((await download(folder, tagged)).code).toBe(0)
    expect(json(folder, 'cache/releases/v2.0.1/exceptions.json')).toEqual([])
  })

  test('a busy server is asked again, and redirections are followed', async () => {
    const folder = temporaryFolder()
    const target = await published()
    const server = await startReceiver((_, at) =>
      at === 0
        ? { status: 503, headers: { 'retry-after': '0' } }
        : { status: 302, headers: { location: `${target.url}/exceptions` } },
    )
    const { code, stderr } = await download(folder, ['exceptions', '-o', 'x.json', '--from', server.url])
    expect({ code, missing: !existsSync(join(folder, 'x.json')) }).toEqual({ code: 0, missing: false })
    expect(stderr).toContain('Not downloaded yet: 503')
  })
})

describe('what cannot be had is said', () => {
  test('with several artifacts the others are written all the same', async () => {
    const folder = temporaryFolder()
    const server = await published({ shop: { status: 404 }, exceptions: { status: 200, body: '<html>' } })
    const { code, stderr } = await download(folder, ['artifacts', '--from', server.url, '-o', 'out'])
    expect(code).toBe(1)
    expect(stderr).toContain(`error: ${server.url}/exceptions is no JSON`)
    expect(stderr).toContain(`error: ${server.url}/shop was not downloaded: there is no such file (404)`)
    expect(readdirSync(join(folder, 'out')).toSorted()).toEqual(['attack-tracks.json', 'controls-inputs.json'])
  })

  const cases: readonly (readonly [what: string, args: readonly string[], message: RegExp])[] = [
    ['an unknown kind', ['everything'], /"everything" cannot be downloaded/],
    ['a control without a name', ['control'], /download control needs a name/],
    ['a control that is not there', ['control', 'C-1'], /the release has no control "C-1"/],
    ['a name that leads elsewhere', ['framework', '../secret'], /is no name of a published file/],
    ['a file for many', ['artifacts', '-o', 'a.json'], /is one file, and several are downloaded/],
    ['a tag with a slash', ['exceptions', '--controls-version', 'a/b'], /is no tag of a release/],
    ['--offline', ['exceptions', '--offline'], /--offline rules out any network/],
    ['an address in the clear', ['exceptions', '--from', 'http://controls.example'], /--from is not encrypted/],
    ['an address with a password', ['exceptions', '--from', 'https://a:b@c.example'], /holds a name or a password/],
    ['no address', ['exceptions', '--from', 'controls'], /--from is no http or https URL/],
    ['no certificates', ['exceptions', '--ca', 'none.pem'], /--ca cannot be read/],
  ]
  test.each(cases)('%s', async (_, args, message) => {
    const folder = temporaryFolder()
    const server = await published()
    const from = args.includes('--from') ? [] : ['--from', server.url]
    const { code, stdout, stderr } = await download(folder, [...args, ...from])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(message)
  })

  test('KS_OFFLINE', async () => {
    const folder = temporaryFolder()
    const server = await published()
    const { code } = await download(folder, ['exceptions', '--from', server.url], { KS_OFFLINE: '1' })
    expect({ code, asked: server.received.length }).toEqual({ code: 1, asked: 0 })
  })
})
