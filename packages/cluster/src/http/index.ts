/** Proxies, for whoever else talks to servers: without anything of clusters. */
export { connectTunnel, proxyAuthorization, ProxyRefusal } from './connect-tunnel.ts'
export { environmentProxy, isLoopback, portOf, socketHost, type Environment } from './environment-proxy.ts'
