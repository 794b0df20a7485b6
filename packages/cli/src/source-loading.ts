/**
 * Quicker loading when running from source. The sources name each other by file, so most of Node's search for modules (looking
 * at every folder on the way, following links) finds out what the import already says. Node's own modules are taken without the
 * view of all their exports that an import builds; the build does the same (tools/build.ts). The controls come as one module, and
 * what is left of sources without their types is kept where Node keeps what it has compiled.
 */
import { KeptSources } from './kept-sources.ts'
import { filesOf, mergeModules } from './merge-modules.ts'

const { readFileSync } = process.getBuiltinModule('node:fs')
const { registerHooks, stripTypeScriptTypes } = process.getBuiltinModule('node:module')

const WORKSPACE = /^@kubescape\/([a-z]+)(\/[a-z]+)?$/
const PACKAGES = new URL('../../', import.meta.url)
/** Whoever looks at the sources with a debugger wants to find them where they are. */
const REGISTRY = isDebugged() ? '' : new URL('controls/src/library/index.ts', PACKAGES).href
const MERGED = 'merged registry'
const MERGING = decodeURIComponent(new URL('cli/src/merge-modules.ts', PACKAGES).pathname)
const BUILTIN = 'kubescape-builtin:'
/**
 * What commander takes of modules that load much. It starts child processes only for sub-commands that are programs of their
 * own, which kubescape has none of; and whoever looks at all of `node:util` loads streams and sockets.
 */
const FOR_COMMANDER: Readonly<Record<string, string>> = {
  'node:child_process': 'data:text/javascript,export default {}',
  'node:util': `data:text/javascript,export const { stripVTControlCharacters } = process.getBuiltinModule('node:util')`,
}

const { NODE_COMPILE_CACHE } = process.env
const kept = NODE_COMPILE_CACHE
  ? new KeptSources(NODE_COMPILE_CACHE, `sources ${process.version} ${PACKAGES.pathname}`)
  : undefined
process.on('exit', () => kept?.save())

registerHooks({
  resolve(specifier, context, next) {
    const parent = context.parentURL ?? ''
    const isCommander = parent.includes('/node_modules/commander/')
    if (!isCommander && !parent.endsWith('.ts')) return next(specifier, context)
    if (isCommander && specifier in FOR_COMMANDER) return module(FOR_COMMANDER[specifier] ?? '')
    if (specifier.startsWith('node:')) return module(`${BUILTIN}${specifier}`)
    if (specifier.startsWith('.')) return file(new URL(specifier, parent))
    const [, name, part = ''] = WORKSPACE.exec(specifier) ?? []
    return name === undefined ? next(specifier, context) : file(new URL(`${name}/src${part}/index.ts`, PACKAGES))
  },
  load(url, context, next) {
    if (url.startsWith(BUILTIN)) return source(builtinSource(url.slice(BUILTIN.length)), 'module')
    if (url === REGISTRY) {
      const make = (): string => mergeModules(new URL(url))
      if (kept === undefined) return source(make(), 'module-typescript')
      const files = [...filesOf(new URL(url)), MERGING]
      return source(
        kept.code(MERGED, files, () => stripTypeScriptTypes(make())),
        'module',
      )
    }
    if (kept === undefined || !url.endsWith('.ts')) return next(url, context)
    const path = decodeURIComponent(new URL(url).pathname)
    return source(
      kept.code(path, [path], () => stripTypeScriptTypes(readFileSync(path, 'utf8'))),
      'module',
    )
  },
})

/** Exports what is there; what would have to be loaded first (a getter) is left out. */
function builtinSource(name: string): string {
  const properties = Object.entries(Object.getOwnPropertyDescriptors(process.getBuiltinModule(name) ?? {}))
  const names = properties.filter(
    ([key, property]) => 'value' in property && /^[a-z]\w*$/i.test(key) && key !== 'default',
  )
  return [
    `const builtin = process.getBuiltinModule('${name}')`,
    'export default builtin',
    `export const { ${names.map(([key]) => key).join(', ')} } = builtin`,
  ].join('\n')
}

function isDebugged(): boolean {
  return [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].some((option) => option.includes('--inspect'))
}

function source(text: string, format: string): { source: string; format: string; shortCircuit: true } {
  return { source: text, format, shortCircuit: true }
}

function module(url: string): { url: string; format: string; shortCircuit: true } {
  return { url, format: 'module', shortCircuit: true }
}

/** Of other files than ours Node finds out itself what they are. */
function file({ href }: URL): { url: string; format?: string; shortCircuit: true } {
  return { url: href, shortCircuit: true, ...(href.endsWith('.ts') ? { format: 'module-typescript' } : {}) }
}
