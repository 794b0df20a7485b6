/** What a directory scan leaves out: `.kubescapeignore` of the scanned root and patterns of the command line. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { default as ignore } from 'ignore'

const IGNORE_FILE = '.kubescapeignore'

/** Answers whether a path below the root is left out; patterns have gitignore's syntax and meaning. */
export interface IgnoreRules {
  /** `relative` uses forward slashes and has no leading `./`. */
  ignores(relative: string, isDirectory: boolean): boolean
}

/** Reads the rules of a scanned directory. */
export function readIgnoreRules(root: string, patterns: readonly string[], useFile: boolean): IgnoreRules {
  const rules = ignore({ ignorecase: false })
  if (useFile) rules.add(readIfThere(join(root, IGNORE_FILE)))
  rules.add([...patterns])
  return {
    ignores: (relative, isDirectory) => relative !== '' && rules.ignores(isDirectory ? `${relative}/` : relative),
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
