/** Paths to fields: `spec.containers[0].image`, `metadata.labels[app.kubernetes.io/name]`. */

import { isValueMap } from './value.ts'
import type { Value } from './value.ts'

/** A step: the key of a mapping or the index of a list item; a number may also be a key such as `80`. */
export type PathStep = string | number

/**
 * The steps of a path. Keys are separated by dots; brackets hold an index, a key as it is up to the `]`, or a key in
 * single or double quotes (with `\` before a quote or backslash that belongs to it); a key between dots may be quoted
 * too. The empty path is the document itself. Never throws: what does not fit is taken as part of a key.
 */
export function parsePath(path: string): PathStep[] {
  const steps: PathStep[] = []
  let at = 0
  while (at < path.length) {
    const char = path.charAt(at)
    if (char === '[') {
      const [step, next] = readBracket(path, at)
      steps.push(step)
      at = next
    } else if (char === '"' || char === "'") {
      const [step, next] = readQuoted(path, at)
      steps.push(step)
      at = next
    } else {
      const end = plainEnd(path, at)
      steps.push(path.slice(at, end))
      at = end
    }
    if (path.charAt(at) === '.') {
      at++
      if (at === path.length) steps.push('')
    }
  }
  return steps
}

/** The value at a path, or undefined when there is none. */
export function valueAt(value: Value | undefined, path: string | readonly PathStep[]): Value | undefined {
  let current = value
  for (const step of typeof path === 'string' ? parsePath(path) : path) {
    if (Array.isArray(current)) {
      const index = typeof step === 'number' ? step : indexOf(step)
      current = index === undefined ? undefined : current[index]
    } else if (isValueMap(current)) {
      const key = String(step)
      current = Object.hasOwn(current, key) ? current[key] : undefined
    } else {
      return undefined
    }
  }
  return current
}

function indexOf(step: string): number | undefined {
  return /^(0|[1-9][0-9]{0,8})$/.test(step) ? Number(step) : undefined
}

function plainEnd(path: string, from: number): number {
  for (let at = from; at < path.length; at++) {
    const char = path.charAt(at)
    if (char === '.' || (char === '[' && at > from)) return at
  }
  return path.length
}

function readBracket(path: string, open: number): [PathStep, number] {
  const first = path.charAt(open + 1)
  if (first === '"' || first === "'") {
    const [step, next] = readQuoted(path, open + 1)
    return [step, path.charAt(next) === ']' ? next + 1 : next]
  }
  const close = path.indexOf(']', open)
  if (close === -1) return [path.slice(open + 1), path.length]
  const step = path.slice(open + 1, close)
  return [indexOf(step) ?? step, close + 1]
}

function readQuoted(path: string, open: number): [string, number] {
  const quote = path.charAt(open)
  let step = ''
  for (let at = open + 1; at < path.length; at++) {
    const char = path.charAt(at)
    if (char === quote) return [step, at + 1]
    if (char === '\\' && at + 1 < path.length) at++
    step += path.charAt(at)
  }
  return [step, path.length]
}
