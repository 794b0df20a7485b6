/** Why a kustomization cannot be built. */

/** Ends a build. The message begins with what was being done, as that of kustomize. */
export class BuildError extends Error {
  override readonly name = 'BuildError'
  /** The file with the mistake, as the file system knows it; undefined where there is none. */
  readonly file: string | undefined
  readonly line: number | undefined

  constructor(message: string, file?: string, line?: number) {
    super(message)
    this.file = file
    this.line = line
  }
}

/** Does something; a failure that tells no place is one of this entry. */
export function atEntry<T>(file: string, line: number, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof BuildError) || error.line !== undefined) throw error
    if (error.file !== undefined && error.file !== file) throw error
    throw new BuildError(error.message, file, line)
  }
}
