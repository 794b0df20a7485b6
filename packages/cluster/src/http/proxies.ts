/** Which proxy to take, as kubectl does. */
import { environmentProxy, withScheme, type Environment } from './environment-proxy.ts'

/**
 * The proxy for a server: the one of its cluster, which has no exceptions; else the environment's. Undefined for none. Throws a
 * TypeError for what is no URL.
 */
export function proxyFor(server: URL, proxyUrl: string | undefined, env: Environment): URL | undefined {
  const text = proxyUrl !== undefined && proxyUrl !== '' ? withScheme(proxyUrl) : environmentProxy(server, env)
  if (text === undefined) return undefined
  const proxy = new URL(text)
  if (!/^(?:https?|socks5h?):$/.test(proxy.protocol)) throw new TypeError(`${proxy.protocol} is no kind of proxy`)
  return proxy
}
