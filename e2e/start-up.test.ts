/** What is not needed is not loaded. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { kubescape, root } from './kubescape.ts'

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubescape-start-up-'))
  const tell = `process.on('exit', () => require('node:fs').writeFileSync(__dirname + '/loaded', process.moduleLoadList.join('\\n')))`
  writeFileSync(join(folder, 'tell.cjs'), tell)
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

// Sources are loaded by parts of Node.js that need some of this themselves.
test.skipIf(process.env['KUBESCAPE_FROM_SOURCE'])('a scan of files loads no HTTP, TLS or child processes', () => {
  const env = { NODE_OPTIONS: `--require ${join(folder, 'tell.cjs')}` }
  const { code } = kubescape(['scan', join(root, 'e2e/fixtures/hardened-deployment.yaml')], { env })
  expect(code).toBe(0)
  const loaded = readFileSync(join(folder, 'loaded'), 'utf8').match(
    /(?<=^NativeModule )(?:tls|https?|child_process|zlib)$/gm,
  )
  expect(loaded).toBeNull()
})
