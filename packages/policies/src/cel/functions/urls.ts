/** URLs: `url("https://example.com/")`. They are absolute, or a path that begins with a slash; `*` counts too. */
import { hostnameOf, parseUrl, printUrl, type Url } from '@kubescape/go'

import { CelError, CelMap, Opaque, type MapKey, type Value } from '../values/value.ts'
import type { Run } from '../run.ts'
import type { Library } from './library.ts'

class UrlValue extends Opaque {
  readonly typeName = 'kubernetes.URL'
  readonly text: string
  readonly url: Url

  constructor(text: string, url: Url) {
    super()
    this.text = text
    this.url = url
  }

  override equals(other: Opaque): boolean {
    return other instanceof UrlValue && printUrl(other.url) === printUrl(this.url)
  }
}

export const URLS: Library = {
  functions: {
    'url(string): URL': (text: string, run: Run) => {
      run.spendText(text.length)
      const read = readUrl(text)
      return typeof read === 'string' ? new CelError(`URL parse error during conversion from string: ${read}`) : read
    },
    'isURL(string): bool': (text: string, run: Run) => {
      run.spendText(text.length)
      return isUrl(text)
    },
  },
  members: {
    'URL.getScheme(): string': ({ url }: UrlValue) => url.scheme,
    'URL.getHost(): string': ({ url }: UrlValue) => url.host,
    'URL.getHostname(): string': ({ url }: UrlValue) => hostnameOf(url.host),
    'URL.getPort(): string': ({ url }: UrlValue) => /:(\d*)$/.exec(url.host)?.[1] ?? '',
    'URL.getEscapedPath(): string': escapedPath,
    'URL.getQuery(): map<string, list<string>>': ({ url }: UrlValue) => readQuery(url.query),
  },
}

/** Whether a text is a URL that is absolute, or a path that begins with a slash. */
export function isUrl(text: string): boolean {
  return typeof readUrl(text) !== 'string'
}

/** The URL, or what is wrong with it. */
function readUrl(text: string): UrlValue | string {
  const parsed = parseUrl(text)
  if ('problem' in parsed) return parsed.problem
  if (parsed.url.scheme === '' && !text.startsWith('/') && text !== '*') return 'invalid URI for request'
  return new UrlValue(text, parsed.url)
}

/** The path as it was written, where that is a way to write it. */
function escapedPath({ text, url }: UrlValue): Value {
  const afterScheme = url.scheme === '' ? text : text.slice(url.scheme.length + 1)
  const hierarchy = afterScheme.split(/[?#]/)[0] ?? ''
  const slash = url.host === '' && !hierarchy.startsWith('//') ? 0 : hierarchy.indexOf('/', 2)
  const written = url.opaque !== '' || slash < 0 ? '' : hierarchy.slice(slash)
  if (/^(?:[\w\-.~!$&'()*+,;=:@/[\]]|%[0-9a-fA-F]{2})*$/.test(written)) return written
  return printUrl({ scheme: '', opaque: '', userinfo: undefined, host: '', path: url.path, query: '', fragment: '' })
}

function readQuery(query: string): Value {
  const lists = new Map<string, string[]>()
  for (const pair of query.split('&')) {
    if (pair === '' || pair.includes(';')) continue
    const equals = pair.indexOf('=')
    const name = unescapeQuery(equals < 0 ? pair : pair.slice(0, equals))
    const value = unescapeQuery(equals < 0 ? '' : pair.slice(equals + 1))
    if (name === undefined || value === undefined) continue
    const list = lists.get(name)
    if (list === undefined) lists.set(name, [value])
    else list.push(value)
  }
  return new CelMap(new Map<MapKey, readonly [Value, Value]>([...lists].map(([name, list]) => [name, [name, list]])))
}

function unescapeQuery(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}
