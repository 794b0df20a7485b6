/** sprig's functions for URLs, and the one that would ask the network. */
import { Dict, FunctionError, type Value, kindName, plain } from '@kubescape/go-template'
import { type Url, hostnameOf, parseUrl, printUrl } from '@kubescape/go'
import { define } from './define.ts'
import type { FunctionFamily } from './index.ts'

/** `urlParse`, `urlJoin` and `getHostByName`. */
export const urlFunctions: FunctionFamily = new Map([
  ['urlParse', define(['string'], ([text]) => partsOf(read(text, 'unable to parse url')))],
  ['urlJoin', define(['map[string]interface {}'], ([parts]) => join(parts))],
  // Nothing here asks the network; Helm does not either unless it is told to.
  ['getHostByName', define(['string'], () => '')],
])

function read(text: string, failure: string): Url {
  const parsed = parseUrl(text)
  if ('problem' in parsed) throw new FunctionError(`${failure}: ${parsed.problem}`)
  return parsed.url
}

function partsOf({ scheme, opaque, userinfo, host, path, query, fragment }: Url): Dict {
  const parts = { scheme, opaque, userinfo: userinfo ?? '', host, hostname: hostnameOf(host), path, query, fragment }
  return new Dict(new Map<string, Value>(Object.entries(parts)))
}

function join(parts: Dict): string {
  const userinfo = textAt(parts, 'userinfo')
  return printUrl({
    scheme: textAt(parts, 'scheme'),
    opaque: textAt(parts, 'opaque'),
    userinfo:
      userinfo === '' ? undefined : read(`proto://${userinfo}@host`, 'unable to parse userinfo in dict').userinfo,
    host: textAt(parts, 'host'),
    path: textAt(parts, 'path'),
    query: textAt(parts, 'query'),
    fragment: textAt(parts, 'fragment'),
  })
}

function textAt(parts: Dict, key: string): string {
  if (!parts.entries.has(key)) return ''
  const value = plain(parts.get(key))
  if (typeof value === 'string') return value
  throw new FunctionError(`unable to parse ${key} key, must be of type string, but ${kindName(value)} found`)
}
