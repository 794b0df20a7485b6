/** PEM: bytes of certificates and keys as text. */
import { decodeBase64, encodeBase64 } from './base64.ts'

const LINE = 64

/** A block of PEM, with its line breaks. */
export function encodePem(label: string, bytes: Uint8Array): string {
  const text = encodeBase64(bytes)
  let lines = ''
  for (let at = 0; at < text.length; at += LINE) lines += `${text.slice(at, at + LINE)}\n`
  return `-----BEGIN ${label}-----\n${lines}-----END ${label}-----\n`
}

/** The bytes of the first block of PEM in a text; undefined when there is none. */
export function decodePem(text: string): Uint8Array | undefined {
  const begin = /-----BEGIN ([A-Z0-9 ]{1,40})-----\r?\n/.exec(text)
  if (begin === null) return undefined
  const start = begin.index + begin[0].length
  const end = text.indexOf(`-----END ${begin[1] ?? ''}-----`, start)
  const bytes = end < 0 ? undefined : decodeBase64(text.slice(start, end).trim())
  return bytes === undefined || 'problem' in bytes ? undefined : bytes
}
