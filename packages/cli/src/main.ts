/** Entry of the command line: answers what needs nothing at once, and loads the rest only when it is asked for. */
declare const __VERSION__: string | undefined

// The build defines the version; without it this is the source.
if (typeof __VERSION__ === 'undefined') await import('./source-loading.ts')

const [command, ...rest] = process.argv.slice(2)

if ((command === 'version' && rest.length === 0) || command === '--version') {
  const { versionText } = await import('./version.ts')
  process.stdout.write(`${versionText()}\n`)
} else {
  const { runProgram } = await import('./program.ts')
  process.exitCode = await runProgram(process.argv.slice(2))
}
