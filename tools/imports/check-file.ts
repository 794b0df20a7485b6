/** Holds the imports of one file against the house's boundaries. */
import { dirname, posix } from 'node:path'
import { isBuiltin } from 'node:module'
import { BOUNDARIES, SIBLINGS, WIRING } from './boundaries.ts'
import { type ImportEdge, readSource } from './read-source.ts'

/** What the checker needs of a `package.json`. */
export interface Manifest {
  readonly name: string
  readonly dependencies: readonly string[]
  /** Keys of the `exports` map: `.` and, where a package has parts that are loaded by themselves, `./part`. */
  readonly exports: readonly string[]
}

/** The manifests of the house: one per package folder name, and the root's, whose tools any test may use. */
export interface Manifests {
  readonly packages: ReadonlyMap<string, Manifest>
  readonly root: Manifest
}

const SCOPE = '@kubescape/'

/**
 * Gives one sentence per broken rule, as `path:line message`. `path` is relative to the repository root, with slashes.
 * Files outside `packages/` may import anything that the root or their package declares.
 */
export function checkFile(path: string, text: string, manifests: Manifests): string[] {
  const facts = readSource(path, text)
  const owner = packageOf(path)
  const problems = facts.syntaxErrors.map((message) => `${path}:1 ${message}`)
  if (owner === undefined) return problems
  const isTest = path.endsWith('.test.ts')
  const boundary = BOUNDARIES[owner] ?? { mayImport: [], pure: false }
  for (const edge of facts.imports) {
    const message = edge.specifier.startsWith('.')
      ? checkRelative(path, owner, edge)
      : checkBare(owner, edge, manifests, isTest)
    if (message !== undefined) problems.push(`${path}:${edge.line} ${message}`)
    if (boundary.pure && !isTest && isBuiltin(edge.specifier)) {
      problems.push(`${path}:${edge.line} ${owner} is pure and must not import ${edge.specifier}`)
    }
  }
  if (boundary.pure && !isTest) {
    for (const use of facts.impure) problems.push(`${path}:${use.line} ${owner} is pure and must not use ${use.name}`)
  }
  return problems
}

/** Name of the package folder that a path lies in. */
function packageOf(path: string): string | undefined {
  return /^packages\/([^/]+)\//.exec(path)?.[1]
}

function checkRelative(path: string, owner: string, edge: ImportEdge): string | undefined {
  const target = posix.join(dirname(path), edge.specifier)
  if (packageOf(target) !== owner) return `${edge.specifier} leaves the package; import it by its name`
  for (const siblings of SIBLINGS) {
    const from = memberOf(path, siblings)
    const to = memberOf(target, siblings)
    if (from !== undefined && to !== undefined && from !== to) {
      return `${siblings.noun} ${from} must not import ${siblings.noun} ${to}`
    }
  }
  return undefined
}

/** The member of a siblings folder that a path belongs to; `index.ts` and files above the depth belong to nobody. */
function memberOf(path: string, { folder, depth }: (typeof SIBLINGS)[number]): string | undefined {
  if (!path.startsWith(`${folder}/`)) return undefined
  const segments = path.slice(folder.length + 1).split('/')
  const isFolderOfFolders = folder.endsWith('/src')
  if (segments.length < depth || (segments.at(-1) === 'index.ts' && segments.length <= depth)) return undefined
  if (isFolderOfFolders && segments.length === depth) return undefined
  return segments
    .slice(0, depth)
    .join('/')
    .replace(/(\.test)?\.ts$/, '')
}

function checkBare(owner: string, edge: ImportEdge, manifests: Manifests, isTest: boolean): string | undefined {
  const { specifier } = edge
  if (specifier === '?') return 'a dynamic import needs a literal specifier'
  if (isBuiltin(specifier)) return specifier.startsWith('node:') ? undefined : `write node:${specifier}`
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  if (name.startsWith(SCOPE)) return checkPackage(owner, name.slice(SCOPE.length), edge, manifests, isTest)
  const declared = manifests.packages.get(owner)?.dependencies.includes(name) ?? false
  const isTool = isTest && manifests.root.dependencies.includes(name)
  return declared || isTool ? undefined : `${name} is not declared in packages/${owner}/package.json`
}

function checkPackage(
  owner: string,
  target: string,
  edge: ImportEdge,
  manifests: Manifests,
  isTest: boolean,
): string | undefined {
  const boundary = BOUNDARIES[owner] ?? { mayImport: [], pure: false }
  const part = edge.specifier.replace(`${SCOPE}${target}`, '.')
  if (part !== '.' && !manifests.packages.get(target)?.exports.includes(part)) {
    return `${edge.specifier} is a deep import; use ${SCOPE}${target}`
  }
  // Tests build what they judge with the packages above: a format is tested on the report of a real scan.
  if (isTest) return undefined
  if (!mayImport(owner, target)) return `${owner} must not import ${target}`
  if (boundary.typesOnly && !edge.typeOnly) return `${owner} may import only types of ${target}`
  const declared = manifests.packages.get(owner)?.dependencies.includes(`${SCOPE}${target}`) ?? false
  return declared ? undefined : `${SCOPE}${target} is not declared in packages/${owner}/package.json`
}

/** Whether one package may import another, by the table. */
export function mayImport(owner: string, target: string): boolean {
  const allowed = BOUNDARIES[owner]?.mayImport ?? []
  return allowed === 'everything' ? target in BOUNDARIES && !WIRING.includes(target) : allowed.includes(target)
}
