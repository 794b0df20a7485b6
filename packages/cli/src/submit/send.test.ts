import { createServer, type RequestListener } from 'node:http'
import { createServer as createSocketServer, type AddressInfo, type Server } from 'node:net'

import { describe, expect, onTestFinished, test } from 'vitest'

import { send, type Delivery } from './send.ts'

/** Longer than everything that sockets on the way hold. */
const PIECES = 2000
const PIECE = 'x'.repeat(32 * 1024)
const never = new AbortController().signal

async function listen(server: Server): Promise<URL> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    if ('closeAllConnections' in server) (server.closeAllConnections as () => void)()
    server.close()
  })
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
}

function http(listener: RequestListener): Promise<URL> {
  return listen(createServer(listener))
}

/** A server that takes connections and says nothing. */
function silent(): Promise<URL> {
  return listen(createSocketServer((socket) => socket.on('error', () => undefined).resume()))
}

interface Counted extends Delivery {
  pulled(): number
}

function delivery(url: URL, rest: Partial<Delivery> = {}, proxy?: URL): Counted {
  let pulled = 0
  const body = function* pieces(): Generator<string> {
    for (; pulled < PIECES; pulled += 1) yield PIECE
  }
  return {
    destination: { url, name: url.href, token: undefined, proxy, authorities: undefined },
    headers: {},
    body,
    asksFirst: false,
    ...rest,
    pulled: () => pulled,
  }
}

describe('a body', () => {
  test('is made only as fast as the server reads', async () => {
    const url = await http((request) => void request.pause())
    const slow = delivery(url, { silenceMs: 300 })
    await expect(send(slow, never)).rejects.toMatchObject({ code: 'ETIMEDOUT' })
    expect(slow.pulled()).toBeGreaterThan(0)
    expect(slow.pulled()).toBeLessThan(PIECES / 2)
  })

  test('arrives whole', async () => {
    let size = 0
    const url = await http((request, response) => {
      request.on('data', (chunk: Buffer) => (size += chunk.length)).once('end', () => response.end('fine'))
    })
    expect(await send(delivery(url), never)).toMatchObject({ status: 200, text: 'fine' })
    expect(size).toBe(PIECES * PIECE.length)
  })

  test('is left when the server has answered', async () => {
    const url = await http((_, response) => void response.writeHead(401).end())
    const long = delivery(url)
    expect(await send(long, never)).toMatchObject({ status: 401 })
    expect(long.pulled()).toBeLessThan(PIECES)
  })

  test('that cannot be made ends the request with that error', async () => {
    const bug = new Error('bug')
    const url = await http(() => undefined)
    const body = function* broken(): Generator<string> {
      yield PIECE
      throw bug
    }
    await expect(send({ ...delivery(url), body }, never)).rejects.toBe(bug)
  })
})

describe('limits', () => {
  const short = (): Iterable<string> => ['{}']

  test('of silence', async () => {
    const limited = { body: short, silenceMs: 100 }
    await expect(send(delivery(await silent(), limited), never)).rejects.toMatchObject({ code: 'ETIMEDOUT' })
  })

  test('of silence in the middle of an answer', async () => {
    const url = await http((_, response) => void response.writeHead(200, { 'content-length': '10' }).write('a'))
    expect(await send(delivery(url, { body: short, silenceMs: 100 }), never)).toMatchObject({ status: 200, text: 'a' })
  })

  test('of time until there is a connection', async () => {
    const limited = delivery(new URL('https://reports.example/'), { body: short, connectMs: 100 }, await silent())
    await expect(send(limited, never)).rejects.toMatchObject({ code: 'ETIMEDOUT' })
  })

  test('of the length of an answer', async () => {
    const url = await http((request, response) => {
      const fill = (): void => {
        while (response.write(PIECE));
        response.once('drain', fill)
      }
      request.resume().once('end', fill)
    })
    const { text } = await send(delivery(url, { body: short }), never)
    expect(text).toHaveLength(64 * 1024)
  })

  test('of the patience of whoever started it', async () => {
    const reason = new Error('enough')
    const control = new AbortController()
    setTimeout(() => control.abort(reason), 50)
    await expect(send(delivery(await silent(), { body: short }), control.signal)).rejects.toBe(reason)
    await expect(send(delivery(await silent(), { body: short }), AbortSignal.abort(reason))).rejects.toBe(reason)
  })
})
