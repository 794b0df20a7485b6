/** Checks of the file that tells the API server how to encrypt what it stores. */
import { asList, asMap, asTexts, field, type Resource, type ValueMap } from '@kubescape/resources'

import type { LocalCheck } from '../check.ts'
import { failsIfAny } from '../check.ts'
import type { Finding } from '../finding.ts'
import { missing, wrong } from '../finding.ts'
import { readContent } from './embedded-documents.ts'
import { nodeFacts } from './node-facts.ts'

/** Providers that encrypt well; `identity` does not encrypt at all. */
const STRONG = ['aescbc', 'secretbox', 'kms']
/** Names of the KMS plug-ins of stores outside the cluster. */
const EXTERNAL = ['akeyless', 'azurekmsprovider', 'aws-encryption-provider']
/** Entries of `resources` that take in secrets. */
const SECRETS = ['secrets', '*.', '*.*']

/** The encryption configuration in the facts of a control plane node; undefined where there is none that can be read. */
export function encryptionConfigOf(resource: Resource): ValueMap | undefined {
  return readContent(field(resource.object, 'data', 'APIServerInfo', 'encryptionProviderConfigFile', 'content'))
}

/** True when an entry of the configuration covers secrets. */
export function coversSecrets(config: ValueMap): boolean {
  return asList(config['resources']).some((entry) =>
    asTexts(field(entry, 'resources')).some((resource) => SECRETS.includes(resource)),
  )
}

function eachEncryptionConfig(name: string, judge: (config: ValueMap) => readonly Finding[]): LocalCheck {
  return {
    shape: 'local',
    name,
    match: nodeFacts('ControlPlaneInfo'),
    judge(resource) {
      const config = encryptionConfigOf(resource)
      return config === undefined ? 'not-tested' : failsIfAny(judge(config))
    },
  }
}

/** Fails where an entry has no strong provider, or where another one stands first: the first provider is the one that writes. */
export const weakEncryption = eachEncryptionConfig(
  'ensure-that-the-api-server-encryption-providers-are-appropriately-configured',
  (config) =>
    asList(config['resources']).flatMap((entry, at) => {
      const providers = field(entry, 'providers')
      if (!Array.isArray(providers)) return []
      const strong = providers.findIndex((provider) =>
        STRONG.some((name) => Object.hasOwn(asMap(provider) ?? {}, name)),
      )
      const path = `resources[${at}].providers`
      if (strong > 0) return [wrong(`${path}[0]`)]
      return strong === 0
        ? []
        : [missing(`${path}[${providers.length}]`, '{"aescbc" | "secretbox" | "kms" : <provider config>}')]
    }),
)

/** Fails where no provider is a KMS plug-in of a store outside the cluster. */
export const noExternalStore = eachEncryptionConfig('external-secret-storage', (config) => {
  const entries = asList(config['resources'])
  const names = entries.flatMap((entry) =>
    asList(field(entry, 'providers')).map((provider) => field(provider, 'kms', 'name')),
  )
  if (names.some((name) => typeof name === 'string' && EXTERNAL.includes(name))) return []
  return [
    missing(`resources[${entries.length}].resources[0]`, 'secrets'),
    missing(`resources[${entries.length}].providers[0].kms`, 'YOUR_EXTERNAL_KMS'),
  ]
})
