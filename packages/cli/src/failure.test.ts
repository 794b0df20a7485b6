import { expect, test } from 'vitest'

import { ApiError, ClusterError } from '@kubescape/cluster'
import { SelectionError } from '@kubescape/scanner'

import { asFailure, Failure } from './failure.ts'

const refusal = { status: 500, reason: '', message: 'it broke', path: '/version', retryable: false }

test.each<[string, unknown, string, string]>([
  ['a failure', new Failure('no', 'Do this.'), 'no', 'Do this.'],
  ['an error with a hint', new SelectionError('unknown', 'Did you mean it?'), 'unknown', 'Did you mean it?'],
  [
    'an error of a cluster',
    new ClusterError('cluster/refused', 'refused', { hint: 'Check it.' }),
    'refused',
    'Check it.',
  ],
  ['an error of a cluster without advice', new ClusterError('cluster/reset', 'closed'), 'closed', ''],
  ['an answer without advice', new ApiError(refusal), 'it broke', ''],
])('%s says what it says', (_, error, message, hint) => {
  expect(asFailure(error)).toMatchObject({ message, hint })
})

test.each([
  [new TypeError('x is not a function')],
  [Object.assign(new Error('gone'), { code: 'ENOENT' })],
  ['text'],
  [undefined],
])('%o is a bug', (error) => {
  expect(asFailure(error).message).toMatch(/^kubescape broke off: /)
  expect(asFailure(error).hint).toContain('bug')
})
