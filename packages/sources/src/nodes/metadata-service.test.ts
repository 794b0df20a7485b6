/** Whether the metadata service of a cloud answers. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'

import { metadataServiceFact } from './metadata-service.ts'

const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

interface Asked {
  readonly url: string
  readonly asked: string[]
}

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Asked> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    answer(request, response)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

const access = async (url: string, timeoutMs = 5000): Promise<unknown> =>
  (await metadataServiceFact('node-1', { url, timeoutMs })).data

test.each<[string, (request: IncomingMessage) => boolean]>([
  ['AWS, by a token', ({ method, headers }) => method === 'PUT' && 'x-aws-ec2-metadata-token-ttl-seconds' in headers],
  ['AWS, without one', ({ url, method }) => method === 'GET' && url === '/latest/meta-data/instance-id'],
  ['Google Cloud', ({ headers }) => headers['metadata-flavor'] === 'Google'],
  ['Azure', ({ headers }) => headers['metadata'] === 'true'],
])('that of %s does', async (_, isKnown) => {
  const { url } = await serve((request, response) => response.writeHead(isKnown(request) ? 200 : 401).end('secret'))
  expect(await metadataServiceFact('node-1', { url })).toEqual({
    apiVersion: 'hostdata.kubescape.cloud/v1beta0',
    kind: 'cloudProviderInfo',
    metadata: { name: 'node-1' },
    data: { providerMetaDataAPIAccess: true },
  })
})

test.each<[string, number]>([
  ['refuses', 401],
  ['is something else', 404],
  ['leads elsewhere, which is not followed', 302],
])('one that %s does not', async (_, status) => {
  const { url, asked } = await serve((_request, response) => response.writeHead(status, { Location: '/other' }).end())
  expect(await access(url)).toEqual({ providerMetaDataAPIAccess: false })
  expect(asked).toHaveLength(4)
})

test('one that is silent does not, and is not waited for long', async () => {
  const { url } = await serve(() => undefined)
  expect(await access(url, 50)).toEqual({ providerMetaDataAPIAccess: false })
})

test('one that is not there does not', async () => {
  const { url } = await serve(() => undefined)
  closing.splice(0).forEach((close) => close())
  expect(await access(url)).toEqual({ providerMetaDataAPIAccess: false })
})

test('an answer without end is not read', async () => {
  const { url } = await serve((_request, response) => {
    response.writeHead(200)
    const write = (): void => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    }
    response.on('drain', write)
    write()
  })
  expect(await access(url)).toEqual({ providerMetaDataAPIAccess: true })
})

test('whoever no longer wants to know gets the reason of the signal', async () => {
  const { url } = await serve(() => undefined)
  const asking = metadataServiceFact('node-1', { url, signal: AbortSignal.abort(new Error('enough')) })
  await expect(asking).rejects.toThrow('enough')
})
