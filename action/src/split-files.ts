/** What the input `files` names. */
import { Failure } from '../../packages/cli/src/failure.ts'

/**
 * Paths and globs of the input. A line that is the name of a file is that file, whatever is in it; any other line is a list
 * between spaces, where quotes keep a name together. Nothing here is ever seen by a shell.
 * @throws {Failure} for a quote that does not end
 */
export function splitFiles(text: string, exists: (path: string) => boolean): string[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
  const paths = lines.flatMap((line) => (exists(line) ? [line] : splitWords(line)))
  return (paths.length === 0 ? ['.'] : paths).map(asPath)
}

function splitWords(line: string): string[] {
  const words = line.match(/(?:[^\s"']|"[^"]*"|'[^']*')+|["'][^]*$/g) ?? []
  return words.map((word) => {
    if (/^(?:[^"']|"[^"]*"|'[^']*')*$/.test(word)) return word.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2')
    throw new Failure(
      `files: a quote does not end: ${word}`,
      'Close it; a name with quotes in it needs a line of its own.',
    )
  })
}

/** A name that begins with a dash is a file here, never a flag, nor standard input. */
function asPath(path: string): string {
  return path.startsWith('-') ? `./${path}` : path
}
