/** Packed charts: `web-1.2.3.tgz` to the files of the chart. */
import { Gunzip } from 'fflate'

import { quote } from '@kubescape/go'
import type { ChartLimits } from '../limits.ts'
import { defaultChartLimits } from '../limits.ts'
import { readTar } from './tar.ts'

/** Files by their path below the chart, or what is wrong with the archive, in Helm's words. */
export type ArchiveResult =
  | { readonly files: ReadonlyMap<string, Uint8Array>; readonly problem?: undefined }
  | { readonly files?: undefined; readonly problem: string }

/** Bytes that are unpacked at a time: deflate makes at most about a thousand of one. */
const CHUNK = 8192
const DRIVE = /^[a-zA-Z]:\//

/** The files of a packed chart. Paths that lead out of the chart are refused, and so are links. */
export function readChartArchive(bytes: Uint8Array, limits: Partial<ChartLimits> = {}): ArchiveResult {
  const { fileBytes, chartBytes } = { ...defaultChartLimits, ...limits }
  const unpacked = unpack(bytes, chartBytes)
  if ('problem' in unpacked) return unpacked
  const tar = readTar(unpacked.bytes)
  if ('problem' in tar) return tar
  const files = new Map<string, Uint8Array>()
  for (const { name, bytes: content } of tar.entries) {
    const path = pathIn(name)
    if ('problem' in path) return path
    if (content.length > fileBytes) {
      return {
        problem: `decompressed chart file ${quote(name)} is larger than the maximum file size ${fileBytes}`,
      }
    }
    files.set(path.path, content)
  }
  return files.size === 0 ? { problem: 'no files in chart archive' } : { files }
}

/** The path of an entry without its first segment, which is the folder that was packed. */
function pathIn(name: string): { readonly path: string } | { readonly problem: string } {
  // Archives that were made on Windows may have backslashes.
  const [first = '', ...rest] = name.split(name.includes('\\') ? '\\' : '/')
  const path = rest.join('/')
  if (path.startsWith('/')) return { problem: 'chart illegally contains absolute paths' }
  const clean = cleanPath(path)
  if (clean === '.') {
    return { problem: `chart illegally contains content outside the base directory: ${quote(name)}` }
  }
  if (clean.startsWith('..')) return { problem: 'chart illegally references parent directory' }
  if (DRIVE.test(clean)) return { problem: 'chart contains illegally named files' }
  return first === 'Chart.yaml' ? { problem: 'chart yaml not in base directory' } : { path: clean }
}

/** A relative path without empty segments, `.` and, where possible, `..`. */
export function cleanPath(path: string): string {
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment === '..' && segments.length > 0 && segments.at(-1) !== '..') segments.pop()
    else segments.push(segment)
  }
  return segments.length === 0 ? '.' : segments.join('/')
}

function unpack(bytes: Uint8Array, limit: number): { readonly bytes: Uint8Array } | { readonly problem: string } {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return { problem: 'gzip: invalid header' }
  const chunks: Uint8Array[] = []
  let length = 0
  let isComplete = false
  const gunzip = new Gunzip((chunk, isLast) => {
    length += chunk.length
    isComplete ||= isLast
    if (length <= limit) chunks.push(chunk)
  })
  const isBelowLimit = (): boolean => length <= limit
  try {
    for (let at = 0; at < bytes.length && isBelowLimit(); at += CHUNK) {
      gunzip.push(bytes.subarray(at, at + CHUNK), at + CHUNK >= bytes.length)
    }
  } catch (error) {
    return { problem: `gzip: ${error instanceof Error ? error.message : 'invalid data'}` }
  }
  if (!isBelowLimit()) return { problem: `decompressed chart is larger than the maximum size ${limit}` }
  if (!isComplete) return { problem: 'unexpected EOF' }
  const joined = new Uint8Array(length)
  let end = 0
  for (const chunk of chunks) {
    joined.set(chunk, end)
    end += chunk.length
  }
  return { bytes: joined }
}
