/** Credentials written into manifests: shared by the controls that look for them. */
import { asList, asMap, asText, matching } from '@kubescape/resources'

import { failsIfAny } from '../check.ts'
import { removal, type Finding } from '../finding.ts'
import type { ControlInputs, InputName } from '../inputs.ts'
import { matchesAny } from '../pattern.ts'
import { eachObject } from './objects.ts'
import { eachContainer, EVERY_LIST, excess } from './workloads.ts'

const INPUTS: readonly InputName[] = [
  'sensitiveValues',
  'sensitiveValuesAllowed',
  'sensitiveKeyNames',
  'sensitiveKeyNamesAllowed',
]

/** Environment variables that hold credentials in the clear, and Secrets poured whole into the environment. */
export const credentialsInEnvironment = eachContainer(
  { name: 'rule-credentials-in-env-var', lists: EVERY_LIST, inputs: INPUTS },
  (container, inputs) => {
    const findings: Finding[] = []
    asList(container.get('env')).forEach((entry, at) => {
      const variable = asMap(entry)
      const name = asText(variable?.['name']) ?? ''
      const value = asText(variable?.['value']) ?? ''
      // A value that begins with a slash is a file's path, not what is in the file.
      if (value === '' || value.startsWith('/') || isAllowed(name, value, inputs)) return
      if (hasSensitiveName(name, inputs) || hasSensitiveValue(value, inputs, 'i')) {
        findings.push(excess(container, `env[${at}].name`), excess(container, `env[${at}].value`))
      }
    })
    asList(container.get('envFrom')).forEach((entry, at) => {
      if (asMap(entry)?.['secretRef']) findings.push(excess(container, `envFrom[${at}].secretRef`))
    })
    return findings
  },
)

/** ConfigMap entries that hold credentials. */
export const credentialsInConfigMaps = eachObject(
  { name: 'rule-credentials-configmap', match: [matching('*', 'ConfigMap')], inputs: INPUTS },
  (resource, inputs) => {
    const data = asMap(resource.object['data'])
    const findings: Finding[] = []
    for (const key of Object.keys(data ?? {})) {
      const value = asText(data?.[key]) ?? ''
      if (value === '' || isAllowed(key, value, inputs)) continue
      if (
        hasSensitiveName(key, inputs) ||
        hasSensitiveValue(value, inputs, '') ||
        hasSensitiveValue(decodeBase64(value), inputs, '')
      ) {
        findings.push(removal(`data[${key}]`))
      }
    }
    return failsIfAny(findings)
  },
)

function hasSensitiveName(name: string, inputs: ControlInputs): boolean {
  const lower = name.toLowerCase()
  return inputs.sensitiveKeyNames.some((part) => lower.includes(part.toLowerCase()))
}

function hasSensitiveValue(value: string, inputs: ControlInputs, flags: string): boolean {
  return value !== '' && matchesAny(inputs.sensitiveValues, value, flags)
}

function isAllowed(name: string, value: string, inputs: ControlInputs): boolean {
  const lower = name.toLowerCase()
  return (
    inputs.sensitiveKeyNamesAllowed.some((part) => lower.includes(part.toLowerCase())) ||
    matchesAny(inputs.sensitiveValuesAllowed, value, '')
  )
}

/** The text behind base64, or nothing when the value is no base64. */
function decodeBase64(value: string): string {
  if (value.length % 4 !== 0 || !/^[\w+/\s]+={0,2}\s*$/.test(value) || value.includes('_')) return ''
  try {
    return atob(value)
  } catch {
    return ''
  }
}
