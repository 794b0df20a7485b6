/**
 * Makes everything that is published of a version: `npm run release -- --out DIRECTORY [--base-url URL]`.
 *
 * `--base-url` is where the files will be; without it the manifests name the directory itself, which is what tests need. An
 * executable is made for each machine whose Node.js is installed. The same commit and Node.js give the same bytes.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { actionFiles } from './build-action.ts'
import { type BuildFacts, buildFacts } from './build.ts'
import { bundledPackages, readManifest, renderNotices } from './notices.ts'
import { pack } from './pack.ts'
import { type Entry, sha256, tarGz } from './release/archive.ts'
import { writeExecutable } from './release/executable.ts'
import { renderManPage } from './release/man-page.ts'
import { type Release, renderFormula, renderKrew, renderScoop } from './release/package-managers.ts'
import { archiveName, isInstalled, type Platform, PLATFORMS } from './release/platforms.ts'
import { renderProvenance } from './release/provenance.ts'
import { renderSbom } from './release/sbom.ts'
import { root } from './root.ts'
import { toolEnvironment } from './run-tool.ts'
import { bundleSingleFile, type SingleFile } from './single-file.ts'

const TEMPLATES = join(root, 'tools/release')

/**
 * Writes the release into an empty or new directory.
 * @throws when the committed action is older than the sources, or something does not build
 */
export async function release(out: string, baseUrl: string, platforms: readonly Platform[]): Promise<void> {
  await requireFreshAction()
  const facts = buildFacts()
  mkdirSync(out, { recursive: true })
  if (readdirSync(out).length > 0) throw new Error(`${out} is not empty`)
  const tarball = await writeTarball(out)
  const bundle = await bundleSingleFile('packages/cli/src/main.ts', facts, { examples: true, banner: '' })
  for (const platform of platforms) writeArchive(out, platform, bundle, facts)
  const { description = '', license: licence = '' } = readManifest(root)
  const digest = (name: string): string => sha256(join(out, name))
  writeManifests(out, { version: facts.version, description, licence, baseUrl, platforms, tarball, digest })
  writeInstaller(out, facts, baseUrl)
  cpSync(join(TEMPLATES, 'Dockerfile'), join(out, 'Dockerfile'))
  writeFileSync(join(out, 'kubescape.1'), renderManPage(facts))
  writeFileSync(join(out, 'sbom.cdx.json'), renderSbom(facts, bundledPackages(bundle.metafile), nodeVersion()))
  writeStatements(out, facts, baseUrl)
}

/** Runners take the action from the commit of the tag. */
async function requireFreshAction(): Promise<void> {
  for (const [path, text] of await actionFiles()) {
    if (readFileSync(join(root, path), 'utf8') !== text) {
      throw new Error(`${path} is older than the sources; run: npm run build:action, and commit it`)
    }
  }
}

async function writeTarball(out: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'kubescape-release-'))
  try {
    await pack(folder)
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', out, folder]
    const printed = execFileSync('npm', args, { cwd: out, env: toolEnvironment(), encoding: 'utf8' })
    return (JSON.parse(printed) as [{ filename: string }])[0].filename
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function writeArchive(out: string, platform: Platform, { code, metafile }: SingleFile, facts: BuildFacts): void {
  const executable = join(out, '.kubescape')
  writeExecutable(executable, code, platform)
  const entries: Entry[] = [
    { name: 'kubescape', content: readFileSync(executable), isExecutable: true },
    textEntry('kubescape.1', renderManPage(facts)),
    textEntry('LICENSE', readFileSync(join(root, 'LICENSE'), 'utf8')),
    textEntry('THIRD_PARTY_NOTICES', renderNotices(bundledPackages(metafile))),
    textEntry('LICENSE.node', readFileSync(join(platform.nodeFolder, 'LICENSE'), 'utf8')),
  ]
  rmSync(executable)
  writeFileSync(join(out, archiveName(platform, facts.version)), tarGz(entries))
}

function textEntry(name: string, content: string): Entry {
  return { name, content: Buffer.from(content) }
}

function writeManifests(out: string, about: Release): void {
  writeFileSync(join(out, 'kubescape.rb'), renderFormula(about))
  writeFileSync(join(out, 'kubescape.json'), renderScoop(about))
  writeFileSync(join(out, 'kubescape.krew.yaml'), renderKrew(about))
}

function writeInstaller(out: string, { version }: BuildFacts, baseUrl: string): void {
  // It stands between single quotes there.
  if (/['\\\s]/.test(baseUrl)) throw new Error(`--base-url has characters that a URL would escape: ${baseUrl}`)
  const template = readFileSync(join(TEMPLATES, 'install.sh'), 'utf8')
  const file = join(out, 'install.sh')
  writeFileSync(file, template.replaceAll('@VERSION@', version).replaceAll('@BASE_URL@', baseUrl))
  chmodSync(file, 0o755)
}

/** Digests of all that is there, and last the digest of the statement that lists them. */
function writeStatements(out: string, facts: BuildFacts, baseUrl: string): void {
  const subjects = readdirSync(out)
    .toSorted()
    .map((name) => ({ name, sha256: sha256(join(out, name)) }))
  const build = { baseUrl, nodeVersion: nodeVersion(), env: process.env }
  writeFileSync(join(out, 'provenance.intoto.json'), renderProvenance(facts, subjects, build))
  const statement = { name: 'provenance.intoto.json', sha256: sha256(join(out, 'provenance.intoto.json')) }
  const lines = [...subjects, statement].map(({ name, sha256: digest }) => `${digest}  ${name}\n`)
  writeFileSync(join(out, 'checksums.txt'), lines.join(''))
}

/** The Node.js that is built in, and that builds: the releases of both have to be the same. */
function nodeVersion(): string {
  return process.versions.node
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { out: { type: 'string' }, 'base-url': { type: 'string' } } })
  const out = resolve(values.out ?? join(root, 'dist/release'))
  const baseUrl = (values['base-url'] ?? pathToFileURL(out).href).replace(/\/+$/, '')
  const platforms = PLATFORMS.filter(isInstalled)
  await release(out, baseUrl, platforms)
  for (const { os, arch, nodeFolder } of PLATFORMS) {
    if (!isInstalled({ os, arch, nodeFolder })) console.log(`no executable for ${os} ${arch}: ${nodeFolder} is missing`)
  }
  console.log(readFileSync(join(out, 'checksums.txt'), 'utf8').trimEnd())
}
