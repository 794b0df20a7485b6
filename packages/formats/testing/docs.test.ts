/** docs/formats.md names every format. `UPDATE_GOLDEN=1` writes its table anew. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { FORMATS } from '../src/index.ts'

const page = join(import.meta.dirname, '../../../docs/formats.md')
const TABLE = /(?<=by a test\. -->\n\n)(?:\|.*\n|TABLE\n)+/

test('the page about formats lists those that there are', () => {
  const rows = FORMATS.map(({ name, extension, toFile, description }) => {
    const goes = toFile === true ? `\`report${extension}\`` : 'standard output'
    return `| \`${name}\` | \`${extension}\` | ${goes} | ${description} |\n`
  })
  const table = `| format | extension | without \`-o\` | what for |\n| --- | --- | --- | --- |\n${rows.join('')}`
  const text = readFileSync(page, 'utf8')
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(page, text.replace(TABLE, table))
  expect(TABLE.exec(readFileSync(page, 'utf8'))?.[0]).toBe(table)
})
