/** Values that are set on the command line: the texts of `--set` and its kin, merged into values. */
import type { Dict, ValueLayer } from '@kubescape/go-template'
import { SetError } from './set-error.ts'
import { SetParser } from './set-parser.ts'

/** The flag that a text was given to. */
export type SetKind = 'set' | 'set-string' | 'set-json' | 'set-file' | 'set-literal'

/** What a text may refer to, and what shall be remembered of it. */
export interface SetOptions {
  /** Reads a file for `set-file`: its text, or why it cannot be read. */
  readonly readFile?: (path: string) => { readonly text: string } | { readonly problem: string }
  /** Makes every value remember that it comes from here. */
  readonly layer?: ValueLayer
}

/**
 * Puts what a text such as `image.tag=v1,ports[0]=80` says into `values`, which changes. Gives Helm's words for what is
 * wrong with the text, undefined when nothing is; `values` may have changed in part then.
 */
export function applySet(kind: SetKind, text: string, values: Dict, options: SetOptions = {}): string | undefined {
  try {
    new SetParser(kind, text, options).run(values)
    return undefined
  } catch (error) {
    if (error instanceof SetError) return error.message
    throw error
  }
}
