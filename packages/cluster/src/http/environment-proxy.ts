/** Which proxy the environment names for a server. Source: Go, golang.org/x/net/http/httpproxy. */
import net, { isIP } from 'node:net'

/** Variables of the environment. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The proxy for a server, by `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, as a URL with a scheme (http where none is written);
 * undefined for none, and always for this machine.
 */
export function environmentProxy(server: URL, env: Environment): string | undefined {
  const proxy = read(env, server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY')
  if (proxy === '' || isLoopback(server) || isExcepted(server, read(env, 'NO_PROXY'))) return undefined
  return withScheme(proxy)
}

/** The text with `http://` before it, unless it names a scheme. */
export function withScheme(proxy: string): string {
  return proxy.includes('://') ? proxy : `http://${proxy}`
}

/** True where the server is this machine, by its name or its address: what is sent there meets no wire. */
export function isLoopback(server: URL): boolean {
  const host = socketHost(server)
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/** Host of a URL as sockets want it: IPv6 addresses without brackets. */
export function socketHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '')
}

/** Port of a URL, the usual one where it names none. */
export function portOf({ protocol, port }: URL): number {
  return Number(port || (protocol === 'https:' ? 443 : 80))
}

function read(env: Environment, name: string): string {
  return env[name] || env[name.toLowerCase()] || ''
}

/** True for hosts that the list names: `*`, names with all below them, addresses and ranges. */
function isExcepted(server: URL, list: string): boolean {
  const [host, port] = [socketHost(server).toLowerCase(), String(portOf(server))]
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
  const [network = '', bits = '', ...rest] = range.split('/')
  if (rest.length > 0 || family === 0 || isIP(network) !== family || !/^\d{1,3}$/.test(bits)) return false
  if (Number(bits) > (family === 4 ? 32 : 128)) return false
  const type = family === 4 ? 'ipv4' : 'ipv6'
  // Node.js loads it when somebody asks, so from source there is no export of that name.
  const addresses = new net.BlockList()
  addresses.addSubnet(network, Number(bits), type)
  return addresses.check(host, type)
}
