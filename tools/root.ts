/** Where the repository lies, for tools that may be started from anywhere. */
import { join } from 'node:path'

/** Absolute path of the repository root. */
export const root: string = join(import.meta.dirname, '..')
