/**
 * The one file of the action, which is two programs: without arguments, as the runner starts it, the action; with arguments,
 * as the action starts it, the command line that it carries.
 */
if (process.argv.length > 2) {
  await import('../../packages/cli/src/main.ts')
} else {
  const { runAction } = await import('./run-action.ts')
  process.exitCode = await runAction(process.env)
}
