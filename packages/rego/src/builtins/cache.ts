/** What builtins keep in an evaluation: read patterns and formats, by their texts. */
import type { BuiltinContext } from './builtin.ts'

/** What `make` makes of a text, made once as long as no more than `most` others come. `owner` tells caches apart. */
export function keep<T>(
  context: BuiltinContext,
  owner: unknown,
  most: number,
  text: string,
  make: (text: string) => T,
): T {
  let cache = context.kept.get(owner) as Map<string, T> | undefined
  if (cache === undefined) context.kept.set(owner, (cache = new Map<string, T>()))
  let made = cache.get(text)
  if (made === undefined) {
    made = make(text)
    // All at once: what is used again comes back.
    if (cache.size >= most) cache.clear()
    cache.set(text, made)
  }
  return made
}
