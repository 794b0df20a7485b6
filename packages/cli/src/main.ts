/** Entry of the command line: answers what needs nothing at once, and loads the rest only when it is asked for. */
declare const __VERSION__: string | undefined

// The build defines the version; without it this is the source, which the launcher gives a compile cache of its own.
const isBundle = typeof __VERSION__ !== 'undefined'
if (!isBundle) await import('./source-loading.ts')

const [command, ...rest] = process.argv.slice(2)

if ((command === 'version' && rest.length === 0) || command === '--version') {
  const { print } = await import('./print.ts')
  const { versionText } = await import('./version.ts')
  print(`${versionText()}\n`)
} else {
  if (isBundle) prepareLoading()
  const { runProgram } = await import('./program.ts')
  process.exitCode = await runProgram(process.argv.slice(2))
  // Everything is written by now. What still lingers, such as a name that nobody resolves, must not hold the shell.
  setTimeout(() => process.exit(), 100).unref()
}

/**
 * What has been compiled once is kept for the next start, in the user's cache directory. The parts of a bundle name each other by
 * file, so there is nothing to search for: Node's search costs more than a third of what loading them does.
 */
function prepareLoading(): void {
  const { enableCompileCache, registerHooks } = process.getBuiltinModule('node:module')
  const { HOME = '', NODE_COMPILE_CACHE, XDG_CACHE_HOME } = process.env
  const cache = XDG_CACHE_HOME || (HOME === '' ? '' : `${HOME}/.cache`)
  if (NODE_COMPILE_CACHE === undefined && cache !== '') enableCompileCache(`${cache}/kubescape/compile`)
  const bundle = new URL('.', import.meta.url).href
  registerHooks({
    resolve(specifier, context, next) {
      const isPart = specifier.startsWith('.') && context.parentURL?.startsWith(bundle)
      if (!isPart) return next(specifier, context)
      return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true }
    },
  })
}
