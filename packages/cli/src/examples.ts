/** The example manifests of controls: files beside the sources of `controls`, or beside the bundle. */
import { readFileSync } from 'node:fs'

declare const __EXAMPLES__: string | undefined

const FOLDER = typeof __EXAMPLES__ === 'undefined' ? '../../controls/examples/' : __EXAMPLES__

/** What shows a control at work. Controls that a person judges have nothing to show. */
export interface Examples {
  /** A manifest that fails. */
  readonly bad?: string
  /** The same manifest, repaired. */
  readonly good?: string
  /** The control inputs that both are judged with. */
  readonly inputs?: string
}

/** The examples of a control. */
export function readExamples(id: string): Examples {
  const file = id.toLowerCase()
  return {
    ...read('bad', `bad/${file}.yaml`),
    ...read('good', `good/${file}.yaml`),
    ...read('inputs', `inputs/${file}.json`),
  }
}

function read(name: keyof Examples, path: string): Examples {
  try {
    return { [name]: readFileSync(new URL(FOLDER + path, import.meta.url), 'utf8') }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
}
