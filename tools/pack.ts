/** Lays out the folder that is published as the npm package `kubescape`: `npm run pack` writes `dist/npm`. */
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Metafile } from 'esbuild'
import { build, buildFacts } from './build.ts'
import { root } from './root.ts'

interface Manifest {
  readonly name: string
  readonly version: string
  readonly description?: string
  readonly license?: string
  readonly engines?: Record<string, string>
  readonly optionalDependencies?: Record<string, string>
}

/** Bundles the command into `folder`, with launcher, licences and manifest. Everything but Node.js itself is inside. */
export async function pack(folder: string = join(root, 'dist/npm')): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'bin'), { recursive: true })
  const metafile = await build(join(folder, 'dist'))
  cpSync(join(root, 'packages/cli/bin/kubescape'), join(folder, 'bin/kubescape'))
  chmodSync(join(folder, 'bin/kubescape'), 0o755)
  for (const name of ['LICENSE', 'README.md']) cpSync(join(root, name), join(folder, name))
  writeFileSync(join(folder, 'THIRD_PARTY_NOTICES'), renderNotices(bundledPackages(metafile)))
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(publishedManifest(), null, 2)}\n`)
}

/** The manifest users see: no dependencies, only the Node.js of their platform. */
function publishedManifest(): object {
  const { description, license, engines, optionalDependencies } = readManifest(root)
  return {
    name: 'kubescape',
    version: buildFacts().version,
    description,
    keywords: ['kubernetes', 'security', 'scanner', 'compliance', 'helm', 'yaml'],
    license,
    type: 'module',
    bin: { kubescape: 'bin/kubescape' },
    files: ['bin', 'dist', 'THIRD_PARTY_NOTICES'],
    engines,
    optionalDependencies,
  }
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
}

/** Folders of the third-party packages whose code is in the bundle. */
function bundledPackages(metafile: Metafile): string[] {
  const folders = new Set<string>()
  for (const path of Object.keys(metafile.inputs)) {
    const folder = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0]
    if (folder !== undefined) folders.add(folder)
  }
  return [...folders].toSorted()
}

function renderNotices(folders: readonly string[]): string {
  const notices = folders.map((folder) => {
    const { name, version, license } = readManifest(join(root, folder))
    return `${name} ${version} (${license ?? 'see below'})\n\n${licenceText(join(root, folder))}`
  })
  return `This product contains the following third-party software.\n\n${notices.join(`\n${'-'.repeat(80)}\n\n`)}`
}

function licenceText(folder: string): string {
  const name = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
  return name !== undefined && existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : ''
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await pack()
  console.log('pack: wrote dist/npm; publish it with: npm publish dist/npm')
}
