/** What the licences of bundled libraries ask for: their texts beside the bundle. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Metafile } from 'esbuild'
import { root } from './root.ts'

/** What the manifest of a package says. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly description?: string
  readonly license?: string
  readonly engines?: Record<string, string>
  readonly optionalDependencies?: Record<string, string>
}

/** Reads `package.json` of a folder. */
export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
}

/** Folders, relative to the root, of the third-party packages whose code is in a bundle. */
export function bundledPackages(metafile: Metafile): string[] {
  const folders = new Set<string>()
  for (const path of Object.keys(metafile.inputs)) {
    const folder = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0]
    if (folder !== undefined) folders.add(folder)
  }
  return [...folders].toSorted()
}

/** The licences of the packages in these folders. */
export function renderNotices(folders: readonly string[]): string {
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
