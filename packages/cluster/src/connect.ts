/** Opens a connection. */
import type { Value } from '@kubescape/resources'

import type { ConnectOptions, GetOptions, KubeClient, RequestOptions, ServerVersion } from './client.ts'
import type { Connection } from './http/connection.ts'
import { readVersion } from './server-version.ts'
import type { ClusterTarget } from './target.ts'

/**
 * A connection to the cluster; nothing is read, started or sent before the first request, which is what throws. Close it when
 * done.
 */
export function connect(target: ClusterTarget, options: ConnectOptions = {}): KubeClient {
  return new Client(target, options)
}

/** Loads what requests need with the first of them: sockets and TLS would be a quarter of the start-up of a small scan of files. */
class Client implements KubeClient {
  readonly target: ClusterTarget
  readonly #options: ConnectOptions
  #connection: Promise<Connection> | undefined
  #isClosed = false

  constructor(target: ClusterTarget, options: ConnectOptions) {
    this.target = target
    this.#options = options
  }

  get(path: string, options: GetOptions = {}): Promise<Value> {
    return this.request('GET', path, undefined, options)
  }

  async request(method: string, path: string, body?: Value, options: RequestOptions = {}): Promise<Value> {
    this.#connection ??= this.#open()
    return (await this.#connection).request(method, path, body, options)
  }

  async version(signal?: AbortSignal): Promise<ServerVersion> {
    return readVersion(await this.get('/version', { signal }))
  }

  close(): void {
    this.#isClosed = true
    void this.#connection?.then(
      (connection) => connection.close(),
      () => undefined,
    )
  }

  async #open(): Promise<Connection> {
    const { Connection: Opened } = await import('./http/connection.ts')
    const connection = new Opened(this.target, this.#options)
    if (this.#isClosed) connection.close()
    return connection
  }
}
