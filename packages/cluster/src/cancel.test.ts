/** Requests that are given up leave nothing behind. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const SCRIPT = fileURLToPath(new URL('../testing/cancel-everywhere.ts', import.meta.url))
const PLACES = ['headers', 'body', 'back-off', 'queue', 'tunnel', 'socks', 'plugin', 'list']

test('wherever a request is when it is cancelled, no timer, socket or child keeps the process alive', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', SCRIPT])
  expect(stdout.trim().split('\n')).toEqual(
    PLACES.flatMap((place) => [
      `${place} request cancelled`,
      `${place} connection cancelled`,
      `${place} close ClusterError: the connection to the cluster was closed`,
    ]),
  )
})
