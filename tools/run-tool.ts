/** Runs an installed development tool on the Node.js that came with the repository. */
import { spawnSync } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { root } from './root.ts'

/** How a tool ended, and what it printed on both streams. */
export interface ToolResult {
  readonly ok: boolean
  readonly output: string
}

/** Environment in which `node` and the installed tools are found first. */
export function toolEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter) }
}

/** Runs a tool at the repository root and waits for it. A tool that cannot be started is a failure, not an exception. */
export function runTool(name: string, ...args: string[]): ToolResult {
  const result = spawnSync(name, args, { cwd: root, env: toolEnvironment(), encoding: 'utf8', maxBuffer: 2 ** 28 })
  const output = result.error ? String(result.error) : result.stdout + result.stderr
  return { ok: result.status === 0, output: output.trim() }
}
