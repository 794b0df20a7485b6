/** The readers of exceptions, loaded by scans that have some. */

/** Loads them. */
export function loadExceptionForms(): Promise<typeof import('./forms/read-exceptions.ts')> {
  return import('./forms/read-exceptions.ts')
}
