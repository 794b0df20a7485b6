/** What is inside, as CycloneDX 1.6 JSON: the libraries of the bundle and the Node.js around it. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BuildFacts } from '../build.ts'
import { readManifest } from '../notices.ts'
import { root } from '../root.ts'

interface Lock {
  readonly packages: Readonly<Record<string, { readonly integrity?: string }>>
}

interface Component {
  readonly type: string
  readonly 'bom-ref': string
  readonly name: string
  readonly version: string
  readonly purl: string
}

/** The document as text; `folders` are those of the bundled packages, relative to the root. */
export function renderSbom({ version, date }: BuildFacts, folders: readonly string[], nodeVersion: string): string {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock
  const components = [...folders.map((folder) => library(folder, lock)), runtime(nodeVersion)]
  const product = application(version)
  const content = JSON.stringify([product, components])
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(content)}`,
    version: 1,
    metadata: { ...(date === '' ? {} : { timestamp: date }), component: product },
    components,
    dependencies: [{ ref: product['bom-ref'], dependsOn: components.map((component) => component['bom-ref']) }],
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

function application(version: string): Component {
  const purl = `pkg:npm/kubescape@${version}`
  return { type: 'application', 'bom-ref': purl, name: 'kubescape', version, purl }
}

function library(folder: string, { packages }: Lock): Component {
  const { name, version, license } = readManifest(join(root, folder))
  // The scope of a package URL is its namespace: the @ is escaped, the slash is not.
  const purl = `pkg:npm/${name.replace(/^@/, '%40')}@${version}`
  // Where the folder of libraries is a link, it lies elsewhere.
  const integrity = packages[folder.slice(folder.indexOf('node_modules/'))]?.integrity
  const [algorithm = '', digest = ''] = (integrity ?? '').split('-')
  const hash = { alg: algorithm.replace(/^sha/, 'SHA-'), content: Buffer.from(digest, 'base64').toString('hex') }
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    ...(integrity === undefined ? {} : { hashes: [hash] }),
    ...(license === undefined ? {} : { licenses: [{ license: { id: license } }] }),
    purl,
  }
}

function runtime(version: string): Component {
  const purl = `pkg:github/nodejs/node@v${version}`
  return { type: 'platform', 'bom-ref': purl, name: 'node', version, purl }
}

/** A name-based UUID: the same content has the same. */
function uuidOf(content: string): string {
  const digits = createHash('sha256').update(content).digest('hex')
  const groups = [digits.slice(0, 8), digits.slice(8, 12), `8${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`]
  return [...groups, digits.slice(20, 32)].join('-')
}
