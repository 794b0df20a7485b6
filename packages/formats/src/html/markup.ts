/** Text as markup. Everything that comes from outside goes through here: nothing of it can end an element or an attribute. */
import { visible } from '../visible.ts'

const SPECIAL = /[&<>"']/g
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const LONGEST_TEXT = 600

/** A text for content and for quoted attributes; what reorders or hides text is shown instead, very long texts are cut. */
export function escape(text: string): string {
  return escapeAll(visible(text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text))
}

/** A line of source, which `visibleSource` has been over already. */
export function escapeAll(text: string): string {
  return text.replace(SPECIAL, (character) => ENTITIES[character] ?? '')
}

/** Sentences of controls: `code` between backticks. */
export function prose(text: string): string {
  return escapeAll(visible(text)).replaceAll(/`([^`]+)`/g, '<code>$1</code>')
}

/** A number with its noun: `1 file`, `2,000 files`. */
export function count(amount: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(amount)} ${amount === 1 ? noun : plural}`
}

/** Thousands apart: `12,345`. */
export function grouped(amount: number): string {
  return String(amount).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
}

/** Names in a row: `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}
