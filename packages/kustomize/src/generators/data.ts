/** What generators put into ConfigMaps and Secrets: literals, files, files of variables. */
import type { ValueMap } from '@kubescape/yaml'

import { baseName, resolvePath, type FileSystem } from '../file-system.ts'
import { textOf, textsOf } from '../kustomization/kustomization.ts'
import { BuildError } from '../problem.ts'

/** A key with its text. */
type Pair = readonly [key: string, text: string]

/** The pairs of a generator, in order; each key once. */
export function pairsOf(args: ValueMap, files: FileSystem, directory: string, file: string): Pair[] {
  const envs = [...textsOf(args['envs']), ...(textOf(args['env']) === '' ? [] : [textOf(args['env'])])]
  const pairs = [
    ...envs.flatMap((path) => fromVariables(readFile(files, directory, path, file))),
    ...textsOf(args['literals']).map((literal) => fromLiteral(literal, file)),
    ...textsOf(args['files']).map((each) => fromFile(each, files, directory, file)),
  ]
  const seen = new Set<string>()
  for (const [key] of pairs) {
    if (!/^[-._a-zA-Z0-9]+$/.test(key)) throw new BuildError(`"${key}" is not a valid key name`, file)
    if (seen.has(key)) throw new BuildError(`cannot add key ${key}, another key by that name already exists`, file)
    seen.add(key)
  }
  return pairs
}

function readFile(files: FileSystem, directory: string, path: string, file: string): string {
  const text = files.read(resolvePath(directory, path))
  if (text === undefined) throw new BuildError(`loading KV pairs: file sources: ${path} cannot be read`, file)
  return text
}

function fromLiteral(literal: string, file: string): Pair {
  const at = literal.indexOf('=')
  if (at <= 0) throw new BuildError(`invalid literal source ${literal}, expected key=value`, file)
  return [literal.slice(0, at), unquoted(literal.slice(at + 1))]
}

/** A literal may stand in quotes of its own. */
function unquoted(text: string): string {
  const [first] = text
  return text.length > 1 && (first === '"' || first === "'") && text.endsWith(first) ? text.slice(1, -1) : text
}

function fromFile(source: string, files: FileSystem, directory: string, file: string): Pair {
  const at = source.indexOf('=')
  const key = at < 0 ? baseName(source) : source.slice(0, at)
  const path = at < 0 ? source : source.slice(at + 1)
  if (key === '' || path === '' || path.includes('=')) throw new BuildError(`invalid file source ${source}`, file)
  return [key, readFile(files, directory, path, file)]
}

/** Lines of `NAME=value`; comments and empty lines are left out. */
function fromVariables(text: string): Pair[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, '').trimStart())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line): Pair => {
      const at = line.indexOf('=')
      // kustomize asks the environment for a name without a value; what is built here depends on files alone.
      return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)]
    })
}
