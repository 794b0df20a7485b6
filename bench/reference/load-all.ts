/** The reference of the scan budget: js-yaml's plain `loadAll` over every YAML file of a folder, each in try/catch. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { loadAll } from 'js-yaml'

let documents = 0
let unreadable = 0
for (const entry of readdirSync(process.argv[2] ?? '.', { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.ya?ml$/.test(entry.name)) continue
  try {
    documents += loadAll(readFileSync(join(entry.parentPath, entry.name), 'utf8')).length
  } catch {
    unreadable++
  }
}
console.log(`${documents} documents, ${unreadable} files that do not parse`)
