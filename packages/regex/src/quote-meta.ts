/** Texts as patterns. */

/** A pattern that matches exactly a text. */
export function quoteMeta(text: string): string {
  return text.replaceAll(/[\\.+*?()|[\]{}^$]/g, String.raw`\$&`)
}
