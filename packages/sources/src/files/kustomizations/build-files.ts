/** Files of this machine as a build may see them. */
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'

import type { FileSystem } from '@kubescape/kustomize'
import { decodeText } from '@kubescape/yaml'

import { KUSTOMIZATIONS } from '../rendered-sources.ts'

/** Reads files by their full paths. */
export class BuildFiles implements FileSystem {
  readonly #bounds: string
  readonly #mostBytes: number

  /** Links do not lead out of `bounds`, a path without links; files with more bytes are not there. */
  constructor(bounds: string, mostBytes: number) {
    this.#bounds = bounds
    this.#mostBytes = mostBytes
  }

  read(path: string): string | undefined {
    try {
      const real = this.#follow(path)
      if (real === undefined || !this.#isOpen(real) || statSync(real).size > this.#mostBytes) return undefined
      const decoded = decodeText(readFileSync(real))
      return 'text' in decoded ? decoded.text : undefined
    } catch {
      return undefined
    }
  }

  kind(path: string): 'file' | 'directory' | undefined {
    try {
      const real = this.#follow(path)
      const stats = real === undefined ? undefined : statSync(real)
      return stats?.isDirectory() === true ? 'directory' : stats?.isFile() === true ? 'file' : undefined
    } catch {
      return undefined
    }
  }

  /** Bases may lie outside of what is scanned; a file there has to belong to one. */
  #isOpen(real: string): boolean {
    if (this.#isWithin(real)) return true
    for (let folder = dirname(real); folder !== dirname(folder); folder = dirname(folder)) {
      if ([...KUSTOMIZATIONS].some((name) => existsSync(join(folder, name)))) return true
    }
    return false
  }

  #isWithin(real: string): boolean {
    return real === this.#bounds || real.startsWith(this.#bounds + sep)
  }

  /** The path without links; undefined where they lead out of what is scanned. */
  #follow(path: string): string | undefined {
    const real = realpathSync(path)
    const isPlain = real === normalize(path).replace(/(?<=.)[/\\]$/, '')
    return isPlain || this.#isWithin(real) ? real : undefined
  }
}
