/** Which proxy to take, as kubectl does. Source: Go, golang.org/x/net/http/httpproxy. */
import net, { isIP } from 'node:net'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The proxy for a server: the one of its cluster, which has no exceptions; else the environment's. Undefined for none. Throws a
 * TypeError for what is no URL.
 */
export function proxyFor(server: URL, proxyUrl: string | undefined, env: Environment): URL | undefined {
  if (proxyUrl !== undefined && proxyUrl !== '') return parseProxy(proxyUrl)
  const name = server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  const proxy = read(env, name)
  if (proxy === '' || isExcepted(server, read(env, 'NO_PROXY'))) return undefined
  return parseProxy(proxy)
}

function read(env: Environment, name: string): string {
  return env[name] || env[name.toLowerCase()] || ''
}

function parseProxy(text: string): URL {
  const proxy = new URL(text.includes('://') ? text : `http://${text}`)
  if (!/^(?:https?|socks5h?):$/.test(proxy.protocol)) throw new TypeError(`${proxy.protocol} is no kind of proxy`)
  return proxy
}

/** True for this machine, and for hosts that `NO_PROXY` lists: `*`, names with all below them, addresses and ranges. */
function isExcepted(server: URL, list: string): boolean {
  const host = server.hostname.replace(/^\[|\]$/g, '').toLowerCase()
  const port = server.port || (server.protocol === 'https:' ? '443' : '80')
  if (host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))) return true
  return list
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => entry !== '' && (entry === '*' || covers(entry, host, port)))
}

function covers(entry: string, host: string, port: string): boolean {
  if (entry.includes('/')) return isInRange(host, entry)
  const [, bracketed, name = '', wantedPort] = /^(?:\[([^\]]+)\]|([^:]*|.*:.*:.*?))(?::(\d+))?$/.exec(entry) ?? []
  if (wantedPort !== undefined && wantedPort !== port) return false
  const wanted = bracketed ?? name
  if (isIP(wanted) !== 0) return wanted === host
  const bare = wanted.replace(/^\*?\./, '')
  if (bare === '') return false
  // A leading dot leaves out the name itself.
  return host.endsWith(`.${bare}`) || (host === bare && bare === wanted)
}

function isInRange(host: string, range: string): boolean {
  const family = isIP(host)
  const [network = '', bits = ''] = range.split('/')
  if (family === 0 || isIP(network) !== family || !/^\d{1,3}$/.test(bits)) return false
  if (Number(bits) > (family === 4 ? 32 : 128)) return false
  const type = family === 4 ? 'ipv4' : 'ipv6'
  const addresses = new net.BlockList()
  addresses.addSubnet(network, Number(bits), type)
  return addresses.check(host, type)
}
