/** What could not be read, as a value: nodes are full of files that are missing or closed. */

/** Why something could not be read. */
export class Unread {
  readonly why: string
  /** True when there is nothing at that place, which is normal for the usual places of other distributions. */
  readonly isMissing: boolean

  constructor(why: string, isMissing = false) {
    this.why = why
    this.isMissing = isMissing
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
  ENOTDIR: 'a part of the path is no directory',
}

/** Runs one call to the file system and gives its error as a value. */
export function attempt<T>(call: () => T): T | Unread {
  try {
    return call()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    // ESRCH is what the files of a process say after it has ended.
    if (code === 'ENOENT' || code === 'ESRCH') return new Unread('does not exist', true)
    return new Unread(REASONS[code] ?? `cannot be read (${code})`)
  }
}
