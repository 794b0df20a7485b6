import { isIPv6 } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { parseSockets } from './socket-table.ts'

const HEADER = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'
const REST = '00000000:00000000 00:00000000 00000000     0        0 18045 1 0000000000000000 100 0 0 10 0'

const addresses = (table: string): string[] =>
  parseSockets(table, 'tcp').map(({ localAddress, localPort }) => `${localAddress} ${localPort}`)

describe('a table of the kernel', () => {
  test.each([
    ['00000000:0016', '0.0.0.0 22'],
    ['0100007F:1F90', '127.0.0.1 8080'],
    ['00000000000000000000000000000000:280A', ':: 10250'],
    ['00000000000000000000000001000000:0050', '::1 80'],
    ['0000000000000000FFFF00000100007F:0050', '::ffff:127.0.0.1 80'],
    ['B80D01200000000000000000010000AB:0050', '2001:db8::ab00:1 80'],
    ['B80D01200100000001000000FFFFFFFF:FFFF', '2001:db8:0:1:0:1:ffff:ffff 65535'],
  ])('%s is %s', (endpoint, text) => {
    const remote = endpoint.replaceAll(/[^:]/g, '0')
    expect(addresses(`${HEADER}\n   0: ${endpoint} ${remote} 0A ${REST}\n`)).toEqual([text])
  })

  test('only sockets that wait count, for each protocol its own state', () => {
    const states = ['01', '06', '07', '0A', '0B']
    const table = states.map((state, at) => `  ${at}: 00000000:000${at} 00000000:0000 ${state} ${REST}`).join('\n')
    const ports = (transport: 'icmp' | 'tcp' | 'udp'): number[] =>
      parseSockets(table, transport).map(({ localPort }) => localPort)
    expect(ports('tcp')).toEqual([3])
    expect(ports('udp')).toEqual([2])
    expect(ports('icmp')).toEqual([2])
  })

  test.each([
    '',
    HEADER,
    '0: 0000:0000 0000:0000 0A',
    '0: 0100007F:1F90 0A',
    'x'.repeat(1000),
    '0: G100007F:1F90 00000000:0000 0A ',
  ])('%j has no socket', (table) => {
    expect(parseSockets(table, 'tcp')).toEqual([])
  })

  test('any text is read without an error, and whatever comes out is a port', () => {
    const word = fc.oneof(fc.string(), fc.constantFrom('0:', '0A', '07', ' ', '\n', '0100007F:1F90', 'FFFFFFFF:FFFF'))
    fc.assert(
      fc.property(fc.array(word), (words) => {
        for (const { localPort, remotePort } of parseSockets(words.join(' '), 'tcp')) {
          expect(localPort).toBeLessThan(65_536)
          expect(remotePort).toBeLessThan(65_536)
        }
      }),
    )
  })

  test('every IPv6 address is written so that it means the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.nat(65_535), (bytes, port) => {
        const words = [0, 4, 8, 12]
          .map((at) =>
            Buffer.from(bytes.subarray(at, at + 4))
              .toReversed()
              .toHex(),
          )
          .join('')
        const line = `0: ${words}:${port.toString(16).padStart(4, '0')} ${'0'.repeat(32)}:0000 0A `
        const [socket] = parseSockets(line, 'tcp')
        expect(socket?.localPort).toBe(port)
        expect(isIPv6(socket?.localAddress ?? '')).toBe(true)
        const canonical = new URL(`http://[${socket?.localAddress ?? ''}]/`).hostname
        const plain = Array.from({ length: 8 }, (_, at) =>
          Buffer.from(bytes)
            .readUInt16BE(2 * at)
            .toString(16),
        ).join(':')
        expect(canonical).toBe(new URL(`http://[${plain}]/`).hostname)
      }),
    )
  })
})
