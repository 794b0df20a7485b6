/** The lines of files that say what values are. */
import type { FileLine } from '@kubescape/resources'
import { openDocument, type OpenDocument } from '@kubescape/yaml'

/** Where values were written, as the engine tells it. */
interface Layer {
  readonly kind: 'chart' | 'file' | 'set'
  readonly name: string
}

/** Looks values up in the files that they were read from; each is opened once. */
export class ValueLines {
  readonly #textOf: (layer: Layer) => string | undefined
  readonly #nameOf: (layer: Layer) => string
  readonly #documents = new Map<string, OpenDocument | undefined>()

  /** `textOf` gives the text of a layer, undefined for what is no file; `nameOf` its name as people should see it. */
  constructor(textOf: (layer: Layer) => string | undefined, nameOf: (layer: Layer) => string) {
    this.#textOf = textOf
    this.#nameOf = nameOf
  }

  /**
   * The line that writes a value, or the nearest one above it that is there; 0 for flags. `path` leads from the root of the values
   * of the whole chart.
   */
  line(layer: Layer, path: readonly (string | number)[]): FileLine {
    const file = this.#nameOf(layer)
    if (layer.kind === 'set') return { file, line: 0 }
    const own = layer.kind === 'chart' ? path.slice(depthOf(layer.name)) : path
    const [location] = this.#document(layer)?.locate([valuesPath(own, '')]) ?? []
    return { file, line: location?.line ?? 0 }
  }

  #document(layer: Layer): OpenDocument | undefined {
    const key = `${layer.kind}:${layer.name}`
    if (!this.#documents.has(key)) {
      const text = this.#textOf(layer)
      const document = text === undefined ? undefined : openDocument(text, { start: 0, end: text.length, line: 1 })
      this.#documents.set(key, document)
    }
    return this.#documents.get(key)
  }
}

/** How many charts the file is below the root: `charts/web/charts/db/values.yaml` is two. */
function depthOf(name: string): number {
  return name.split('/').filter((part) => part === 'charts').length
}

/** A path as templates write it: `.Values.image.tag`, `.Values.ports[0]`, `.Values.annotations["a.b/c"]`. */
export function valuesPath(path: readonly (string | number)[], root = '.Values'): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    if (/^[A-Za-z_][\w-]*$/.test(step)) return text === '' ? step : `${text}.${step}`
    return `${text}[${JSON.stringify(step)}]`
  }, root)
}
