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
