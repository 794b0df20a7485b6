/** Proxies on loopback that connect to one fake server, whatever host is asked for. */
import { createServer as createHttp, request } from 'node:http'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** A running proxy. */
export interface FakeProxy {
  readonly url: string
  /** `host:port` of each connection asked for, or the URL where requests are forwarded. */
  readonly asked: string[]
  readonly authorizations: string[]
  readonly sockets: ReadonlySet<Socket>
  close(): Promise<void>
}

/** A proxy that connects (CONNECT) and forwards. `refuse` is a status to refuse with; `hang` never answers. */
export async function startHttpProxy(
  port: number,
  behaviour: { refuse?: number; hang?: boolean } = {},
): Promise<FakeProxy> {
  const asked: string[] = []
  const authorizations: string[] = []
  const server = createHttp((incoming, response) => {
    asked.push(incoming.url ?? '')
    const { pathname, search } = new URL(incoming.url ?? '')
    const { method, headers } = incoming
    const onward = request({ host: '127.0.0.1', port, method, path: pathname + search, headers, agent: false })
    onward.once('response', (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers)
      answer.pipe(response)
    })
    incoming.pipe(onward)
  })
  server.on('connect', ({ url = '', headers }, client: Socket, head: Buffer) => {
    asked.push(url)
    authorizations.push(headers['proxy-authorization'] ?? '')
    client.on('error', () => undefined)
    if (behaviour.hang) {
      client.resume().once('end', () => client.destroy())
      return
    }
    if (behaviour.refuse !== undefined) {
      client.end(`HTTP/1.1 ${behaviour.refuse} No\r\n\r\n`)
      return
    }
    const onward = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connected\r\n\r\n')
      onward.write(head)
      join(client, onward)
    })
  })
  return { ...(await listen(server, 'http')), asked, authorizations }
}

/** A SOCKS proxy of version 5; with `user:password` it wants them. */
export async function startSocksProxy(port: number, wanted = ''): Promise<FakeProxy> {
  const asked: string[] = []
  const authorizations: string[] = []
  const server = createServer((client) => {
    client.on('error', () => undefined)
    const states: ((bytes: Buffer) => void)[] = [
      (bytes) => {
        const method = wanted === '' ? 0 : bytes.subarray(2).includes(2) ? 2 : 255
        states.splice(0, method === 0 ? 2 : 1)
        client.write(Buffer.from([5, method]))
      },
      (bytes) => {
        states.shift()
        const name = bytes.subarray(2, 2 + (bytes[1] ?? 0)).toString()
        const password = bytes.subarray(3 + (bytes[1] ?? 0)).toString()
        authorizations.push(`${name}:${password}`)
        client.write(Buffer.from([1, `${name}:${password}` === wanted ? 0 : 1]))
      },
      (bytes) => {
        const length = bytes[4] ?? 0
        asked.push(`${bytes.subarray(5, 5 + length).toString()}:${bytes.readUInt16BE(5 + length)}`)
        client.removeAllListeners('data')
        const onward = connect(port, '127.0.0.1', () => {
          client.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 80]))
          join(client, onward)
        })
      },
    ]
    client.on('data', (bytes: Buffer) => states[0]?.(bytes))
  })
  return { ...(await listen(server, 'socks5')), asked, authorizations }
}

/** A SOCKS proxy that takes connections and says nothing. */
export async function startSilentProxy(): Promise<FakeProxy> {
  const server = createServer((client) => void client.on('error', () => undefined).resume())
  return { ...(await listen(server, 'socks5')), asked: [], authorizations: [] }
}

function join(client: Socket, onward: Socket): void {
  onward.on('error', () => client.destroy())
  client.pipe(onward).pipe(client)
  client.once('close', () => onward.destroy())
}

async function listen(server: Server, scheme: string): Promise<Pick<FakeProxy, 'url' | 'sockets' | 'close'>> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    sockets,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
