/** Which kustomizations other ones build on: those are seen in what is built of them, and not by themselves. */
import { readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'

import { asList, asMap, asText, type Value } from '@kubescape/resources'
import { decodeText, readDocument } from '@kubescape/yaml'

import { KUSTOMIZATIONS, type FoundSource } from '../rendered-sources.ts'

/** Members of a kustomization that name directories, among other things. */
const MEMBERS = ['resources', 'bases', 'components', 'generators', 'transformers', 'validators'] as const
/** Larger ones are read by the build, which says what is wrong with them. */
const MOST_CHARACTERS = 1024 * 1024

/** What a kustomization says of itself. */
export interface KustomizationFacts {
  /** The directories that it names, without links. */
  readonly directories: readonly string[]
  /** It changes what another one builds, and builds nothing by itself. */
  readonly isComponent: boolean
}

/** Reads the kustomization of a directory as far as it is about other directories. What cannot be read names none. */
export function readFacts({ real }: Pick<FoundSource, 'real'>): KustomizationFacts {
  const value = asMap(readKustomization(real))
  const named = MEMBERS.flatMap((member) => asList(value?.[member]).map(asText))
  const directories = named.flatMap((path) => (path === undefined ? [] : realDirectory(join(real, path))))
  return { directories, isComponent: value?.['kind'] === 'Component' }
}

function readKustomization(folder: string): Value | undefined {
  for (const name of KUSTOMIZATIONS) {
    try {
      const decoded = decodeText(readFileSync(join(folder, name)))
      if (!('text' in decoded) || decoded.text.length > MOST_CHARACTERS) return undefined
      return readDocument(decoded.text, { start: 0, end: decoded.text.length, line: 1 }).value
    } catch {
      // The next name may be the one.
    }
  }
  return undefined
}

/** The path without links; nothing where it leads nowhere. Files are no kustomizations, so they do no harm. */
function realDirectory(path: string): string[] {
  try {
    return [realpathSync(path)]
  } catch {
    return []
  }
}
