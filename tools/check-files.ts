/** File names and lengths: a name says what a file is about, and a file holds one idea; part of `npm run check`. */
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from './root.ts'

const MAX_LINES = 400
const EMPTY_NAMES = /^(utils?|helpers?|common|misc|shared|stuff)$/
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.([a-z]+\.)?test|\.config|\.d)?\.ts$/

/** One sentence per problem for every TypeScript file of the repository. */
export function checkFiles(folder: string = root): string[] {
  const patterns = ['packages/*/src/**/*.ts', '{tools,bench,e2e,conformance}/**/*.ts', 'action/src/**/*.ts', '*.ts']
  return globSync(patterns, { cwd: folder })
    .toSorted()
    .flatMap((path) => checkFile(path, readFileSync(join(folder, path), 'utf8')))
}

/** Problems of one file. A long file is fine when its first line calls it a table or generated. */
export function checkFile(path: string, text: string): string[] {
  const problems: string[] = []
  const folders = path.split('/').slice(0, -1)
  const stem = basename(path).replace(/\..*/, '')
  for (const name of [...folders, stem]) {
    if (EMPTY_NAMES.test(name)) problems.push(`${path}:1 "${name}" says nothing; name the file for what it is about`)
  }
  if (!KEBAB_CASE.test(basename(path))) problems.push(`${path}:1 file names are kebab-case`)
  const lines = text.split('\n').length - 1
  const [first = ''] = text.split('\n', 1)
  if (lines > MAX_LINES && !/\b(table|generated)\b/i.test(first)) {
    problems.push(`${path}:1 ${lines} lines; split it, or say "table" or "generated" in the first line if it is one`)
  }
  return problems
}
