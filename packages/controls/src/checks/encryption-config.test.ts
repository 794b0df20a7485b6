import { identityOf, type Value, type ValueMap } from '@kubescape/resources'
import { describe, expect, test } from 'vitest'

import type { Judgement, LocalCheck } from '../check.ts'
import { missing, wrong } from '../finding.ts'
import { DEFAULT_INPUTS } from '../inputs.ts'
import { coversSecrets, encryptionConfigOf, noExternalStore, weakEncryption } from './encryption-config.ts'

const HINT = '{"aescbc" | "secretbox" | "kms" : <provider config>}'

const factsOf = (content: Value): ValueMap => ({
  apiVersion: 'hostdata.kubescape.cloud/v1beta0',
  kind: 'ControlPlaneInfo',
  metadata: { name: 'n' },
  data: { APIServerInfo: { encryptionProviderConfigFile: { content } } },
})

function judge(check: LocalCheck, content: Value): Judgement {
  const object = factsOf(content)
  const identity = identityOf(object)
  if (identity === undefined) throw new Error('no identity')
  return check.judge({ identity, object }, DEFAULT_INPUTS)
}

const config = (...entries: string[]): string =>
  btoa(`kind: EncryptionConfiguration\nresources: [${entries.join(', ')}]`)

describe('weak encryption', () => {
  test.each<[string, string[], Judgement]>([
    ['a strong provider first', ['{providers: [{kms: {}}, {identity: {}}]}'], undefined],
    ['no provider', ['{providers: []}'], [missing('resources[0].providers[0]', HINT)]],
    ['aesgcm only', ['{providers: [{aesgcm: {}}]}'], [missing('resources[0].providers[1]', HINT)]],
    ['identity first', ['{providers: [{identity: {}}, {aescbc: {}}]}'], [wrong('resources[0].providers[0]')]],
    [
      'one entry of two',
      ['{providers: [{secretbox: {}}]}', '{providers: [{identity: {}}]}'],
      [missing('resources[1].providers[1]', HINT)],
    ],
    ['entries without providers', ['{}', 'null', 'text', '{providers: {kms: 1}}'], undefined],
    [
      'providers that are no mappings',
      ['{providers: [kms, null, [kms]]}'],
      [missing('resources[0].providers[3]', HINT)],
    ],
  ])('%s', (_what, entries, judgement) => {
    expect(judge(weakEncryption, config(...entries))).toEqual(judgement)
  })

  test.each<[string, Value]>([
    ['no content', null],
    ['no base64', '?'],
    ['a list', btoa('[]')],
    ['a number', 7],
  ])('%s is not tested', (_what, content) => {
    expect(judge(weakEncryption, content)).toBe('not-tested')
    expect(judge(noExternalStore, content)).toBe('not-tested')
  })
})

test('a KMS of a store outside the cluster is known by its name', () => {
  expect(judge(noExternalStore, config('{providers: [{kms: {name: akeyless}}]}'))).toBeUndefined()
  expect(judge(noExternalStore, config('{providers: [{kms: akeyless}]}'))).toEqual([
    missing('resources[1].resources[0]', 'secrets'),
    missing('resources[1].providers[0].kms', 'YOUR_EXTERNAL_KMS'),
  ])
})

test.each<[string, boolean]>([
  ['{resources: [configmaps, secrets]}', true],
  ['{resources: ["*.*"]}', true],
  ['{resources: ["*."]}', true],
  ['{resources: ["*.apps"]}', false],
  ['{resources: [secrets.example.com]}', false],
  ['{resources: secrets}', false],
])('%s covers secrets: %s', (entry, covers) => {
  const object = factsOf(config(entry))
  const identity = identityOf(object)
  const read = identity && encryptionConfigOf({ identity, object })
  expect(read && coversSecrets(read)).toBe(covers)
})
