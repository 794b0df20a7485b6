/** Examples in the READMEs of packages: each block of TypeScript prints what the block of text behind it says. */
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

test.each(globSync('packages/*/README.md', { cwd: ROOT }))('the example of %s prints what it says', (path) => {
  const readme = readFileSync(join(ROOT, path), 'utf8')
  const [, code, printed] = /```ts\n(.*?)```.*?```text\n(.*?)```/s.exec(readme) ?? []
  expect(code).toBeDefined()
  // In its folder the name of a package is its own.
  const output = execFileSync(process.execPath, ['--input-type=module-typescript', '--eval', code ?? ''], {
    cwd: join(ROOT, dirname(path)),
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], NO_COLOR: '1' },
  })
  expect(output).toBe(printed)
})
