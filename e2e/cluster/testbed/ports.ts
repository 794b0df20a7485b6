/** Ports of the loopback interface that nobody listens on. */
import { createServer } from 'node:net'

/**
 * Below the range from which systems take the local ports of outgoing connections: a client that keeps trying to reach a
 * server that is being restarted would else be given the server's own port now and then, connect to itself, and hold it.
 */
const [FIRST, COUNT] = [20_000, 10_000]

const taken = new Set<number>()

/** A free port of 127.0.0.1 that this process has not been given before. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    const port = FIRST + Math.floor(Math.random() * COUNT)
    if (taken.has(port)) continue
    taken.add(port)
    if (await isFree(port)) return port
  }
  throw new Error(`no free port between ${FIRST} and ${FIRST + COUNT}`)
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}
