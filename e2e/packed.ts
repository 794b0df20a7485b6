/**
 * Packs the npm package, installs it in an empty folder without network, and runs it there: `node e2e/packed.ts`.
 *
 * The last line is `N passed, N failed`.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pack } from '../tools/pack.ts'
import { root, run, type Run } from './kubescape.ts'

const MAX_PACKED_BYTES = 3 * 2 ** 20

let [passed, failed] = [0, 0]

function check(name: string, ok: boolean, detail: unknown): void {
  if (ok) passed += 1
  else failed += 1
  console.log(`${ok ? 'fine  ' : 'FAILED'} ${name}`)
  if (!ok) console.log(detail)
}

async function journey(folder: string): Promise<void> {
  await pack(join(folder, 'npm'))
  const packed = run('npm', ['pack', '--json', '--pack-destination', folder, join(folder, 'npm')])
  const list = JSON.parse(packed.stdout) as [{ filename: string; size: number; files: { path: string }[] }]
  const [{ filename, size, files }] = list
  const strays = files
    .map(({ path }) => path)
    .filter((path) => !/^(bin|dist)\/|^[A-Z_]+(\.md)?$|^package\.json$/.test(path))
  check('the package holds the launcher, the bundle and nothing else', strays.length === 0 && files.length > 4, files)
  check(`the package is small (${(size / 1024).toFixed(0)} KiB)`, size < MAX_PACKED_BYTES, size)

  const home = join(folder, 'installed')
  mkdirSync(home)
  writeFileSync(join(home, 'package.json'), '{}\n')
  const flags = ['--omit=optional', '--offline', '--no-audit', '--no-fund', '--prefix', home]
  const installed = run('npm', ['install', ...flags, join(folder, filename)], { cwd: home })
  check('it installs without network', installed.code === 0, installed)

  const command = join(home, 'node_modules/.bin/kubescape')
  const { version } = JSON.parse(readFileSync(join(folder, 'npm/package.json'), 'utf8')) as { version: string }
  const tellsVersion = ({ code, stdout }: Run): boolean => code === 0 && stdout.includes(version)
  const env = { KUBESCAPE_FROM_SOURCE: '', KUBESCAPE_NODE: process.execPath }
  const named = run(command, ['version'], { cwd: folder, env })
  check('it runs on a Node.js that is named', tellsVersion(named), named)

  const platform = basename(join(process.execPath, '../..'))
  if (platform.startsWith('node-')) {
    symlinkSync(join(root, 'node_modules', platform), join(home, 'node_modules', platform))
    const beside = run(command, ['version'], {
      cwd: folder,
      env: { ...env, KUBESCAPE_NODE: '', PATH: '/usr/bin:/bin' },
    })
    check('it runs on the Node.js that npm installed beside it', tellsVersion(beside), beside)
  }
}

const folder = mkdtempSync(join(tmpdir(), 'kubescape-packed-'))
try {
  await journey(folder)
} catch (error) {
  check('the journey ends', false, error)
} finally {
  rmSync(folder, { recursive: true })
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
