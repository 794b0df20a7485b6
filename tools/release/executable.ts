/** The single executable: Node.js with the bundle inside, made by Node.js itself. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Platform } from './platforms.ts'

/**
 * The flags of the launcher, packages/cli/bin/kubescape: docs/decisions/0005 says why. Without `--no-lazy`, which pays where
 * compiled code is kept from start to start: here it is not.
 */
const NODE_FLAGS = [
  '--disable-warning=ExperimentalWarning',
  '--no-turbofan',
  '--single-threaded-gc',
  '--min-semi-space-size=16',
  '--max-semi-space-size=32',
  '--initial-old-space-size=256',
]

/**
 * Writes the executable of a machine. The same bundle and the same Node.js give the same bytes.
 * @param code the bundle, one ECMAScript module
 */
export function writeExecutable(file: string, code: string, { nodeFolder }: Platform): void {
  const folder = mkdtempSync(join(tmpdir(), 'kubescape-executable-'))
  try {
    writeFileSync(join(folder, 'kubescape.mjs'), code)
    const config = {
      // The name stands in the executable: no folder of the building machine does.
      main: 'kubescape.mjs',
      mainFormat: 'module',
      executable: join(nodeFolder, 'bin/node'),
      output: resolve(file),
      disableExperimentalSEAWarning: true,
      // V8 refuses a cache that was made with other flags, or on another processor.
      useCodeCache: false,
      execArgv: NODE_FLAGS,
    }
    writeFileSync(join(folder, 'config.json'), JSON.stringify(config))
    execFileSync(process.execPath, ['--build-sea=config.json'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
