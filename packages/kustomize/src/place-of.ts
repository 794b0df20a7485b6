/** Where a field of a built object was set. */
import type { BuiltObject } from './build.ts'
import type { Change } from './resources/resource.ts'

/**
 * The last change that set a field or something that it is in; undefined where what the file of the object says still
 * stands. `path` is of the built object: `spec.containers[0].image`.
 */
export function placeOf({ changes }: BuiltObject, path: string): Omit<Change, 'paths'> | undefined {
  const change = changes.findLast(({ paths }) => paths.some((own) => isIn(path, own)))
  return change && { file: change.file, line: change.line, by: change.by }
}

function isIn(path: string, parent: string): boolean {
  return path.startsWith(parent) && (path.length === parent.length || '.['.includes(path[parent.length] ?? ''))
}
