/** sprig's functions for paths with slashes, which are those of the operating system too: package path. */
import { define } from './define.ts'
import type { FunctionFamily } from './index.ts'

const PATH_FUNCTIONS = {
  base: define(['string'], ([path]) => base(path)),
  dir: define(['string'], ([path]) => clean(path.slice(0, path.lastIndexOf('/') + 1))),
  clean: define(['string'], ([path]) => clean(path)),
  ext: define(['string'], ([path]) => extension(path)),
  isAbs: define(['string'], ([path]) => path.startsWith('/')),
}

/** `base`, `dir`, `clean`, `ext`, `isAbs`, and their twins `osBase`, `osDir` ... */
export const pathFunctions: FunctionFamily = new Map(
  Object.entries(PATH_FUNCTIONS).flatMap(([name, definition]) => [
    [name, definition],
    [`os${name.charAt(0).toUpperCase()}${name.slice(1)}`, definition],
  ]),
)

/** The last part; `.` of an empty path, `/` of one of slashes alone. */
function base(path: string): string {
  if (path === '') return '.'
  let end = path.length
  while (end > 0 && path.charCodeAt(end - 1) === 0x2f) end--
  return end === 0 ? '/' : path.slice(path.lastIndexOf('/', end - 1) + 1, end)
}

/** The last part from its last dot on. */
function extension(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  return dot < 0 ? '' : name.slice(dot)
}

/** The shortest path to the same place. */
function clean(path: string): string {
  const isRooted = path.startsWith('/')
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (!isRooted) parts.push('..')
  }
  const cleaned = parts.join('/')
  return isRooted ? `/${cleaned}` : cleaned || '.'
}
