/** `html`, `js` and `urlquery`. */
import { isPrintable, toBytes } from '@kubescape/go'

const HTML: Readonly<Record<string, string>> = {
  '\0': '\u{fffd}',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
}
const JAVASCRIPT: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
}

/** Text to be put into HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[\0"'&<>]/g, (sign) => HTML[sign] ?? sign)
}

/** Text to be put between quotes of JavaScript. */
export function escapeJavaScript(text: string): string {
  let escaped = ''
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0
    escaped +=
      JAVASCRIPT[sign] ??
      (code >= 0x20 && isPrintable(code) ? sign : `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`)
  }
  return escaped
}

/** Text to be put into the query of a URL. */
export function escapeQuery(text: string): string {
  let escaped = ''
  for (const byte of toBytes(text)) {
    const sign = String.fromCharCode(byte)
    if (/[A-Za-z0-9_.~-]/.test(sign)) escaped += sign
    else escaped += sign === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return escaped
}
