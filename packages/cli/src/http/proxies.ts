/** The proxy for a server, of the kinds that reports are sent through. */
import { environmentProxy, type Environment } from '@kubescape/cluster/http'

/**
 * The proxy that the environment names; undefined for none.
 * @throws {TypeError} for a proxy that is no http or https URL; its message holds no password
 */
export function proxyFor(server: URL, env: Environment): URL | undefined {
  const proxy = environmentProxy(server, env)
  if (proxy === undefined) return undefined
  const url = URL.parse(proxy)
  if (url === null || !/^https?:$/.test(url.protocol)) throw new TypeError('the proxy is no http or https URL')
  return url
}
