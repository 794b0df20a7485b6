/** Lays out the folder that is published as the npm package `kubescape`: `npm run pack` writes `dist/npm`. */
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, buildFacts } from './build.ts'
import { bundledPackages, readManifest, renderNotices } from './notices.ts'
import { root } from './root.ts'

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

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await pack()
  console.log('pack: wrote dist/npm; publish it with: npm publish dist/npm')
}
