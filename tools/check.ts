/**
 * Everything that can be said about the sources without running them: `npm run check`, or `npm run check -- types lint`.
 *
 * One line per check; what a failing check printed stands above its line. The last line counts them.
 */
import { checkFiles } from './check-files.ts'
import { checkImports } from './check-imports.ts'
import { staleCommandPage } from './command-page.ts'
import { staleConfigSchema } from './config-schema.ts'
import { staleControlPages } from './control-pages.ts'
import { staleFiles } from './generate.ts'
import { staleHtmlPage } from './html-page.ts'
import { runTool, type ToolResult } from './run-tool.ts'

const CHECKS: Readonly<Record<string, () => ToolResult | Promise<ToolResult>>> = {
  types: () =>
    firstFailure(
      () => runTool('tsc', '--singleThreaded'),
      // The script of the HTML report, and the tests that look at it, run in browsers.
      () => runTool('tsc', '--singleThreaded', '-p', 'packages/formats/page'),
      () => runTool('tsc', '--singleThreaded', '-p', 'e2e/browser'),
    ),
  lint: () => runTool('oxlint', '--type-aware', '--deny-warnings', '--report-unused-disable-directives'),
  format: () => runTool('oxfmt', '--check'),
  imports: () => fromProblems(checkImports().problems),
  unused: () =>
    firstFailure(
      () => runTool('knip', '--no-progress'),
      () => runTool('knip', '--no-progress', '--production'),
    ),
  files: () => fromProblems(checkFiles()),
  generated: async () =>
    fromProblems(
      [
        ...staleFiles(),
        ...(await staleControlPages()),
        ...(await staleConfigSchema()),
        ...(await staleHtmlPage()),
        ...(await staleCommandPage()),
      ].map((path) => `${path} is out of date; run: npm run generate`),
    ),
}

function fromProblems(problems: readonly string[]): ToolResult {
  return { ok: problems.length === 0, output: problems.join('\n') }
}

function firstFailure(...runs: (() => ToolResult)[]): ToolResult {
  for (const run of runs) {
    const result = run()
    if (!result.ok) return result
  }
  return { ok: true, output: '' }
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in CHECKS))
if (unknown.length > 0) {
  console.error(`check: unknown: ${unknown.join(', ')}; there are ${Object.keys(CHECKS).join(', ')}`)
  process.exit(2)
}

let failed = 0
const names = asked.length > 0 ? asked : Object.keys(CHECKS)
for (const name of names) {
  const start = performance.now()
  const { ok, output } = (await CHECKS[name]?.()) ?? fromProblems([])
  if (!ok) {
    failed += 1
    console.log(output)
  }
  console.log(`${ok ? 'fine  ' : 'FAILED'} ${name.padEnd(10)} ${((performance.now() - start) / 1000).toFixed(1)} s`)
}
console.log(`${names.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
