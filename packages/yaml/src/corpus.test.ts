/** Headers against the full reader over the shared corpus of real manifests. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { decodeText, readDocument, splitDocuments, valueAt } from './index.ts'

const shared = process.env['KUBESCAPE_SHARED'] ?? join(import.meta.dirname, '../../../../shared')
const corpus = join(shared, 'corpus/large')
const isThere = existsSync(corpus)

test.skipIf(!isThere)(`headers of real documents are right${isThere ? '' : ' (skipped: no shared data)'}`, () => {
  let documents = 0
  let headers = 0
  for (const file of readdirSync(corpus, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(ya?ml|json)$/.test(file)) continue
    const decoded = decodeText(readFileSync(join(corpus, file)))
    if (!('text' in decoded)) continue
    for (const slice of splitDocuments(decoded.text)) {
      documents++
      const { header } = slice
      if (header === undefined) continue
      headers++
      const { value } = readDocument(decoded.text, slice)
      if (value === undefined) continue
      const field = (path: string): unknown => valueAt(value, path) ?? undefined
      expect([file, header.apiVersion, header.kind, header.name, header.namespace, header.generateName]).toEqual([
        file,
        field('apiVersion'),
        field('kind'),
        field('metadata.name'),
        field('metadata.namespace'),
        field('metadata.generateName'),
      ])
    }
  }
  process.stdout.write(`${headers} of ${documents} documents have a header\n`)
  expect(headers).toBeGreaterThan(documents * 0.9)
})
