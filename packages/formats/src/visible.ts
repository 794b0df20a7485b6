/** Text from outside made harmless for people's eyes: what would move the cursor, hide or reorder text is shown instead. */

/** Control characters, lone surrogates, and format characters that reorder or hide text; joiners of emoji and scripts stay. */
const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]|[\u{e0000}-\u{e0fff}]/gu // oxlint-disable-line no-control-regex
const HARMLESS = /^[\u0020-\u007e]*$/

/** One line of text without anything that a terminal would act on: `␛` for an escape, `␊` for a line break, `<U+202E>` for others. */
export function visible(text: string): string {
  return HARMLESS.test(text) ? text : text.replace(HIDDEN, picture)
}

/** A line of source made harmless; tabs become spaces. */
export function visibleSource(line: string): string {
  return visible(line.replaceAll('\t', '    '))
}

function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCodePoint(0x2400 + code)
  if (code === 0x7f) return '\u2421'
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
}
