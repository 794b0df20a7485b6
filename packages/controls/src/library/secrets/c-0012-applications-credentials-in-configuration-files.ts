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
  why: '',
  repair: '',
  checks: [credentialsInEnvironment, credentialsInConfigMaps],
})
