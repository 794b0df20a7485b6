/** Scalars as YAML text, on one line, such that they mean the same in braces and outside of them. */
import type { PathStep } from './path.ts'

/** Below these keys everything is text, whatever it looks like. */
const TEXTS: ReadonlySet<PathStep> = new Set(['annotations', 'labels', 'data', 'stringData', 'args', 'command', 'env'])
const TYPED = /^(?:true|false|0|[1-9][0-9]{0,8})$/
const PLAIN = /^[A-Za-z_/][\w./-]*$/
/** Words that readers take for something else than text. */
const RESERVED = /^(?:true|false|yes|no|on|off|y|n|null|[-.]+)$/i

/** A value at the end of a path: what looks like a boolean or a whole number is one, unless it stands among texts. */
export function scalarText(value: string, path: readonly PathStep[]): string {
  if (TYPED.test(value) && !path.some((step) => TEXTS.has(step))) return value
  return PLAIN.test(value) && !RESERVED.test(value) ? value : JSON.stringify(value)
}

/** A key of a mapping. */
export function keyText(key: PathStep): string {
  const text = String(key)
  return PLAIN.test(text) && !RESERVED.test(text) ? text : JSON.stringify(text)
}
