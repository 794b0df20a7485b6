/** Applications credentials in configuration files. */
import { credentialsInConfigMaps, credentialsInEnvironment } from '../../checks/credentials.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0012',
  name: 'Applications credentials in configuration files',
  baseScore: 8,
  category: 'Secrets',
  scope: ['cluster', 'file'],
  actionRequired: 'configuration',
  why: 'An environment variable or a ConfigMap seems to hold a password, token or key in plain text, or a whole Secret is poured into the environment. Anyone who may read the manifest, the repository or the ConfigMap gets the credential.',
  repair:
    'Move the value to a Secret or an external secret store, mount it as a file, and remove it from `env`, `envFrom` or `data`. Change the credential, because old versions remain in Git and backups. Exclude false hits by the inputs `sensitiveKeyNamesAllowed` and `sensitiveValuesAllowed`.',
  references: ['secretsGoodPractices', 'secrets'],
  checks: [credentialsInEnvironment, credentialsInConfigMaps],
})
