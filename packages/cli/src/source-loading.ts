/**
 * Quicker loading when running from source. The sources name each other by file, so most of Node's search for modules (looking
 * at every folder on the way, following links) finds out what the import already says. Node's own modules are taken without the
 * view of all their exports that an import builds; the build does the same (tools/build.ts).
 */
const { registerHooks } = process.getBuiltinModule('node:module')

const WORKSPACE = /^@kubescape\/([a-z]+)$/
const PACKAGES = new URL('../../', import.meta.url)
const BUILTIN = 'kubescape-builtin:'
/** commander asks for child processes only to start sub-commands that are programs of their own; kubescape has none. */
const UNUSED = 'data:text/javascript,export default {}'

registerHooks({
  resolve(specifier, context, next) {
    const parent = context.parentURL ?? ''
    if (specifier === 'node:child_process' && parent.includes('/node_modules/commander/')) return module(UNUSED)
    if (!parent.endsWith('.ts')) return next(specifier, context)
    if (specifier.startsWith('node:')) return module(`${BUILTIN}${specifier}`)
    const workspace = WORKSPACE.exec(specifier)
    if (workspace !== null) return typescript(new URL(`${workspace[1] ?? ''}/src/index.ts`, PACKAGES))
    if (specifier.startsWith('.') && specifier.endsWith('.ts')) return typescript(new URL(specifier, parent))
    return next(specifier, context)
  },
  load(url, context, next) {
    if (!url.startsWith(BUILTIN)) return next(url, context)
    return { format: 'module', source: builtinSource(url.slice(BUILTIN.length)), shortCircuit: true }
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

function module(url: string): { url: string; format: string; shortCircuit: true } {
  return { url, format: 'module', shortCircuit: true }
}

function typescript({ href }: URL): { url: string; format: string; shortCircuit: true } {
  return { url: href, format: 'module-typescript', shortCircuit: true }
}
