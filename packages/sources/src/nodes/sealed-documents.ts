/** Files of the API server that checks read: rebuilt from the members that checks may look at, so that nothing else leaves. */
import { asList, asMap, field, type Value, type ValueMap } from '@kubescape/resources'

import { packContent, readKind } from './documents.ts'
import type { FileRecord, Machine } from './machine.ts'
import { MASK, mapEntries, maskValue } from './secrets.ts'
import { Unread } from './unread.ts'

/** The record of the encryption configuration: providers and what they cover, with every key masked. */
export function encryptionConfigRecord(machine: Machine, path: string): FileRecord {
  return sealedRecord(machine, path, ['EncryptionConfiguration', 'EncryptionConfig'], (config) => ({
    ...pick(config, ['apiVersion', 'kind']),
    resources: asList(config['resources']).map((entry) => ({
      ...pick(asMap(entry) ?? {}, ['resources']),
      providers: providersOf(field(entry, 'providers')),
    })),
  }))
}

/** The record of the audit policy. */
export function auditPolicyRecord(machine: Machine, path: string): FileRecord {
  return sealedRecord(machine, path, ['Policy'], (policy) => ({
    ...pick(policy, ['apiVersion', 'kind', 'omitStages', 'omitManagedFields']),
    rules: asList(policy['rules']).map((rule) => pick(asMap(rule) ?? {}, RULE_MEMBERS)),
  }))
}

/** Members of a rule (audit.k8s.io/v1). */
const RULE_MEMBERS = [
  'level',
  'users',
  'userGroups',
  'verbs',
  'resources',
  'namespaces',
  'nonResourceURLs',
  'omitStages',
  'omitManagedFields',
]

/** Members of a `kms` provider (apiserver.config.k8s.io/v1), which has no keys of its own. */
const KMS_MEMBERS = ['apiVersion', 'name', 'endpoint', 'cachesize', 'timeout']

function sealedRecord(
  machine: Machine,
  path: string,
  kinds: readonly string[],
  seal: (config: ValueMap) => ValueMap,
): FileRecord {
  const record = machine.record(path)
  if ('err' in record.ownership) return record
  const config = readKind(machine, path, kinds)
  const content = config instanceof Unread ? config : packContent(seal(config), machine.limits.contentBytes)
  if (!(content instanceof Unread)) return { ...record, content }
  machine.note(path, content.why)
  return { ...record, err: content.why }
}

function providersOf(providers: Value | undefined): Value {
  if (!Array.isArray(providers)) return null
  return providers.map((provider) =>
    mapEntries(asMap(provider) ?? {}, (name, settings) =>
      name === 'kms' ? pick(asMap(settings) ?? {}, KMS_MEMBERS) : keysOf(settings),
    ),
  )
}

function keysOf(settings: Value): ValueMap {
  const keys = asList(field(settings, 'keys'))
  if (keys.length === 0) return {}
  return { keys: keys.map((key) => ({ ...pick(asMap(key) ?? {}, ['name']), secret: MASK })) }
}

function pick(map: ValueMap, names: readonly string[]): ValueMap {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = Object.hasOwn(map, name) ? map[name] : undefined
      return value === undefined ? [] : [[name, maskValue(value)]]
    }),
  )
}
