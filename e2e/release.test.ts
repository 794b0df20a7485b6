import { createHash } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { release } from '../tools/release.ts'
import { isInstalled, PLATFORMS } from '../tools/release/platforms.ts'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { root, run, type Run } from './kubescape.ts'

// What is released does not depend on which product the other journeys run on.
const isOwnRun = !process.env['KUBESCAPE_LAUNCHER'] && process.env['KUBESCAPE_FROM_SOURCE'] !== '1'
const platforms = PLATFORMS.filter(isInstalled)
const BASE = 'https://downloads.example.com/kubescape/v0'
const { version } = JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8')) as { version: string }

describe.skipIf(!isOwnRun)('a release', () => {
  const folder = temporaryFolder()
  const out = join(folder, 'out')
  const unpacked = join(folder, 'unpacked')
  const archive = `kubescape_${version}_linux_${process.arch === 'arm64' ? 'arm64' : 'amd64'}.tar.gz`

  beforeAll(async () => {
    await release(out, BASE, platforms)
    mkdirSync(unpacked)
    run('tar', ['-xzf', join(out, archive), '-C', unpacked])
  }, 600_000)

  test('has everything, and checksums of it all that the usual program confirms', () => {
    expect(readdirSync(out).toSorted()).toEqual([
      'Dockerfile',
      'checksums.txt',
      'install.sh',
      `kubescape-${version}.tgz`,
      'kubescape.1',
      'kubescape.json',
      'kubescape.krew.yaml',
      'kubescape.rb',
      ...platforms.map(({ arch }) => `kubescape_${version}_linux_${arch}.tar.gz`),
      'provenance.intoto.json',
      'sbom.cdx.json',
    ])
    expect(run('sha256sum', ['--check', '--strict', 'checksums.txt'], { cwd: out }).code).toBe(0)
    expect(readFileSync(join(out, 'checksums.txt'), 'utf8').trim().split('\n')).toHaveLength(
      readdirSync(out).length - 1,
    )
  })

  test('the executable is one file that needs nothing around it', () => {
    const program = join(unpacked, 'kubescape')
    expect(readdirSync(unpacked).toSorted()).toEqual([
      'LICENSE',
      'LICENSE.node',
      'THIRD_PARTY_NOTICES',
      'kubescape',
      'kubescape.1',
    ])
    const empty = writeFiles(temporaryFolder(), { 'pod.yaml': podYaml('plain') })
    const env = { PATH: '/nowhere', HOME: '/nowhere', TMPDIR: '/nowhere' }
    expect(run(program, ['version'], { cwd: empty, env })).toMatchObject({ code: 0, stderr: '' })
    const scanned = run(program, ['scan', 'framework', 'all', '.', '-f', 'json'], { cwd: empty, env })
    expect(scanned.code).toBe(0)
    expect(JSON.parse(scanned.stdout)).toHaveProperty('summaryDetails')
    expect(readdirSync(empty)).toEqual(['pod.yaml'])
    expect(run(program, ['explain', 'C-0057'], { cwd: empty, env }).stdout).toContain('privileged: true')
  })

  test.skipIf(process.getuid?.() !== 0)('it runs as a user that is on no list, without a home, as images do', () => {
    const place = writeFiles(temporaryFolder(), { 'pod.yaml': podYaml('plain') })
    for (const path of [folder, unpacked, place]) chmodSync(path, 0o755)
    const nobody = ['-u', 'HOME', 'setpriv', '--reuid=65532', '--regid=65532', '--clear-groups', '--no-new-privs']
    const program = join(unpacked, 'kubescape')
    const scanned = run('env', [...nobody, program, 'scan', 'pod.yaml', '-f', 'json'], { cwd: place })
    expect([scanned.code, scanned.stderr]).toEqual([0, expect.stringMatching(/^Overall compliance score: \d+%\n$/)])
    const cluster = run('env', [...nobody, program, 'scan'], { cwd: place, env: { KUBECONFIG: '' } })
    expect([cluster.code, cluster.stderr]).toEqual([1, expect.not.stringContaining('broke off')])
  })

  test('the manual page is troff without complaints, and knows every command', () => {
    const page = readFileSync(join(out, 'kubescape.1'), 'utf8')
    for (const line of page.split('\n').filter((each) => each.startsWith('.'))) {
      expect(line).toMatch(/^\.(TH|SH|SS|TP|PP|B|BR|I|RI|ad)\b/)
    }
    for (const name of ['scan framework', 'scan control', 'list', 'diff', 'completion']) {
      expect(page).toContain(`.SS "kubescape ${name} `)
    }
    if (run('groff', ['--version']).code === 0) {
      const { code, stderr } = run('groff', ['-man', '-Tutf8', '-ww', '-z', join(out, 'kubescape.1')])
      expect([code, stderr]).toEqual([0, ''])
    }
  })

  describe('install.sh', () => {
    /** Runs the script with a clean HOME and the programs of the system alone. */
    function install(
      home: string,
      options: {
        shell?: string
        path?: readonly string[]
        env?: Record<string, string>
        from?: string
        args?: readonly string[]
      } = {},
    ): Run {
      const { shell = 'sh', path = [], env = {}, from = pathToFileURL(out).href, args = [] } = options
      const script = readFileSync(join(out, 'install.sh'), 'utf8')
      return run(
        'env',
        [
          '-i',
          `HOME=${home}`,
          `PATH=${[...path, '/usr/bin', '/bin'].join(delimiter)}`,
          `KUBESCAPE_BASE_URL=${from}`,
          ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
          shell,
          '-s',
          '--',
          ...args,
        ],
        { stdin: script, cwd: home },
      )
    }

    test.each(['bash', 'dash'])('piped into %s it installs into a directory on PATH', (shell) => {
      const home = temporaryFolder()
      const bin = join(home, '.local/bin')
      mkdirSync(bin, { recursive: true })
      const { code, stdout, stderr } = install(home, { shell, path: [bin] })
      expect([code, stderr, stdout]).toEqual([0, '', `kubescape ${version} is installed: ${bin}/kubescape\n`])
      const next = run(shell, ['-c', 'kubescape version'], { env: { HOME: home, PATH: `${bin}:/usr/bin:/bin` } })
      expect(next.stdout).toContain(`kubescape v${version}`)
      expect(readdirSync(bin)).toEqual(['kubescape'])
      expect(install(home, { shell, path: [bin] }).code, 'again').toBe(0)
    })

    test.each(['bash', 'dash'])('without one it prints the line for %s to add', (shell) => {
      const home = temporaryFolder()
      const { code, stdout } = install(home, { shell })
      const line = stdout.trim().split('\n').at(-1)!
      expect([code, line]).toEqual([0, `export PATH="${home}/.local/bin:$PATH"`])
      const next = run(shell, ['-c', `${line}\nkubescape version`], { env: { HOME: home, PATH: '/usr/bin:/bin' } })
      expect(next.stdout).toContain(`kubescape v${version}`)
    })

    test('on GitHub the next step finds it', () => {
      const home = temporaryFolder()
      const file = join(home, 'github-path')
      writeFileSync(file, '')
      expect(install(home, { env: { GITHUB_PATH: file } }).code).toBe(0)
      const added = readFileSync(file, 'utf8').trim()
      expect(added).toBe(`${home}/.local/bin`)
      expect(run(join(added, 'kubescape'), ['version']).code).toBe(0)
    })

    test('any directory on PATH that may be written to will do, and one that is named comes first', () => {
      const home = temporaryFolder()
      const own = join(home, 'my tools')
      mkdirSync(own)
      expect(install(home, { path: [own] }).stdout).toContain(`${own}/kubescape`)
      expect(install(home, { path: [own], args: ['--dir', `${home}/named`] }).stdout).toContain(
        `${home}/named/kubescape\n`,
      )
      expect(existsSync(join(home, 'named/kubescape'))).toBe(true)
    })

    test('a file that is not what was published is not installed', () => {
      const home = temporaryFolder()
      const mirror = join(home, 'mirror')
      mkdirSync(mirror)
      for (const name of ['checksums.txt', archive]) cpSync(join(out, name), join(mirror, name))
      appendFileSync(join(mirror, archive), 'x')
      const { code, stderr } = install(home, { from: mirror })
      expect([code, existsSync(join(home, '.local'))]).toEqual([1, false])
      expect(stderr).toContain('Nothing was installed')
    })

    test('what is missing is named', () => {
      const home = temporaryFolder()
      writeFiles(home, { 'checksums.txt': '' })
      expect(install(home, { from: home }).stderr).toContain('no executable for this machine')
      expect(install(home, { from: '/nowhere' }).stderr).toContain('cannot read /nowhere/checksums.txt')
      expect(install(home, { args: ['--sudo'] }).stderr).toContain('unknown argument: --sudo')
    })
  })

  describe('manifests name what is published, by its digest', () => {
    const digest = (name: string): string =>
      createHash('sha256')
        .update(readFileSync(join(out, name)))
        .digest('hex')

    test('krew', () => {
      const { apiVersion, kind, spec } = parse(readFileSync(join(out, 'kubescape.krew.yaml'), 'utf8')) as {
        apiVersion: string
        kind: string
        spec: {
          version: string
          shortDescription: string
          platforms: { uri: string; sha256: string; bin: string; selector: { matchLabels: Record<string, string> } }[]
        }
      }
      expect([apiVersion, kind, spec.version]).toEqual([
        'krew.googlecontainertools.github.com/v1alpha2',
        'Plugin',
        `v${version}`,
      ])
      expect(spec.shortDescription.length).toBeLessThan(51)
      expect(spec.platforms.map(({ selector }) => selector.matchLabels)).toEqual(
        platforms.map(({ os, arch }) => ({ os, arch })),
      )
      for (const { uri, sha256 } of spec.platforms) expect(sha256).toBe(digest(uri.replace(`${BASE}/`, '')))
    })

    test('scoop', () => {
      const manifest = JSON.parse(readFileSync(join(out, 'kubescape.json'), 'utf8')) as Record<string, string>
      expect(manifest).toMatchObject({
        version,
        depends: 'nodejs',
        bin: 'kubescape.cmd',
        url: `${BASE}/kubescape-${version}.tgz`,
      })
      expect(manifest['hash']).toBe(digest(`kubescape-${version}.tgz`))
    })

    test('Homebrew', () => {
      const formula = readFileSync(join(out, 'kubescape.rb'), 'utf8')
      const pairs = [...formula.matchAll(/url "([^"]+)"\n\s+sha256 "([^"]+)"/g)]
      expect(pairs).toHaveLength(platforms.length + 1)
      for (const [, url = '', sum] of pairs) expect(sum).toBe(digest(url.replace(`${BASE}/`, '')))
      const openers = formula.match(/^\s*(?:class|def|if|test do|on_\w+ do)\b/gm)
      expect(formula.match(/^\s*end$/gm)).toHaveLength(openers!.length)
    })

    test('the image is nobody’s, and its files are of this release', () => {
      const lines = readFileSync(join(out, 'Dockerfile'), 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
      const known = ['FROM', 'ARG', 'ADD', 'ENV', 'USER', 'WORKDIR', 'ENTRYPOINT', 'CMD']
      expect(lines.filter((line) => !known.includes(line.split(' ')[0]!))).toEqual([])
      const [, user] = /^USER (\d+):\d+$/m.exec(lines.join('\n'))!
      expect(Number(user)).toBeGreaterThan(0)
      const [, added] = /^ADD (\S+) /m.exec(lines.join('\n'))!
      expect(added!.replace('${VERSION}', version).replace('${TARGETARCH}', platforms[0]!.arch)).toBe(
        archiveOf(platforms[0]!.arch),
      )
    })

    test('the bill of materials has every library that is inside, with its digest, and Node.js', () => {
      const sbom = JSON.parse(readFileSync(join(out, 'sbom.cdx.json'), 'utf8')) as {
        bomFormat: string
        specVersion: string
        serialNumber: string
        components: { name: string; version: string; purl: string; hashes?: { alg: string; content: string }[] }[]
        dependencies: { ref: string; dependsOn: string[] }[]
      }
      expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' })
      expect(sbom.serialNumber).toMatch(/^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/)
      const notices = readFileSync(join(unpacked, 'THIRD_PARTY_NOTICES'), 'utf8')
      const libraries = sbom.components.filter(({ name }) => name !== 'node')
      expect(libraries.map(({ name }) => name)).toContain('commander')
      for (const { name, version: of, hashes } of libraries) {
        expect(notices).toContain(`${name} ${of} (`)
        expect(hashes).toEqual([{ alg: 'SHA-512', content: expect.stringMatching(/^[\da-f]{128}$/) as string }])
      }
      expect(sbom.components).toContainEqual(expect.objectContaining({ name: 'node', version: process.versions.node }))
      expect(sbom.dependencies[0]!.dependsOn).toHaveLength(sbom.components.length)
    })

    test('the provenance has the digest of every file, and of the commit', () => {
      const statement = JSON.parse(readFileSync(join(out, 'provenance.intoto.json'), 'utf8')) as {
        _type: string
        predicateType: string
        subject: { name: string; digest: { sha256: string } }[]
        predicate: { buildDefinition: { resolvedDependencies: { digest?: { gitCommit: string } }[] } }
      }
      expect(statement).toMatchObject({
        _type: 'https://in-toto.io/Statement/v1',
        predicateType: 'https://slsa.dev/provenance/v1',
      })
      const others = readdirSync(out).filter((name) => name !== 'provenance.intoto.json' && name !== 'checksums.txt')
      expect(statement.subject).toEqual(others.toSorted().map((name) => ({ name, digest: { sha256: digest(name) } })))
      const [source] = statement.predicate.buildDefinition.resolvedDependencies
      expect(source!.digest!.gitCommit).toBe(run('git', ['rev-parse', 'HEAD']).stdout.trim())
    })
  })

  test('krew and Homebrew find the program where the archive has it', () => {
    const bin = temporaryFolder()
    symlinkSync(join(unpacked, 'kubescape'), join(bin, 'kubectl-kubescape'))
    expect(run(join(bin, 'kubectl-kubescape'), ['version']).stdout).toContain(`v${version}`)
    expect(statSync(join(unpacked, 'kubescape')).mode % 0o1000).toBe(0o755)
  })
})

function archiveOf(arch: string): string {
  return `kubescape_${version}_linux_${arch}.tar.gz`
}
