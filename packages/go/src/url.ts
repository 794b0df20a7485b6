/** URLs and their parts: package net/url. */
import { quote } from './quote.ts'
import { escapeUrlPart, unescapeUrlPart, type UrlPart } from './url-escapes.ts'

/** The parts of a URL, without escapes; empty where it has none. */
export interface Url {
  readonly scheme: string
  /** What follows the scheme of a URL such as `mailto:a@b`. */
  readonly opaque: string
  /** Name and password, escaped, as they stand before the `@`. */
  readonly userinfo: string | undefined
  /** With the port. */
  readonly host: string
  readonly path: string
  /** With its escapes. */
  readonly query: string
  readonly fragment: string
}

/** A URL that was read, or what is wrong with it in Go's words. */
export type ParsedUrl = { readonly url: Url } | { readonly problem: string }

type Authority = Pick<Url, 'userinfo' | 'host'>

/** What reading stops with; never leaves this file. */
class UrlProblem extends Error {}

/** Reads a URL; nearly every text is one. */
export function parseUrl(text: string): ParsedUrl {
  const [main, fragment] = cut(text, '#')
  // The fragment is not part of what the message shows, unless the fragment itself is wrong.
  let shown = main
  try {
    const url = parseMain(main)
    shown = text
    return { url: { ...url, fragment: unescaped(fragment ?? '', 'fragment') } }
  } catch (error) {
    if (error instanceof UrlProblem) return { problem: `parse ${quote(shown)}: ${error.message}` }
    throw error
  }
}

/** The URL as text. */
export function printUrl({ scheme, opaque, userinfo, host, path, query, fragment }: Url): string {
  let text = scheme === '' ? '' : `${scheme}:`
  if (opaque !== '') text += opaque
  else {
    if (host !== '' || userinfo !== undefined || (scheme !== '' && path !== '')) text += '//'
    if (userinfo !== undefined) text += `${userinfo}@`
    text += escapeUrlPart(host, 'host')
    if (path !== '' && !path.startsWith('/') && host !== '') text += '/'
    const escapedPath = path === '*' ? path : escapeUrlPart(path, 'path')
    // Without a scheme, a colon in the first part of the path would end one (RFC 3986, section 4.2).
    if (text === '' && cut(escapedPath, '/')[0].includes(':')) text = './'
    text += escapedPath
  }
  if (query !== '') text += `?${query}`
  return fragment === '' ? text : `${text}#${escapeUrlPart(fragment, 'fragment')}`
}

/** The host without its port, and without the brackets of an IPv6 address. */
export function hostnameOf(host: string): string {
  const colon = host.lastIndexOf(':')
  const name = colon >= 0 && isPort(host.slice(colon)) ? host.slice(0, colon) : host
  return name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name
}

function parseMain(text: string): Omit<Url, 'fragment'> {
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(text)) throw new UrlProblem('net/url: invalid control character in URL')
  const { scheme, rest } = splitScheme(text)
  const [hierarchy, query = ''] = cut(rest, '?')
  const url = { scheme: scheme.toLowerCase(), opaque: '', userinfo: undefined, host: '', path: '', query }
  if (!hierarchy.startsWith('/')) {
    if (scheme !== '') return { ...url, opaque: hierarchy }
    if (cut(hierarchy, '/')[0].includes(':')) {
      throw new UrlProblem('first path segment in URL cannot contain colon')
    }
  }
  const hasAuthority = hierarchy.startsWith('//') && (scheme !== '' || !hierarchy.startsWith('///'))
  if (!hasAuthority) return { ...url, path: unescaped(hierarchy, 'path') }
  const slash = hierarchy.indexOf('/', 2)
  const end = slash < 0 ? hierarchy.length : slash
  return { ...url, ...parseAuthority(hierarchy.slice(2, end)), path: unescaped(hierarchy.slice(end), 'path') }
}

/** Letters up to a colon, digits and `+-.` among them but not first. */
function splitScheme(text: string): { readonly scheme: string; readonly rest: string } {
  if (text.startsWith(':')) throw new UrlProblem('missing protocol scheme')
  const scheme = /^[a-zA-Z][a-zA-Z0-9+.-]*(?=:)/.exec(text)?.[0] ?? ''
  return scheme === '' ? { scheme, rest: text } : { scheme, rest: text.slice(scheme.length + 1) }
}

function parseAuthority(authority: string): Authority {
  const at = authority.lastIndexOf('@')
  const host = parseHost(authority.slice(at + 1))
  if (at < 0) return { userinfo: undefined, host }
  const userinfo = authority.slice(0, at)
  if (!/^[a-zA-Z0-9\-._:~!$&'()*+,;=%@]*$/.test(userinfo)) throw new UrlProblem('net/url: invalid userinfo')
  const [user, password] = cut(userinfo, ':')
  const name = escapeUrlPart(unescaped(user, 'user'), 'user')
  return {
    userinfo: password === undefined ? name : `${name}:${escapeUrlPart(unescaped(password, 'user'), 'user')}`,
    host,
  }
}

function parseHost(host: string): string {
  const bracket = host.startsWith('[') ? host.lastIndexOf(']') : undefined
  if (bracket !== undefined && bracket < 0) throw new UrlProblem("missing ']' in host")
  const colon = bracket === undefined ? host.lastIndexOf(':') : bracket + 1
  const port = colon < 0 ? '' : host.slice(colon)
  if (!isPort(port)) throw new UrlProblem(`invalid port ${quote(port)} after host`)
  const zone = host.slice(0, bracket ?? 0).indexOf('%25')
  if (zone < 0) return unescaped(host, 'host')
  return (
    unescaped(host.slice(0, zone), 'host') +
    unescaped(host.slice(zone, bracket), 'zone') +
    unescaped(host.slice(bracket), 'host')
  )
}

/** Nothing, or a colon and digits. */
function isPort(text: string): boolean {
  return text === '' || /^:[0-9]*$/.test(text)
}

function unescaped(text: string, part: UrlPart): string {
  const result = unescapeUrlPart(text, part)
  if ('problem' in result) throw new UrlProblem(result.problem)
  return result.text
}

/** What stands before and after the first `mark`; undefined for the latter when there is none. */
function cut(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}
