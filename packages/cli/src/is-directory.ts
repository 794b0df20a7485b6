/** What a path that somebody typed leads to. */
import { statSync } from 'node:fs'

/** True for directories. A path that cannot be looked at is none: whoever reads it says what is wrong with it. */
export function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
