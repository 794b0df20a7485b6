/** Scaffolds: `npm run new control C-0057 "Privileged container" -- --category workload`. */
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { root } from './root.ts'

/** A new file: where it goes, relative to the root, and what it holds. */
export interface Scaffold {
  readonly path: string
  readonly text: string
}

const LIBRARY = 'packages/controls/src/library'
const USAGE = 'usage: npm run new control C-NNNN "Name in words" -- [--category workload]'

/** Folders of the library and the category each stands for. */
const CATEGORIES: Readonly<Record<string, string>> = {
  'access-control': 'Access control',
  'control-plane': 'Control plane',
  network: 'Network',
  secrets: 'Secrets',
  workload: 'Workload',
}

/**
 * The file of a new control. `taken` are the paths in the library folder. Throws an `Error` with a sentence for the user
 * when the id, the name or the category does not do.
 */
export function controlScaffold(id: string, name: string, category: string, taken: readonly string[]): Scaffold {
  const digits = /^C-(\d{4})$/.exec(id)?.[1]
  if (digits === undefined) throw new Error(`${id} is not an id: write C- and four digits, as in C-0057`)
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  if (slug === '') throw new Error('the name needs at least one letter or digit')
  const title = CATEGORIES[category]
  if (title === undefined) throw new Error(`no category ${category}: there are ${Object.keys(CATEGORIES).join(', ')}`)
  const twin = taken.find((path) => path.split('/').at(-1)?.startsWith(`c-${digits}`))
  if (twin !== undefined) throw new Error(`${id} exists: ${LIBRARY}/${twin}`)
  const path = `${LIBRARY}/${category}/c-${digits}-${slug}.ts`
  const template = readFileSync(join(root, 'tools/templates/control.txt'), 'utf8')
  const values: Record<string, string> = { id, name: quote(name), category: quote(title) }
  return { path, text: template.replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => values[key] ?? '') }
}

/** As the formatter writes a string: in single quotes, unless it holds one. */
function quote(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text.replaceAll('\\', String.raw`\\`)}'`
}

function main(): void {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { category: { type: 'string', default: 'workload' } },
  })
  const [noun, id, ...words] = positionals
  if (noun !== 'control' || id === undefined || words.length === 0) throw new Error(USAGE)
  const taken = globSync('*/c-*.ts', { cwd: join(root, LIBRARY) })
  const { path, text } = controlScaffold(id, words.join(' '), values.category, taken)
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text, { flag: 'wx' })
  console.log(`wrote ${path}

Next:
  1. fill in why, repair, baseScore and checks; every FILL-IN that is left fails the registry test
  2. list ${id} in the frameworks that should run it: packages/controls/src/frameworks
  3. npm run generate      adds it to the registry
  4. npm test`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    main()
  } catch (error) {
    console.error(`new: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }
}
