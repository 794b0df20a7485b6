import { describe, expect, test } from 'vitest'

import { readHostScanOptions } from './host-scan-options.ts'

describe('the flags of facts that are collected', () => {
  test('are off unless asked for, and facts that the cluster keeps are read', () => {
    expect(readHostScanOptions({})).toMatchObject({ use: 'read', timeoutMs: 180_000 })
    expect(readHostScanOptions({ enableHostScan: true })).toMatchObject({ use: 'collect' })
    expect(readHostScanOptions({ hostScan: true })).toMatchObject({ use: 'collect' })
    expect(readHostScanOptions({ hostScan: false })).toMatchObject({ use: 'ignore' })
  })

  test.each([
    ['90s', 90_000],
    ['1m30s', 90_000],
    ['24h', 86_400_000],
  ])('take the time %s', (hostScanTimeout, timeoutMs) => {
    expect(readHostScanOptions({ hostScan: true, hostScanTimeout })).toMatchObject({ timeoutMs })
  })

  test.each<readonly [string, Record<string, unknown>]>([
    ['--host-scan-timeout is "0s"', { hostScan: true, hostScanTimeout: '0s' }],
    ['--host-scan-timeout is "25h"', { hostScan: true, hostScanTimeout: '25h' }],
    ['--host-scan-timeout is "3"', { hostScan: true, hostScanTimeout: '3' }],
    ['--host-scan-timeout is "-3m"', { hostScan: true, hostScanTimeout: '-3m' }],
    ['--host-scan-image is ""', { hostScan: true, hostScanImage: ' ' }],
    ['--host-scan-image is "a b"', { hostScan: true, hostScanImage: 'a b' }],
    ['--host-scan-namespace is "../x"', { hostScan: true, hostScanNamespace: '../x' }],
    ['--host-scan-nodes cannot be read', { hostScan: true, hostScanNodes: '=,=' }],
    ['--host-scan-image does nothing without --enable-host-scan', { hostScanImage: 'a' }],
    ['--host-scan-metadata-service does nothing without --enable-host-scan', { hostScanMetadataService: true }],
    ['contradict each other', { hostScan: false, enableHostScan: true }],
  ])('%s', (message, typed) => {
    expect(() => readHostScanOptions(typed)).toThrow(message)
  })
})
