/** Characters of URLs as `%41`, as far as a part of a URL demands it: RFC 3986, and package net/url where that is laxer. */
import { fromByteText, toByteText } from './bytes.ts'
import { quote } from './quote.ts'

/** Parts of a URL, each with characters of its own that need no escape. */
export type UrlPart = 'path' | 'user' | 'host' | 'zone' | 'fragment'

/** A part of a URL, or what is wrong with it. */
export type Unescaped = { readonly text: string } | { readonly problem: string }

const UNRESERVED = '-_.~'
const OF_HOSTS = `${UNRESERVED}!$&'()*+,;=:[]<>"`
const PLAIN: Readonly<Record<UrlPart, string>> = {
  path: `${UNRESERVED}$&+,/:;=@`,
  user: `${UNRESERVED}$&+,;=`,
  host: OF_HOSTS,
  zone: OF_HOSTS,
  fragment: `${UNRESERVED}$&+,/:;=?@!()*`,
}

/** The text with escapes for what cannot stand in this part. */
export function escapeUrlPart(text: string, part: UrlPart): string {
  const bytes = toByteText(text)
  let escaped = ''
  for (const byte of bytes) escaped += isPlain(byte, part) ? byte : hexadecimal(byte)
  return escaped
}

/** The text without its escapes. */
export function unescapeUrlPart(text: string, part: UrlPart): Unescaped {
  const isHost = part === 'host' || part === 'zone'
  const bytes = toByteText(text)
  let plain = ''
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes.charAt(at)
    if (byte !== '%') {
      if (isHost && byte < '\u0080' && !isPlain(byte, part)) {
        return { problem: `invalid character ${quote(byte)} in host name` }
      }
      plain += byte
      continue
    }
    const escape = bytes.slice(at, at + 3)
    const code = codeOf(escape)
    if (code === undefined || (escape !== '%25' && isRefused(code, part))) {
      return { problem: `invalid URL escape ${quote(fromByteText(escape))}` }
    }
    plain += String.fromCharCode(code)
    at += 2
  }
  return { text: fromByteText(plain) }
}

/** Hosts may escape what is beyond ASCII alone; zones what hosts may hold, and spaces. */
function isRefused(code: number, part: UrlPart): boolean {
  if (part === 'host') return code < 0x80
  return part === 'zone' && code !== 0x20 && !isPlain(String.fromCharCode(code), 'host')
}

function isPlain(byte: string, part: UrlPart): boolean {
  const isAlphanumeric = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9')
  return isAlphanumeric || PLAIN[part].includes(byte)
}

function codeOf(escape: string): number | undefined {
  return /^%[0-9a-fA-F]{2}$/.test(escape) ? Number.parseInt(escape.slice(1), 16) : undefined
}

function hexadecimal(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}
