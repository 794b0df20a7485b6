/** The files of a chart's directory, by their paths below it. */
import { readdirSync, readFileSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs'
import { join, sep } from 'node:path'

import type { Problem } from '@kubescape/yaml'

import { unreadable } from '../discover.ts'
import type { FoundSource } from '../rendered-sources.ts'

/** How much is read. */
export interface ChartFileLimits {
  /** Bytes of one file. */
  readonly fileBytes: number
  /** Bytes of all files together. */
  readonly chartBytes: number
  readonly files: number
}

/** What was read. */
export interface ChartFiles {
  /** Bytes by path, with forward slashes. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Files that were left out, with the reason. */
  readonly problems: readonly Problem[]
  /** There is more than may be read: the chart cannot be rendered. */
  readonly isTooLarge: boolean
}

/** Reads the files of a chart. Links are followed as far as they stay inside of what is scanned. */
export function readChartFiles(source: FoundSource, limits: ChartFileLimits): ChartFiles {
  const reader = new Reader(source, limits)
  reader.folder('', source.real)
  return reader
}

class Reader implements ChartFiles {
  readonly files = new Map<string, Uint8Array>()
  readonly problems: Problem[] = []
  isTooLarge = false
  readonly #source: FoundSource
  readonly #limits: ChartFileLimits
  /** Folders on the way, without links, against loops. */
  readonly #way = new Set<string>()
  #bytes = 0

  constructor(source: FoundSource, limits: ChartFileLimits) {
    this.#source = source
    this.#limits = limits
  }

  folder(below: string, real: string): void {
    if (this.#way.has(real)) return
    this.#way.add(real)
    for (const entry of this.#entries(below)) {
      if (this.isTooLarge) break
      if (entry.name === '.git') continue
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isSymbolicLink()) this.#link(path)
      else if (entry.isDirectory()) this.folder(path, join(real, entry.name))
      else if (entry.isFile()) this.#file(path, join(real, entry.name))
    }
    this.#way.delete(real)
  }

  #entries(below: string): Dirent[] {
    const folder = join(this.#source.path, below)
    try {
      const entries = readdirSync(folder, { withFileTypes: true })
      return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))
    } catch (error) {
      this.problems.push(unreadable(folder, error))
      return []
    }
  }

  #link(path: string): void {
    const { bounds } = this.#source
    const shown = join(this.#source.display, path)
    let [real, stats]: [string, Stats | undefined] = ['', undefined]
    try {
      real = realpathSync(join(this.#source.path, path))
      stats = statSync(real)
    } catch (error) {
      this.problems.push(unreadable(shown, error))
      return
    }
    if (real !== bounds && !real.startsWith(bounds + sep)) {
      this.problems.push({
        code: 'sources/link-outside',
        message: 'a link that leads out of the scanned directory was not followed: the chart was rendered without it',
        hint: 'Scan a directory that holds both the chart and what the link leads to.',
        file: shown,
      })
    } else if (stats.isDirectory()) this.folder(path, real)
    else if (stats.isFile()) this.#file(path, real)
  }

  #file(path: string, real: string): void {
    const { fileBytes, chartBytes, files } = this.#limits
    const shown = join(this.#source.display, path)
    try {
      const { size } = statSync(real)
      if (size > fileBytes) {
        this.problems.push({
          code: 'sources/too-large',
          message: `is larger than a chart may have it (${fileBytes} bytes): the chart was rendered without it`,
          hint: 'Leave it out of the chart with .helmignore.',
          file: shown,
        })
        return
      }
      this.#bytes += size
      this.isTooLarge = this.#bytes > chartBytes || this.files.size >= files
      if (!this.isTooLarge) this.files.set(path, readFileSync(real))
    } catch (error) {
      this.problems.push(unreadable(shown, error))
    }
  }
}
