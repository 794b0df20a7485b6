/** What `kubescape exceptions` does, each part loaded by itself. */
import { Failure } from '../failure.ts'

/**
 * Writes an exception, and tells so.
 * @throws {Failure} for what makes no sense
 */
export async function runAdd(typed: Readonly<Record<string, string | undefined>>): Promise<string> {
  const { addException } = await import('../exceptions/add-exception.ts')
  const { file = '', control = '', resource = '', reason = '', owner, expires, name, from } = typed
  return addException({ file, controls: control.split(','), resource, reason, owner, expires, name, from })
}

/** What is wrong with files, as text, and the number of errors. */
export async function runLint(files: readonly string[]): Promise<{ text: string; errors: number }> {
  const { lintExceptions } = await import('../exceptions/list-exceptions.ts')
  return lintExceptions(files)
}

/**
 * What files would cover in a report, as text.
 * @throws {Failure} for unknown formats, and files that cannot be used
 */
export async function runTest(files: readonly string[], report: string, format: string): Promise<string> {
  if (format !== 'pretty-print' && format !== 'json') {
    throw new Failure(`--format does not know "${format}"`, 'Use pretty-print or json.')
  }
  const { renderTrial } = await import('../exceptions/try-exceptions.ts')
  return renderTrial(files, report, format)
}

/** The exceptions of files, as text. */
export async function runList(files: readonly string[], format: string): Promise<string> {
  const { renderExceptions } = await import('../exceptions/list-exceptions.ts')
  return renderExceptions(files, format)
}
