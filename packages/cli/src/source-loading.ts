/**
 * Quicker loading when running from source: the sources name each other by file, so most of Node's search for modules (looking
 * at every folder on the way, following links) finds out what the import already says.
 */
const { registerHooks } = process.getBuiltinModule('node:module')

const WORKSPACE = /^@kubescape\/([a-z]+)$/
const PACKAGES = new URL('../../', import.meta.url)

registerHooks({
  resolve(specifier, context, next) {
    const parent = context.parentURL
    if (parent === undefined || !parent.endsWith('.ts')) return next(specifier, context)
    const workspace = WORKSPACE.exec(specifier)
    if (workspace !== null) return typescript(new URL(`${workspace[1] ?? ''}/src/index.ts`, PACKAGES))
    if (specifier.startsWith('.') && specifier.endsWith('.ts')) return typescript(new URL(specifier, parent))
    return next(specifier, context)
  },
})

function typescript({ href }: URL): { url: string; format: string; shortCircuit: true } {
  return { url: href, format: 'module-typescript', shortCircuit: true }
}
