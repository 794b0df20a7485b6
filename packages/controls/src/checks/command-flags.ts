/** Flags on command lines, read as the Go flag libraries read them: `--flag=value`, `--flag value`, `--flag`. */

/** A piece of a command line with its path: one entry of `command` or `args`, or the whole line. */
export interface Item {
  readonly text: string
  readonly path: string
}

/** One use of a flag. */
export interface FlagUse {
  /** Undefined when the flag stands alone. */
  readonly value: string | undefined
  /** Path of the item that holds the value, or the flag itself where it stands alone. */
  readonly path: string
  /** That item as a whole. */
  readonly item: string
  /** The item with another value in its place. */
  withValue(value: string): string
  /** The item without this use. */
  removed(): string
}

interface Word {
  readonly item: Item
  readonly text: string
  readonly start: number
}

/** The uses of a flag, in order. A longer flag that begins alike is another flag; one dash or two makes no difference. */
export function usesOf(items: readonly Item[], flag: string): FlagUse[] {
  const words = items.flatMap((item) =>
    [...item.text.matchAll(/\S+/g)].map((match) => ({ item, text: match[0], start: match.index })),
  )
  return words.flatMap((word, at) => {
    const text = word.text.startsWith('--') ? word.text : `-${word.text}`
    if (text.startsWith(`${flag}=`)) return useIn(word, text.slice(flag.length + 1), `${flag}=`)
    if (text !== flag) return []
    const next = words[at + 1]
    return next === undefined || next.text.startsWith('-')
      ? useIn(word, undefined, `${flag}=`)
      : useIn(next, next.text, '')
  })
}

function useIn({ item, text, start }: Word, value: string | undefined, prefix: string): FlagUse {
  const before = item.text.slice(0, start)
  const after = item.text.slice(start + text.length)
  return {
    value,
    path: item.path,
    item: item.text,
    withValue: (other) => `${before}${prefix}${other}${after}`,
    removed: () => `${before.trimEnd()} ${after.trimStart()}`.trim(),
  }
}

/** The parts of a list value; empty parts are dropped. */
export function listOf(value: string | undefined): string[] {
  return (value ?? '').split(',').filter(Boolean)
}

/** A boolean as Go reads it; a flag without a value is true. Undefined for anything else. */
export function booleanOf(value: string | undefined): boolean | undefined {
  if (value === undefined || /^(?:1|t|T|true|TRUE|True)$/.test(value)) return true
  return /^(?:0|f|F|false|FALSE|False)$/.test(value) ? false : undefined
}
